import { electionSafety } from '../../checkers/invariants/election-safety.ts'
import { primaryOrder } from '../../checkers/invariants/primary-order.ts'
import { totalOrder } from '../../checkers/invariants/total-order.ts'
import { zab } from '../../impls/zab/zab.ts'
import type { ProtocolEntry } from '../protocol-entry.ts'
import { kvWorkload, registersWorkload, singleWriterWorkload } from '../workloads.ts'

const base = {
  protocol: zab,
  nodes: 3,
  workload: kvWorkload,
  invariants: [totalOrder, primaryOrder, electionSafety],
}

/** Whether reads are sequentially consistent is hard to decide in general, and easy without cas. */
const local = { workload: registersWorkload, condition: 'sequential' } as const

/** Leaders come and go: what goes wrong between epochs is found sooner. Invariants see it. */
const restless = { condition: 'none', options: { electionMs: 30, heartbeatMs: 10 } } as const

const buggy = (
  mutant: keyof NonNullable<typeof zab.mutants>,
  violated: string,
  because: string,
  more: Partial<ProtocolEntry> = {},
): ProtocolEntry => ({
  ...base,
  condition: 'none',
  name: `zab/${mutant}`,
  mutant,
  expect: { outcome: 'fail', violated },
  because,
  ...more,
})

/** Reads at a leader that was cut off, while another one is written to. */
const deposed = {
  workload: singleWriterWorkload,
  condition: 'linearizable',
  options: { syncedReads: true },
  faults: ['partition'],
} as const

const synced = { condition: 'linearizable', options: { syncedReads: true } } as const

export const zabEntries: readonly ProtocolEntry[] = [
  {
    ...base,
    ...local,
    name: 'zab',
    expect: { outcome: 'pass' },
    because: 'Junqueira, Reed, Serafini 2011, section 3.2; reads of one replica never go back',
    size: 'small',
  },
  {
    ...base,
    ...synced,
    name: 'zab/five',
    nodes: 5,
    expect: { outcome: 'pass' },
    because: 'Junqueira, Reed, Serafini 2011, section 3.2',
  },
  {
    ...base,
    ...local,
    name: 'zab/local-reads',
    condition: 'linearizable',
    expect: { outcome: 'fail', violated: 'linearizable' },
    because: 'a replica answers reads from what it has, however old that is',
  },
  {
    ...base,
    ...synced,
    name: 'zab/synced-reads',
    expect: { outcome: 'pass' },
    because: 'a sync that a quorum has logged comes after all that was committed before',
  },
  {
    ...base,
    ...deposed,
    name: 'zab/leader-sync',
    options: { syncedReads: true, quorumSync: false },
    expect: { outcome: 'fail', violated: 'linearizable' },
    because: 'a leader that was replaced and does not know it answers a sync (as in ZooKeeper)',
  },
  buggy('own-history', 'primary order', 'section 4.1, step l.1.2', restless),
  buggy('broadcasts-before-synchronised', 'primary order', 'section 4.1, step l.2.2', restless),
  buggy('ack-before-logging', 'primary order', 'section 4.2; ZOOKEEPER-4646'),
  buggy('not-truncated', 'total order', 'section 4.1, step f.2.1; ZOOKEEPER-1154'),
  buggy('gap-accepted', 'total order', 'section 3.2, local primary order; ZOOKEEPER-4925', {
    size: 'small',
  }),
  buggy('delivers-uncommitted', 'primary order', 'section 4.1, step f.3.2; ZOOKEEPER-3911'),
  buggy('sync-local', 'linearizable', 'a sync is not asked of a quorum', deposed),
]
