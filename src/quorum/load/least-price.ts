import { Rational } from '../rational.ts'
import { cheapest } from './formula-parts.ts'
import type { Part } from './formula-parts.ts'
import { leastOfGoals } from './least-of-goals.ts'

/** How many parts are looked at before the answer is given up. */
const MOST_LOOKS = 20_000_000
const FEW_LOOKS = 300_000
/** Up to this many nodes all sets of them can be looked at. */
const MOST_NODES_FOR_TABLE = 18

/**
 * The least sum of prices of nodes that are enough, over the denominator; `undefined` where the
 * search would take too long. Prices are not negative.
 */
export function leastPrice(
  parts: readonly Part[],
  prices: readonly bigint[],
  denominator: bigint,
): Rational | undefined {
  const seen = new Set<number>()
  const readOnce = parts.every(({ node }) => node < 0 || (!seen.has(node) && seen.add(node)))
  const found = readOnce
    ? ofTree(parts, prices)
    : (leastOfGoals(parts, prices, FEW_LOOKS) ??
      ofTable(parts, prices) ??
      leastOfGoals(parts, prices, MOST_LOOKS))
  return found === undefined ? undefined : Rational.of(found, denominator)
}

/** The cheapest of all sets that are enough, where these are few enough to be looked at. */
function ofTable(parts: readonly Part[], prices: readonly bigint[]): bigint | undefined {
  const nodes = [...new Set(parts.map(({ node }) => node).filter((node) => node >= 0))]
  if (nodes.length > MOST_NODES_FOR_TABLE) return undefined
  const sets = 1 << nodes.length
  const all = (1n << BigInt(sets)) - 1n
  // Bit s of a part's table says whether it holds in set s; node i is in the sets with bit i.
  const tables: bigint[] = []
  for (const { node, need, inputs, weights } of parts) {
    if (node >= 0) {
      const block = 1n << BigInt(1 << nodes.indexOf(node))
      tables.push((all / (block + 1n)) * block)
      continue
    }
    const reached = [all, ...new Array<bigint>(need).fill(0n)]
    for (const [i, input] of inputs.entries()) {
      for (let weight = need; weight > 0; weight--) {
        const before = reached[Math.max(0, weight - (weights?.[i] ?? 1))] ?? 0n
        reached[weight] = (reached[weight] ?? 0n) | (before & (tables[input] ?? 0n))
      }
    }
    tables.push(reached[need] ?? 0n)
  }
  const enough = (tables.at(-1) ?? 0n).toString(2)
  const costs = [0n]
  let best: bigint | undefined
  for (let set = 1; set < sets; set++) {
    const top = 31 - Math.clz32(set)
    const cost = (costs[set - (1 << top)] ?? 0n) + (prices[nodes[top] ?? 0] ?? 0n)
    costs.push(cost)
    if (enough[enough.length - 1 - set] === '1' && (best === undefined || cost < best)) best = cost
  }
  return best
}

/** Where each node stands once, a gate costs what its cheapest inputs cost. */
function ofTree(parts: readonly Part[], prices: readonly bigint[]): bigint {
  const costs: bigint[] = []
  for (const { node, need, inputs, weights } of parts) {
    const below = inputs.map((input) => costs[input] ?? 0n)
    costs.push(node >= 0 ? (prices[node] ?? 0n) : cheapest(need, below, weights))
  }
  return costs.at(-1) ?? 0n
}
