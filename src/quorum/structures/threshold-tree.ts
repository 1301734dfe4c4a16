import type { Formula } from '../formula.ts'
import type { LinearProgram, Terms, Uses } from '../linear-program.ts'
import type { QuorumSet } from '../quorum-set.ts'
import { cheapestInTree } from './cheapest-in-tree.ts'
import { Coalitions, countCoalitions } from './coalitions.ts'
import { dualTree, evaluate, flatTree, formulaOf, inputWeights } from './flat-tree.ts'
import type { FlatTree } from './flat-tree.ts'

/**
 * A formula in which each node stands once. Nearly everything about it is one pass over the tree,
 * because the parts of a gate have no node in common.
 */
export interface ThresholdTree extends QuorumSet {
  readonly tree: FlatTree
}

/** @throws RangeError if a node stands twice or is not below `size`; then use `generalFormula`. */
export function thresholdTree(formula: Formula, size: number): ThresholdTree {
  const tree = flatTree(formula)
  const seen = new Uint8Array(size)
  for (const node of tree.node) {
    if (node < 0) continue
    if (node >= size || seen[node] === 1) throw new RangeError(`node ${node} twice or not there`)
    seen[node] = 1
  }
  return treeSet(tree, size)
}

/** The tree of a set, where it is one. */
export function treeOf(set: QuorumSet): FlatTree | undefined {
  return 'tree' in set ? (set as ThresholdTree).tree : undefined
}

function treeSet(tree: FlatTree, size: number, back?: ThresholdTree): ThresholdTree {
  const held = new Uint8Array(tree.vertices)
  let dual = back
  let formula: Formula | undefined
  const set: ThresholdTree = {
    size,
    structure: 'threshold tree',
    tree,
    transitive: isTransitive(tree, size),
    formula: () => (formula ??= formulaOf(tree)),
    holds: (alive) => evaluate(tree, alive, held),
    cheapest: (prices) => cheapestInTree(tree, prices),
    dual: () => (dual ??= treeSet(dualTree(tree), size, set)),
    minimalQuorums: () => minimalQuorums(tree),
    countMinimal: () => countMinimal(tree),
    ...(tree.weighted
      ? {}
      : {
          formulate: (program: LinearProgram, amount: number) => uses(tree, size, program, amount),
        }),
  }
  return set
}

/** A gate whose present coalition is being combined with all choices of what comes after it. */
interface Frame {
  readonly gate: number
  readonly coalitions: Coalitions
  readonly rest: Pending | undefined
  readonly members: number
}

/** Vertices that still have to be satisfied; shared by the choices that have them in common. */
interface Pending {
  readonly vertex: number
  readonly next: Pending | undefined
}

/** Every combination of minimal coalitions, from the root down; deep trees need no recursion. */
function* minimalQuorums(tree: FlatTree): Generator<Int32Array> {
  const frames: Frame[] = []
  const members: number[] = []
  let pending: Pending | undefined = { vertex: tree.vertices - 1, next: undefined }
  for (;;) {
    while (pending !== undefined) {
      const { vertex, next }: Pending = pending
      pending = next
      if (tree.node[vertex]! >= 0) {
        members.push(tree.node[vertex]!)
        continue
      }
      const coalitions = new Coalitions(tree.need[vertex]!, inputWeights(tree, vertex))
      frames.push({ gate: vertex, coalitions, rest: next, members: members.length })
      pending = withInputs(tree, vertex, coalitions, next)
    }
    yield Int32Array.from(members).sort()
    let top = frames.at(-1)
    while (top !== undefined && !top.coalitions.advance()) {
      frames.pop()
      top = frames.at(-1)
    }
    if (top === undefined) return
    members.length = top.members
    pending = withInputs(tree, top.gate, top.coalitions, top.rest)
  }
}

function withInputs(
  { inputs, start }: FlatTree,
  gate: number,
  coalitions: Coalitions,
  rest: Pending | undefined,
): Pending | undefined {
  let pending = rest
  for (const place of coalitions.members()) {
    pending = { vertex: inputs[start[gate]! + place]!, next: pending }
  }
  return pending
}

function countMinimal(tree: FlatTree): bigint {
  const { vertices, node, need, start, inputs } = tree
  const counts: bigint[] = []
  for (let v = 0; v < vertices; v++) {
    if (node[v]! >= 0) {
      counts.push(1n)
      continue
    }
    const own = Array.from(
      inputs.subarray(start[v], start[v + 1]),
      (input) => counts[input] as bigint,
    )
    counts.push(countCoalitions(need[v]!, inputWeights(tree, v), own))
  }
  return counts[vertices - 1] as bigint
}

/**
 * A gate used `amount` in all uses each input at most that much and its inputs `need` times that
 * much together: every such use is a mixture of quorums, because the vertices of these limits are
 * whole (a uniform matroid; Edmonds 1971).
 */
function uses(tree: FlatTree, size: number, program: LinearProgram, amount: number): Uses {
  const { vertices, node, need, start, inputs } = tree
  const none: Terms = { variables: [], factors: [] }
  const found = new Array<Terms>(size).fill(none)
  const used = new Int32Array(vertices)
  used[vertices - 1] = amount
  for (let v = vertices - 1; v >= 0; v--) {
    const own = inputs.subarray(start[v], start[v + 1])
    if (node[v]! >= 0) {
      found[node[v]!] = { variables: [used[v]!], factors: [1] }
    } else if (need[v] === own.length) {
      for (const input of own) used[input] = used[v]!
    } else {
      for (const input of own) {
        used[input] = program.variable()
        if (need[v]! > 1) program.row([used[input], used[v]!], [1, -1], -Infinity, 0)
      }
      const ones = Array.from(own, () => 1)
      const inputsUsed = Array.from(own, (input) => used[input]!)
      program.row([...inputsUsed, used[v]!], [...ones, -need[v]!], 0, 0)
    }
  }
  return found
}

/** All nodes are in it and the inputs of every gate alike: a permutation moves any to any. */
function isTransitive(tree: FlatTree, size: number): boolean {
  const { vertices, node, need, start, inputs, weighted } = tree
  if (weighted) return false
  const shapes = new Map<string, number>()
  const shape = new Int32Array(vertices)
  let leaves = 0
  for (let v = 0; v < vertices; v++) {
    if (node[v]! >= 0) {
      leaves++
      continue
    }
    const first = start[v]!
    const below = shape[inputs[first]!]!
    for (let i = first; i < start[v + 1]!; i++) if (shape[inputs[i]!] !== below) return false
    const key = `${need[v]} ${start[v + 1]! - first} ${below}`
    if (!shapes.has(key)) shapes.set(key, shapes.size + 1)
    shape[v] = shapes.get(key)!
  }
  return leaves === size
}
