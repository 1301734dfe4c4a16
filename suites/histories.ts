import type { Outcome } from '../src/core/verdict.ts'
import type { HistoryEntry } from './entry.ts'

const RECORDED = 'two independent judges, see examples/histories/README.md'

/**
 * The recordings of real clusters. Their file says how they were made and who judged them first.
 */
export const histories: readonly HistoryEntry[] = [
  recorded('etcd-lin-faults', 'linearizable', 'pass'),
  recorded('etcd-lin-faults', 'sequential', 'pass'),
  recorded('etcd-lin-faults', 'monotonic-reads', 'pass'),
  recorded('etcd-lin-faults', 'read-your-writes', 'pass'),

  // Reads that the servers answered from their own copy, while one of them was cut off.
  // The stamps of the servers, which no checker reads, know 31 stale reads and, below, 4.
  recorded('etcd-ser-partition', 'linearizable', 'fail', { violations: 31 }),
  recorded('etcd-ser-partition', 'sequential', 'pass'),
  recorded('etcd-ser-partition', 'monotonic-reads', 'pass'),
  recorded('etcd-ser-partition', 'read-your-writes', 'pass'),

  // ZooKeeper promises no more than sequential consistency to clients that do not call sync.
  recorded('zk-plain-partition', 'linearizable', 'fail', { violations: 4 }),
  recorded('zk-plain-partition', 'linearizable', 'fail', { key: 'x' }),
  recorded('zk-plain-partition', 'linearizable', 'pass', { key: 'y' }),
  recorded('zk-plain-partition', 'linearizable', 'fail', { key: 'z' }),
  recorded('zk-plain-partition', 'sequential', 'pass'),
  recorded('zk-plain-partition', 'monotonic-reads', 'pass'),
  recorded('zk-plain-partition', 'read-your-writes', 'pass'),
]

function recorded(
  file: string,
  condition: string,
  expected: Outcome,
  more: { readonly key?: string; readonly violations?: number } = {},
): HistoryEntry {
  const part = more.key === undefined ? '' : `/${more.key}`
  return {
    type: 'history',
    name: `histories/${file}${part}/${condition}`,
    file: `examples/histories/${file}.jsonl`,
    condition,
    expected,
    ...more,
    because: RECORDED,
  }
}
