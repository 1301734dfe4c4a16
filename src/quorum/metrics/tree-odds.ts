import type { QuorumSet } from '../quorum-set.ts'
import { hasWeights } from '../structures/flat-tree.ts'
import type { FlatTree } from '../structures/flat-tree.ts'
import { treeOf } from '../structures/threshold-tree.ts'
import { thresholdOdds } from './threshold-tail.ts'
import type { Odds } from './threshold-tail.ts'

/** Tables of this many weights are the widest that are made. */
const WIDEST = 20_000_000

/**
 * How likely it is that a tree in which each node stands once holds: parts of a gate have no node
 * in common and fail independently, so each gate is a threshold of independent events (the
 * Poisson binomial distribution). `alive` answers for a node.
 */
export function treeOdds(tree: FlatTree, alive: (node: number) => Odds): Odds {
  const yes = new Float64Array(tree.vertices)
  const no = new Float64Array(tree.vertices)
  for (let vertex = 0; vertex < tree.vertices; vertex++) {
    const odds =
      tree.node[vertex]! >= 0 ? alive(tree.node[vertex]!) : gateOdds(tree, vertex, yes, no)
    yes[vertex] = odds.yes
    no[vertex] = odds.no
  }
  return { yes: yes[tree.vertices - 1]!, no: no[tree.vertices - 1]! }
}

/** A node that is down with this probability. */
export function nodeOdds(down: number): Odds {
  return { yes: Math.log1p(-down), no: Math.log(down) }
}

function gateOdds(tree: FlatTree, gate: number, yes: Float64Array, no: Float64Array): Odds {
  const inputs = tree.inputs.subarray(tree.start[gate], tree.start[gate + 1])
  return thresholdOdds(tree.need[gate]!, {
    weights: hasWeights(tree, gate)
      ? Float64Array.from(inputs, (input) => tree.weight[input]!)
      : undefined,
    yes: Float64Array.from(inputs, (input) => yes[input]!),
    no: Float64Array.from(inputs, (input) => no[input]!),
  })
}

/** The tree of a set in which no node stands twice and no table would be too wide to make. */
export function readOnceTree(set: QuorumSet): FlatTree | undefined {
  const tree = treeOf(set)
  return tree?.need.every((need) => need <= WIDEST) === true ? tree : undefined
}
