import { tunableStore } from '../../impls/replication/tunable-store.ts'
import type { ProtocolEntry } from '../protocol-entry.ts'
import { registersWorkload, registerWorkload, singleWriterWorkload } from '../workloads.ts'

const entry = {
  protocol: tunableStore,
  nodes: 3,
  workload: registersWorkload,
  invariants: [],
} satisfies Partial<ProtocolEntry>

/** Everybody is answered by one node from its own copy. */
const alone = { ...entry, options: { reads: 1, writes: 1 } }

/** What is lost when nobody is waited for, by the condition that tells it. */
const lost = (condition: string, because: string): ProtocolEntry => ({
  ...alone,
  name: `tunable-store/alone-${condition}`,
  condition,
  expect: { outcome: 'fail', violated: condition },
  because,
})

export const tunableStoreEntries: readonly ProtocolEntry[] = [
  {
    ...entry,
    name: 'tunable-store',
    workload: singleWriterWorkload,
    condition: 'regular',
    faults: ['crash', 'loss', 'duplicate', 'delay', 'partition'],
    expect: { outcome: 'pass' },
    because: 'R + W > N: a read meets each write that was acknowledged before it',
    size: 'small',
  },
  {
    ...alone,
    name: 'tunable-store/alone',
    workload: registerWorkload,
    condition: 'eventual',
    faults: ['loss', 'duplicate', 'delay', 'partition'],
    expect: { outcome: 'pass' },
    because: 'when writes stop, what is told now and then makes all copies equal',
  },
  lost('read-your-writes', 'a client that asks another node does not find what it wrote'),
  lost('monotonic-reads', 'a client that asks another node finds what is older'),
  lost('writes-follow-reads', 'what a write was based on need not have come where it has'),
  lost('sequential', 'no one order of all operations explains what clients see'),
  {
    ...alone,
    name: 'tunable-store/one-answer',
    options: { reads: 1, writes: 2 },
    workload: singleWriterWorkload,
    condition: 'regular',
    expect: { outcome: 'fail', violated: 'regular' },
    because: 'R + W = N: the one that is asked need not have what the others have stored',
  },
  {
    ...alone,
    name: 'tunable-store/own-value-stays',
    mutant: 'own-value-stays',
    workload: registerWorkload,
    condition: 'eventual',
    faults: ['loss', 'duplicate', 'delay', 'partition'],
    expect: { outcome: 'fail', violated: 'eventual' },
    because: 'copies at which clients wrote different values stay different',
    size: 'small',
  },
  {
    ...alone,
    name: 'tunable-store/no-gossip',
    mutant: 'no-gossip',
    workload: registerWorkload,
    condition: 'eventual',
    faults: ['loss', 'partition'],
    expect: { outcome: 'fail', violated: 'eventual' },
    because: 'a copy that was not told of the last write is never told again',
    size: 'small',
  },
]
