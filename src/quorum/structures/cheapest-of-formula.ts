import { UserError } from '../../core/user-error.ts'
import type { Priced } from '../quorum-set.ts'
import { cheapestInTree } from './cheapest-in-tree.ts'
import { hasWeights } from './flat-tree.ts'
import type { FlatTree } from './flat-tree.ts'

/** Visits of vertices after which the search is given up. */
const MOST_VISITS = 100_000_000

/**
 * The cheapest quorum of a formula in which nodes stand more than once, by branch and bound. If
 * each place of a node costs its share of the price, a quorum pays at most its price, so the
 * cheapest choice in the tree is a bound; it is exact where no node that can be paid for twice is
 * open.
 * @param places at how many places at once each node can be of use, from `placesAtOnce`
 * @throws UserError where that takes too long.
 */
export function cheapestOfFormula(
  tree: FlatTree,
  places: Int32Array,
  prices: ArrayLike<number>,
): Priced {
  const shares = Float64Array.from(places, (count, node) => prices[node]! / Math.max(count, 1))
  const decided: { node: number; taken: boolean }[] = []
  let paid = 0
  let best: Priced = { members: Int32Array.from(places.keys()), price: Infinity }
  for (let visits = tree.vertices; ; visits += tree.vertices) {
    if (visits > MOST_VISITS) throw tooLong()
    const { members, price } = cheapestInTree(tree, shares)
    const taken = decided.filter((choice) => choice.taken).map((choice) => choice.node)
    const together = new Set([...members, ...taken])
    const whole = priced(together, prices)
    if (price < Infinity && whole.price < best.price) best = whole
    const open = members.find((node) => places[node]! > 1 && !decided.some((c) => c.node === node))
    if (price + paid < best.price && open !== undefined) {
      decided.push({ node: open, taken: true })
      shares[open] = 0
      paid += prices[open]!
      continue
    }
    let last = decided.pop()
    while (last !== undefined && !last.taken) {
      shares[last.node] = prices[last.node]! / places[last.node]!
      last = decided.pop()
    }
    if (last === undefined) return best
    paid -= prices[last.node]!
    shares[last.node] = Infinity
    decided.push({ node: last.node, taken: false })
  }
}

function priced(nodes: Iterable<number>, prices: ArrayLike<number>): Priced {
  const members = Int32Array.from(nodes).sort()
  let price = 0
  for (const member of members) price += prices[member]!
  return { members, price }
}

/**
 * At how many places at once each node can be of use: an or uses one of its inputs, a choice of k
 * at most k of them.
 */
export function placesAtOnce(tree: FlatTree, size: number): Int32Array {
  const { vertices, node, need, start, inputs } = tree
  const found: (Map<number, number> | undefined)[] = []
  for (let v = 0; v < vertices; v++) {
    if (node[v]! >= 0) {
      found.push(new Map([[node[v]!, 1]]))
      continue
    }
    const own = Array.from(
      inputs.subarray(start[v], start[v + 1]),
      (input) => found[input] as Map<number, number>,
    )
    for (let i = start[v]!; i < start[v + 1]!; i++) found[inputs[i]!] = undefined
    found.push(together(own, hasWeights(tree, v) ? own.length : need[v]!))
  }
  const places = new Int32Array(size)
  for (const [at, count] of found[vertices - 1] ?? []) places[at] = count
  return places
}

/** For each node the sum of its `most` highest counts; the largest map becomes the answer. */
function together(counts: readonly Map<number, number>[], most: number): Map<number, number> {
  const largest = counts.reduce((a, b) => (b.size > a.size ? b : a))
  const several = new Map<number, number[]>()
  for (const map of counts) {
    if (map === largest) continue
    for (const [node, count] of map) {
      const already = several.get(node)
      if (already === undefined) several.set(node, [count])
      else already.push(count)
    }
  }
  for (const [node, list] of several) {
    const highest = [...list, largest.get(node) ?? 0].sort((a, b) => b - a).slice(0, most)
    largest.set(
      node,
      highest.reduce((sum, count) => sum + count, 0),
    )
  }
  return largest
}

function tooLong(): UserError {
  return new UserError('the cheapest quorum was not found within the bound of the search', {
    hint: 'an expression that names fewer nodes more than once',
  })
}
