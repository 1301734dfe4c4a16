import type { QuorumSet } from './quorum-set.ts'

/** Whether some read quorum and some write quorum have no node in common, and which. */
export type DisjointQuorums =
  | { readonly outcome: 'none'; readonly method: string }
  | { readonly outcome: 'found'; readonly read: Int32Array; readonly write: Int32Array }
  | { readonly outcome: 'unknown'; readonly steps: number }

export function disjointQuorums(reads: QuorumSet, writes: QuorumSet): DisjointQuorums {
  if (reads.dual() === writes) return { outcome: 'none', method: 'dual' }
  let steps = 0
  for (const read of reads.minimalQuorums()) {
    if (++steps > 100_000) return { outcome: 'unknown', steps }
    const rest = new Uint8Array(reads.size).fill(1)
    for (const member of read) rest[member] = 0
    if (!writes.holds(rest)) continue
    const prices = Float64Array.from(rest, (alive) => (alive === 1 ? 1 : 2 ** 40))
    return { outcome: 'found', read, write: writes.cheapest(prices).members }
  }
  return { outcome: 'none', method: 'each read quorum' }
}
