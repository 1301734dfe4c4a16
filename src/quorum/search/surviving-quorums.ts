import { Rational } from '../rational.ts'
import type { ListedQuorum } from './exact-program.ts'
import { sizeOf } from './monotone.ts'
import type { Question } from './question.ts'
import { treeQuorums } from './tree-side.ts'
import type { FlatTreeOfKinds } from './tree-side.ts'

/**
 * The sets of nodes that hold a quorum of the tree (or of its dual) whichever `failures` of their
 * members fail: the minimal ones, or all where latency counts, as more members may answer sooner.
 */
export function survivingQuorums(
  tree: FlatTreeOfKinds,
  dual: boolean,
  failures: number,
  question: Question,
): readonly ListedQuorum[] {
  const { size, objective, limits, nodes } = question
  const quorums = treeQuorums(tree, dual, Infinity) ?? []
  let holds = new Uint8Array(1 << size)
  for (const quorum of quorums) holds[quorum] = 1
  for (let set = 0; set < holds.length; set++) {
    for (let i = 0; i < size && holds[set] === 0; i++) {
      if (((set >>> i) & 1) === 1) holds[set] = holds[set ^ (1 << i)]!
    }
  }
  for (let count = 0; count < failures; count++) {
    const before = holds
    holds = before.map((held, set) => {
      let still = held
      for (let i = 0; i < size; i++) if (((set >>> i) & 1) === 1) still &= before[set ^ (1 << i)]!
      return still
    })
  }
  const latency = objective === 'latency' || limits.latency !== undefined
  const found: ListedQuorum[] = []
  holds.forEach((held, set) => {
    if (held === 0 || (!latency && !isMinimal(set, holds))) return
    found.push({ set, latency: latency ? soonest(set, quorums, nodes) : Rational.zero })
  })
  return found
}

function isMinimal(set: number, holds: Uint8Array): boolean {
  for (let rest = set; rest !== 0; rest &= rest - 1) {
    if (holds[set ^ (rest & -rest)] === 1) return false
  }
  return true
}

/** When the fastest quorum in the set has answered: that of the first nodes by latency. */
function soonest(set: number, quorums: readonly number[], nodes: Question['nodes']): Rational {
  const members = nodes.flatMap((own, i) => (((set >>> i) & 1) === 1 ? [{ own, bit: 1 << i }] : []))
  members.sort((a, b) => a.own.latency.compare(b.own.latency))
  let arrived = 0
  for (const { own, bit } of members) {
    arrived |= bit
    if (quorums.some((quorum) => (quorum & ~arrived) === 0)) return own.latency
  }
  throw new RangeError(`no quorum in a set of ${sizeOf(set)} nodes`)
}
