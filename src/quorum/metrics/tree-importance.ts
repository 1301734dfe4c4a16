import type { Down } from '../quorum-set.ts'
import { hasWeights } from '../structures/flat-tree.ts'
import type { FlatTree } from '../structures/flat-tree.ts'

/**
 * How much each node of a tree changes the probability of failure: along the path to the root, each
 * gate passes on the probability that it hangs on this input. Nodes outside of the tree have 0.
 */
export function treeImportance(tree: FlatTree, down: Down, size: number): Float64Array {
  const failure = failures(tree, down)
  const passed = new Float64Array(tree.vertices)
  passed[tree.vertices - 1] = 1
  const importance = new Float64Array(size)
  for (let vertex = tree.vertices - 1; vertex >= 0; vertex--) {
    if (tree.node[vertex]! >= 0) {
      importance[tree.node[vertex]!] = passed[vertex]!
      continue
    }
    const inputs = tree.inputs.subarray(tree.start[vertex], tree.start[vertex + 1])
    const pivots = pivotal(
      tree.need[vertex]!,
      Float64Array.from(inputs, (input) => tree.weight[input]!),
      Float64Array.from(inputs, (input) => failure[input]!),
    )
    for (const [at, input] of inputs.entries()) passed[input] = passed[vertex]! * pivots[at]!
  }
  return importance
}

/** The probability of failure of each vertex. */
function failures(tree: FlatTree, down: Down): Float64Array {
  const failure = new Float64Array(tree.vertices)
  for (let vertex = 0; vertex < tree.vertices; vertex++) {
    const node = tree.node[vertex]!
    if (node >= 0) {
      failure[vertex] = typeof down === 'number' ? down : down[node]!
      continue
    }
    const inputs = tree.inputs.subarray(tree.start[vertex], tree.start[vertex + 1])
    const row = new Float64Array(tree.need[vertex]!)
    row[0] = 1
    for (const input of inputs) {
      addEvent(row, hasWeights(tree, vertex) ? tree.weight[input]! : 1, failure[input]!)
    }
    failure[vertex] = row.reduce((sum, mass) => sum + mass, 0)
  }
  return failure
}

/** For each event, the probability that the others weigh less than `need`, but with it enough. */
function pivotal(need: number, weights: Float64Array, failure: Float64Array): Float64Array {
  const pivots = new Float64Array(weights.length)
  if (failure.every((chance, at) => chance === failure[0] && weights[at] === weights[0])) {
    return pivots.fill(pivotOf(0, need, weights, failure))
  }
  // Every event is left out once: the tables of halves are shared, so that is count x need x log.
  const open = [{ from: 0, to: weights.length, row: new Float64Array(need) }]
  open[0]!.row[0] = 1
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const { from, to, row } = part
    if (to - from === 1) {
      let sum = 0
      for (let weight = Math.max(0, need - weights[from]!); weight < need; weight++) {
        sum += row[weight]!
      }
      pivots[from] = sum
      continue
    }
    const middle = (from + to) >> 1
    const left = row.slice()
    for (let event = middle; event < to; event++) addEvent(left, weights[event]!, failure[event]!)
    for (let event = from; event < middle; event++) addEvent(row, weights[event]!, failure[event]!)
    open.push({ from, to: middle, row: left }, { from: middle, to, row })
  }
  return pivots
}

function pivotOf(
  event: number,
  need: number,
  weights: Float64Array,
  failure: Float64Array,
): number {
  const row = new Float64Array(need)
  row[0] = 1
  for (let other = 0; other < weights.length; other++) {
    if (other !== event) addEvent(row, weights[other]!, failure[other]!)
  }
  let sum = 0
  for (let weight = Math.max(0, need - weights[event]!); weight < need; weight++) {
    sum += row[weight]!
  }
  return sum
}

/** One more independent event in a table of how likely each total weight below the need is. */
function addEvent(row: Float64Array, weight: number, fails: number): void {
  const happens = 1 - fails
  for (let sum = row.length - 1; sum >= weight; sum--) {
    row[sum] = row[sum]! * fails + row[sum - weight]! * happens
  }
  for (let sum = Math.min(row.length, weight) - 1; sum >= 0; sum--) row[sum]! *= fails
}
