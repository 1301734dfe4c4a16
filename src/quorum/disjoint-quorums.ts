import { Meter } from '../core/budget.ts'
import type { Budget } from '../core/budget.ts'
import { searchDisjoint } from './disjoint-search.ts'
import type { QuorumSet } from './quorum-set.ts'
import { treeOf } from './structures/threshold-tree.ts'
import { impliesByShape } from './structures/tree-implies.ts'

/** Whether some read quorum and some write quorum have no node in common, and which. */
export type DisjointQuorums =
  | { readonly outcome: 'none'; readonly method: 'dual' | 'shape' | 'each quorum' | 'search' }
  | { readonly outcome: 'found'; readonly read: Int32Array; readonly write: Int32Array }
  | { readonly outcome: 'unknown'; readonly limit: string }

/** Up to this many quorums on one side are tried one by one. */
const MOST_TRIED = 10_000

/** Beyond this many nodes quorums are not even counted. */
const MOST_NODES = 2_000

/**
 * Decides whether each read quorum meets each write quorum: by the shape of the two sides where
 * that tells, otherwise by search, which may take time exponential in the nodes.
 * @param budget default: 20 seconds
 */
export function disjointQuorums(
  reads: QuorumSet,
  writes: QuorumSet,
  budget: Budget = { seconds: 20 },
): DisjointQuorums {
  const met = writes.dual()
  if (met === reads) return { outcome: 'none', method: 'dual' }
  const [strong, weak] = [treeOf(reads), treeOf(met)]
  if (strong !== undefined && weak !== undefined && impliesByShape(strong, weak)) {
    return { outcome: 'none', method: 'shape' }
  }
  if (isFew(reads)) return missedByOne(reads, writes) ?? { outcome: 'none', method: 'each quorum' }
  if (isFew(writes)) {
    const missed = missedByOne(writes, reads)
    if (missed === undefined) return { outcome: 'none', method: 'each quorum' }
    return { outcome: 'found', read: missed.write, write: missed.read }
  }
  const meter = new Meter(budget)
  const found = searchDisjoint(reads, writes, meter)
  if (found === 'none') return { outcome: 'none', method: 'search' }
  if (found !== 'unknown') return { outcome: 'found', ...found }
  const { bound, limit } = meter.hit('disjoint quorums')
  const amount = limit.toLocaleString('en-US')
  return { outcome: 'unknown', limit: `${amount} ${bound === 'time' ? 'seconds' : bound}` }
}

function isFew(set: QuorumSet): boolean {
  return set.size <= MOST_NODES && (set.countMinimal?.() ?? Infinity) <= MOST_TRIED
}

/** A quorum of the first side beside which the second side has one, and that one. */
function missedByOne(
  side: QuorumSet,
  other: QuorumSet,
): Extract<DisjointQuorums, { outcome: 'found' }> | undefined {
  const prices = new Float64Array(side.size)
  for (const read of side.minimalQuorums()) {
    prices.fill(1)
    for (const member of read) prices[member] = 0
    if (!other.holds(prices)) continue
    const dear = prices.map((alive) => (alive === 1 ? 1 : side.size + 1))
    return { outcome: 'found', read, write: other.cheapest(dear).members }
  }
  return undefined
}
