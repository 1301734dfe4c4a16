import { mutants } from './mutants.ts'

/** What Multi-Paxos says of itself, with a lease and without. */
export const header = {
  source: 'Lamport 2001, Paxos made simple, section 3; leases: Gray, Cheriton 1989',
  mutants,
  sessions: true,
  tolerates: {
    crashes: 'any',
    restarts: true,
    loss: true,
    duplication: true,
    reordering: true,
    partitions: true,
    pauses: true,
    diskFull: true,
  },
} as const
