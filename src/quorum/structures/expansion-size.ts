import { countCoalitions } from './coalitions.ts'
import { inputWeights } from './flat-tree.ts'
import type { FlatTree } from './flat-tree.ts'

/** The nodes below a vertex and its number of quorums, where no node stands twice below it. */
interface Below {
  readonly nodes: Set<number>
  readonly count: bigint
}

/**
 * Whether it is clear without trying that some part has more than `sets` quorums, or that two parts
 * that are needed together have more than `pairs` pairs of them.
 */
export function isTooMuch(tree: FlatTree, sets: number, pairs: number): boolean {
  const { vertices, node, need, start, inputs } = tree
  const found: (Below | undefined)[] = []
  for (let v = 0; v < vertices; v++) {
    if (node[v]! >= 0) {
      found.push({ nodes: new Set([node[v]!]), count: 1n })
      continue
    }
    const own = Array.from(inputs.subarray(start[v], start[v + 1]), (input) => found[input])
    if (need[v] === own.length && product(own) > pairs) return true
    const joined = disjointUnion(own)
    const counts = own.map((below) => below?.count ?? 0n)
    for (const input of inputs.subarray(start[v], start[v + 1])) found[input] = undefined
    if (joined === undefined) {
      found.push(undefined)
      continue
    }
    const count = countCoalitions(need[v]!, inputWeights(tree, v), counts)
    if (count > sets) return true
    found.push({ nodes: joined, count })
  }
  return false
}

/** The pairs of the two largest. */
function product(own: readonly (Below | undefined)[]): bigint {
  const [first = 1n, second = 1n] = own
    .map((below) => below?.count ?? 1n)
    .sort((a, b) => (a < b ? 1 : a > b ? -1 : 0))
  return first * second
}

/** All nodes together; `undefined` where a node comes twice. The largest set is used up. */
function disjointUnion(own: readonly (Below | undefined)[]): Set<number> | undefined {
  let union = new Set<number>()
  for (const below of own) {
    if (below === undefined) return undefined
    const [small, large] =
      below.nodes.size < union.size ? [below.nodes, union] : [union, below.nodes]
    for (const node of small) {
      if (large.has(node)) return undefined
      large.add(node)
    }
    union = large
  }
  return union
}
