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
    const own = inputs.subarray(start[v]!, start[v + 1]!)
    const chosen = hasWeights(tree, v) ? weightedChoice(tree, v, cost) : lowest(own, need[v]!, cost)
    for (const input of chosen) {
      cost[v]! += cost[input]!
      taken[input] = 1
    }
  }
  taken[vertices - 1] = 1
  const members: number[] = []
  for (let v = vertices - 1; v >= 0; v--) {
    if (taken[v] === 0) {
      for (let i = start[v]!; i < start[v + 1]!; i++) taken[inputs[i]!] = 0
    } else if (node[v]! >= 0) members.push(node[v]!)
  }
  return { members: Int32Array.from(members).sort(), price: cost[vertices - 1]! }
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

function weightedChoice(tree: FlatTree, gate: number, cost: Float64Array): number[] {
  const own = tree.inputs.subarray(tree.start[gate]!, tree.start[gate + 1]!)
  const weights = Float64Array.from(own, (input) => tree.weight[input]!)
  const prices = Float64Array.from(own, (input) => cost[input]!)
  return cheapestCoalition(tree.need[gate]!, weights, prices).map((place) => own[place]!)
}
