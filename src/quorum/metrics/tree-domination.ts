import { hasWeights, totalWeight } from '../structures/flat-tree.ts'
import type { FlatTree } from '../structures/flat-tree.ts'
import { SubsetSums } from './subset-sums.ts'

/** Weights beyond this are not added up one by one. */
const HEAVIEST = 5_000_000

/**
 * A gate that leaves something undecided (some inputs, and all the others, both weigh too little),
 * and on which the whole tree may hang; `undefined` where there is none, so that the tree of a
 * coterie is its own dual.
 */
export interface UndecidedGate {
  readonly gate: number
  /** Nodes that have no quorum, and neither have the others. */
  readonly witness: Int32Array
}

export function undecidedGate(tree: FlatTree): UndecidedGate | undefined {
  const root = tree.vertices - 1
  const open = [{ vertex: root, alive: [] as number[] }]
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const { vertex, alive } = part
    if (tree.node[vertex]! >= 0) continue
    const choice = undecided(tree, vertex)
    if (choice !== undefined) {
      return { gate: vertex, witness: nodesBelow(tree, [...alive, ...choice]) }
    }
    for (const input of inputsOf(tree, vertex)) {
      if (tree.node[input]! >= 0) continue
      const others = pivot(tree, vertex, input)
      if (others !== undefined) open.push({ vertex: input, alive: [...alive, ...others] })
    }
  }
  return undefined
}

/** Whether the weights of all gates are small enough to be added up. */
export function weightsAddUp(tree: FlatTree): boolean {
  let work = 0
  for (let vertex = 0; vertex < tree.vertices; vertex++) {
    if (hasWeights(tree, vertex)) work += tree.need[vertex]! * inputsOf(tree, vertex).length
  }
  return work <= HEAVIEST
}

/** Inputs of a gate that are not enough, where the others are not enough either. */
export function undecided(tree: FlatTree, gate: number): readonly number[] | undefined {
  const inputs = inputsOf(tree, gate)
  const need = tree.need[gate]!
  const total = totalWeight(tree, gate)
  if (total - need + 1 > need - 1) return undefined
  if (!hasWeights(tree, gate)) return inputs.slice(0, need - 1)
  const sums = new SubsetSums(weightsOf(tree, inputs), need - 1)
  return sums.between(total - need + 1, need - 1)?.map((at) => inputs[at]!)
}

/** Other inputs that are enough with this one and not without it. */
function pivot(tree: FlatTree, gate: number, input: number): readonly number[] | undefined {
  const others = inputsOf(tree, gate).filter((other) => other !== input)
  const need = tree.need[gate]!
  if (!hasWeights(tree, gate)) return others.slice(0, need - 1)
  const sums = new SubsetSums(weightsOf(tree, others), need - 1)
  return sums.between(need - tree.weight[input]!, need - 1)?.map((at) => others[at]!)
}

function inputsOf({ inputs, start }: FlatTree, gate: number): number[] {
  return [...inputs.subarray(start[gate], start[gate + 1])]
}

function weightsOf({ weight }: FlatTree, inputs: readonly number[]): number[] {
  return inputs.map((input) => weight[input]!)
}

function nodesBelow(tree: FlatTree, vertices: readonly number[]): Int32Array {
  const open = [...vertices]
  const nodes: number[] = []
  for (let vertex = open.pop(); vertex !== undefined; vertex = open.pop()) {
    if (tree.node[vertex]! >= 0) nodes.push(tree.node[vertex]!)
    else open.push(...inputsOf(tree, vertex))
  }
  return Int32Array.from(nodes).sort()
}
