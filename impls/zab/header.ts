import { mutants } from './mutants.ts'

/** What the protocol claims, and what can be set. */
export const header = {
  about: 'Primary order broadcast: a primary broadcasts its changes, every node answers reads',
  source: 'Junqueira, Reed, Serafini 2011, Zab: High-performance broadcast for primary-backup',
  mutants,
  clients: 'own',
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
  options: {
    heartbeatMs: 50,
    /** Who hears nothing of a leader for this long, and up to twice as long, stands itself. */
    electionMs: 200,
    /** Every read is preceded by a sync. */
    syncedReads: false,
    /** A sync is broadcast like a transaction. Else the leader answers it alone (ZooKeeper). */
    quorumSync: true,
  },
} as const
