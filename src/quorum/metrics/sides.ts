import type { QuorumSet } from '../quorum-set.ts'
import { treeOf } from '../structures/threshold-tree.ts'
import type { QuorumSystem } from '../system.ts'

/** Reads, writes, or reads and writes at once. */
export type Side = 'read' | 'write' | 'both'

/** The sets of quorums of which each needs one alive; not more than are needed to say so. */
export function sidesOf({ reads, writes }: QuorumSystem, side: Side): readonly QuorumSet[] {
  if (side === 'read') return [reads]
  if (side === 'write') return [writes]
  if (reads === writes || isPartOf(writes, reads)) return [writes]
  return isPartOf(reads, writes) ? [reads] : [reads, writes]
}

/** Whether it is plain that live nodes that are enough for the one are enough for the other. */
function isPartOf(one: QuorumSet, other: QuorumSet): boolean {
  const left = treeOf(one)
  const right = treeOf(other)
  if (left === undefined || right === undefined || left.vertices !== right.vertices) return false
  for (let vertex = 0; vertex < left.vertices; vertex++) {
    const same =
      left.node[vertex] === right.node[vertex] &&
      left.start[vertex + 1] === right.start[vertex + 1] &&
      left.weight[vertex] === right.weight[vertex]
    if (!same || left.need[vertex]! < right.need[vertex]!) return false
  }
  return left.inputs.every((input, at) => input === right.inputs[at])
}
