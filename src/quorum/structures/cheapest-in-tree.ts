import type { Priced } from '../quorum-set.ts'
import { cheapestCoalition } from './coalitions.ts'
import { hasWeights } from './flat-tree.ts'
import type { FlatTree } from './flat-tree.ts'

/**
 * Each gate takes its cheapest inputs; exact where each node stands once, and otherwise a node is
 * paid for at each of its places.
 */
export function cheapestInTree(tree: FlatTree, prices: ArrayLike<number>): Priced {
  const { vertices, node, need, start, inputs } = tree
  const cost = new Float64Array(vertices)
  const taken = new Uint8Array(vertices)
  for (let v = 0; v < vertices; v++) {
    if (node[v]! >= 0) {
      cost[v] = prices[node[v]!]!
      continue
    }
    const own = inputs.subarray(start[v], start[v + 1])
    const chosen = hasWeights(tree, v)
      ? lightest(tree, own, need[v]!, cost)
      : lowest(own, need[v]!, cost)
    for (const input of chosen) {
      cost[v]! += cost[input]!
      taken[input] = 1
    }
  }
  return { members: membersOf(tree, taken), price: cost[vertices - 1]! }
}

/**
 * The same among the quorums that can spare none of the nodes marked 1. The price is infinite where
 * there is none; with weights it may also be too low, never too high.
 */
export function cheapestWith(
  tree: FlatTree,
  prices: ArrayLike<number>,
  marked: ArrayLike<number>,
): Priced {
  const { vertices, node, need, start, inputs, weight } = tree
  const cost = new Float64Array(vertices)
  const taken = new Uint8Array(vertices)
  const bound = new Uint8Array(vertices)
  for (let v = 0; v < vertices; v++) {
    if (node[v]! >= 0) {
      cost[v] = prices[node[v]!]!
      bound[v] = marked[node[v]!]!
      continue
    }
    const own = inputs.subarray(start[v], start[v + 1])
    const fixed = own.filter((input) => bound[input] === 1)
    const free = own.filter((input) => bound[input] === 0)
    let left = need[v]!
    let slightest = Infinity
    for (const input of fixed) {
      left -= weight[input]!
      slightest = Math.min(slightest, weight[input]!)
    }
    bound[v] = fixed.length > 0 ? 1 : 0
    if (left + slightest <= 0 || left > totalOf(tree, free)) cost[v] = Infinity
    else if (left > 0) {
      const alike = !hasWeights(tree, v)
      const chosen = alike ? lowest(free, left, cost) : lightest(tree, free, left, cost)
      for (const input of chosen) {
        cost[v]! += cost[input]!
        taken[input] = 1
      }
    }
    for (const input of fixed) {
      cost[v]! += cost[input]!
      taken[input] = 1
    }
  }
  return { members: membersOf(tree, taken), price: cost[vertices - 1]! }
}

/** The leaves all of whose gates are taken, up to the root. */
function membersOf({ vertices, node, start, inputs }: FlatTree, taken: Uint8Array): Int32Array {
  taken[vertices - 1] = 1
  const members: number[] = []
  for (let v = vertices - 1; v >= 0; v--) {
    if (taken[v] === 0) {
      for (let i = start[v]!; i < start[v + 1]!; i++) taken[inputs[i]!] = 0
    } else if (node[v]! >= 0) members.push(node[v]!)
  }
  return Int32Array.from(members).sort()
}

function totalOf({ weight }: FlatTree, own: Int32Array): number {
  let total = 0
  for (const input of own) total += weight[input]!
  return total
}

/** The `count` inputs of the least cost, in their order. */
function lowest(own: Int32Array, count: number, cost: Float64Array): Int32Array {
  if (count === own.length) return own
  const sorted = Float64Array.from(own, (input) => cost[input]!).sort()
  const highest = sorted[count - 1]!
  let equal = count
  for (let i = 0; i < count && sorted[i]! < highest; i++) equal--
  return own.filter((input) => {
    const price = cost[input]!
    return price < highest || (price === highest && equal-- > 0)
  })
}

function lightest(tree: FlatTree, own: Int32Array, need: number, cost: Float64Array): number[] {
  const weights = Float64Array.from(own, (input) => tree.weight[input]!)
  const prices = Float64Array.from(own, (input) => cost[input]!)
  return cheapestCoalition(need, weights, prices).map((place) => own[place]!)
}
