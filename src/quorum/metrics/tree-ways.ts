import { hasWeights, totalWeight } from '../structures/flat-tree.ts'
import type { FlatTree } from '../structures/flat-tree.ts'
import type { Ways } from './ways.ts'

/** The same recursion as for doubles, in whole numbers. */
export function treeWays(tree: FlatTree, node: (node: number) => Ways): Ways {
  const ways: Ways[] = []
  for (let vertex = 0; vertex < tree.vertices; vertex++) {
    const leaf = tree.node[vertex]!
    ways.push(leaf >= 0 ? node(leaf) : gateWays(tree, vertex, ways))
  }
  return ways[tree.vertices - 1] as Ways
}

function gateWays(tree: FlatTree, gate: number, ways: readonly Ways[]): Ways {
  const inputs = tree.inputs.subarray(tree.start[gate], tree.start[gate + 1])
  const need = tree.need[gate]!
  const total = totalWeight(tree, gate)
  const own = Array.from(inputs, (input) => ways[input] as Ways)
  const all = own.reduce((product, input) => product * input.all, 1n)
  const weights = Array.from(inputs, (input) => tree.weight[input]!)
  const live = (input: Ways) => input.all - input.failing
  const dead = (input: Ways) => input.failing
  if (need - 1 <= total - need) {
    return { failing: waysAtMost(need - 1, weights, own.map(live), own.map(dead)), all }
  }
  return { failing: all - waysAtMost(total - need, weights, own.map(dead), own.map(live)), all }
}

/** The ways in which the events that happen weigh `most` or less together. */
function waysAtMost(
  most: number,
  weights: readonly number[],
  happens: readonly bigint[],
  fails: readonly bigint[],
): bigint {
  let sums = new Map<number, bigint>([[0, 1n]])
  for (const [event, weight] of weights.entries()) {
    const next = new Map<number, bigint>()
    const put = (sum: number, ways: bigint) => {
      if (sum <= most && ways !== 0n) next.set(sum, (next.get(sum) ?? 0n) + ways)
    }
    for (const [sum, ways] of sums) {
      put(sum, ways * (fails[event] as bigint))
      put(sum + weight, ways * (happens[event] as bigint))
    }
    sums = next
  }
  let total = 0n
  for (const ways of sums.values()) total += ways
  return total
}

/** About how many multiplications of whole numbers the recursion takes. */
export function treeWork(tree: FlatTree): number {
  let work = 0
  for (let vertex = 0; vertex < tree.vertices; vertex++) {
    if (tree.node[vertex]! >= 0) continue
    const count = tree.start[vertex + 1]! - tree.start[vertex]!
    const need = tree.need[vertex]!
    const total = totalWeight(tree, vertex)
    const width = Math.min(need, total - need + 1)
    work += count * (hasWeights(tree, vertex) ? Math.min(width, 2 ** Math.min(count, 40)) : width)
  }
  return work
}
