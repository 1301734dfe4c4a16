import { Meter } from '../../core/budget.ts'
import { allOf, anyOf } from '../formula.ts'
import type { Formula } from '../formula.ts'
import type { QuorumSet } from '../quorum-set.ts'
import { hasWeights, totalWeight } from '../structures/flat-tree.ts'
import type { FlatTree } from '../structures/flat-tree.ts'
import { listOf, listOfQuorums } from '../structures/list-of-quorums.ts'
import { quorumSetOf } from '../structures/quorum-set-of.ts'
import { treeOf } from '../structures/threshold-tree.ts'
import type { QuorumSystem } from '../system.ts'
import { undecided } from './tree-domination.ts'
import { undecidedNodes } from './undecided-nodes.ts'

/** How a system becomes one that no other dominates; every quorum it has stays one. */
export interface Repair {
  /** What to change, in words: `give n1 weight 2`. */
  readonly text: string
  readonly reads: QuorumSet
  readonly writes: QuorumSet
  /** Whether nothing dominates the result; otherwise it is only a step. */
  readonly complete: boolean
}

/** Quorums that are added at most. */
const MOST_ADDED = 8
/** And for systems of so many nodes at most. */
const MOST_NODES = 200
const STEPS = 50_000
/** For longer lists of changes only their number is told. */
const MOST_TOLD = 3

export function repairOf(system: QuorumSystem): Repair | undefined {
  const { reads, writes } = system
  if (reads !== writes) {
    return {
      text: 'let every set that meets all read quorums be a write quorum',
      reads,
      writes: reads.dual(),
      complete: true,
    }
  }
  const tree = treeOf(reads)
  return tree !== undefined && eachGateMeets(tree)
    ? withBetterGates(system, tree)
    : withMoreQuorums(system)
}

/**
 * Whether any two choices of a gate have an input in common, for each gate by itself. A coterie can
 * do with less, as a * (b + c) does, but then it is not mended gate by gate.
 */
function eachGateMeets(tree: FlatTree): boolean {
  return tree.need.every((need, vertex) => {
    return tree.node[vertex]! >= 0 || 2 * need > totalWeight(tree, vertex)
  })
}

/** No gate needs more than half of its weight, and one that could tie gets another vote. */
function withBetterGates(system: QuorumSystem, tree: FlatTree): Repair {
  const made: Formula[] = []
  const changes: string[] = []
  for (let vertex = 0; vertex < tree.vertices; vertex++) {
    if (tree.node[vertex]! >= 0) {
      made.push(tree.node[vertex]!)
      continue
    }
    const inputs = [...tree.inputs.subarray(tree.start[vertex], tree.start[vertex + 1])]
    const weights = inputs.map((input) => tree.weight[input]!)
    const total = totalWeight(tree, vertex)
    const open = undecided(tree, vertex) !== undefined
    const need = open ? Math.floor(total / 2) + 1 : tree.need[vertex]!
    if (need < tree.need[vertex]!) {
      changes.push(`need ${need} of ${total} instead of ${tree.need[vertex]!}`)
    }
    const favoured = open && 2 * need - 1 > total ? favourite(tree, inputs) : -1
    if (favoured >= 0) {
      weights[favoured]!++
      changes.push(`give ${nameOf(system, tree, inputs[favoured]!)} weight ${weights[favoured]}`)
    }
    const parts = inputs.map((input) => made[input]!)
    const even = favoured < 0 && !hasWeights(tree, vertex)
    made.push(even ? { need, inputs: parts } : { need, inputs: parts, weights })
  }
  const set = quorumSetOf(made[tree.vertices - 1]!, system.size)
  const told = changes.slice(0, MOST_TOLD).join(', ')
  const more = changes.length - MOST_TOLD
  const text = more > 0 ? `${told}, and ${more.toLocaleString('en-US')} more gates alike` : told
  return { text, reads: set, writes: set, complete: true }
}

/** A node rather than a gate, the first one of them. */
function favourite(tree: FlatTree, inputs: readonly number[]): number {
  const node = inputs.findIndex((input) => tree.node[input]! >= 0)
  return Math.max(0, node)
}

function nameOf(system: QuorumSystem, tree: FlatTree, vertex: number): string {
  const node = tree.node[vertex]!
  return node < 0 ? 'one group' : nodeName(system, node)
}

function nodeName(system: QuorumSystem, node: number): string {
  return system.nodes[node]?.name ?? `node ${node}`
}

/** Adds a smallest part of what is undecided as a quorum, again and again. */
function withMoreQuorums(system: QuorumSystem): Repair | undefined {
  if (system.size > MOST_NODES) return undefined
  const added: Int32Array[] = []
  let set = system.reads
  const meter = new Meter({ steps: STEPS, seconds: 5 })
  let complete = false
  for (;;) {
    const found = undecidedNodes(set, set, meter)
    complete = found.outcome === 'none'
    if (found.outcome !== 'found' || added.length === MOST_ADDED) break
    const quorum = shrunk(set, found.alive)
    added.push(quorum)
    set = withQuorum(set, quorum)
  }
  if (added.length === 0) return undefined
  const sets = added.map(
    (quorum) => `{${Array.from(quorum, (node) => nodeName(system, node)).join(', ')}}`,
  )
  const told = sets.slice(0, MOST_TOLD).join(', ')
  const more = sets.length > MOST_TOLD ? ` and ${sets.length - MOST_TOLD} more` : ''
  const text = `let ${told}${more} be ${sets.length === 1 ? 'a quorum' : 'quorums'} too`
  return { text, reads: set, writes: set, complete }
}

function withQuorum(set: QuorumSet, quorum: Int32Array): QuorumSet {
  const list = listOf(set)
  return list === undefined
    ? quorumSetOf(anyOf([set.formula(), allOf([...quorum])]), set.size)
    : listOfQuorums([...list, quorum], set.size)
}

/** As few of the nodes as still meet every quorum. */
function shrunk(set: QuorumSet, members: Int32Array): Int32Array {
  const others = new Uint8Array(set.size).fill(1)
  for (const node of members) others[node] = 0
  // What met every quorum may do so without this node: then the others have none with it either.
  for (const node of members) {
    others[node] = 1
    if (set.holds(others)) others[node] = 0
  }
  return members.filter((node) => others[node] === 0)
}
