import type { Meter } from '../../core/budget.ts'
import type { Priced, QuorumSet } from '../quorum-set.ts'
import { treeOf } from '../structures/threshold-tree.ts'
import { closedOverlap } from './closed-overlap.ts'
import { treeOverlap } from './tree-overlap.ts'

/** The fewest nodes that a quorum of the one side and a quorum of the other have in common. */
export interface Overlap {
  readonly lower: number
  readonly upper: number
  readonly method: string
}

/** Alternating searches where not all quorums can be gone through. */
const ATTEMPTS = 20
const ROUNDS = 10

/**
 * Two sides of a system, so that the answer is at least 1. For each quorum of the one side the
 * cheapest quorum of the other is found, where its members cost 1 and all other nodes nothing.
 */
export function leastOverlap(one: QuorumSet, other: QuorumSet, meter: Meter): Overlap {
  const inTrees = ofTrees(one, other)
  if (inTrees !== undefined) return { lower: inTrees, upper: inTrees, method: 'recursion' }
  const closed = one === other ? closedOverlap(one) : undefined
  if (closed !== undefined) return { lower: closed, upper: closed, method: 'closed form' }
  const [few, many] = fewerFirst(one, other)
  let least = searched(few, many, meter)
  let ended = true
  // Two quorums that are one and the same have more in common than any two others.
  for (const members of least > 1 ? few.minimalQuorums() : []) {
    ended = meter.look()
    least = Math.min(least, cheapestFor(many, members).price)
    if (!ended || least === 1) break
  }
  const lower = ended || least === 1 ? least : 1
  return { lower, upper: least, method: lower === least ? 'every quorum' : 'search' }
}

function ofTrees(one: QuorumSet, other: QuorumSet): number | undefined {
  const left = treeOf(one)
  const right = treeOf(other)
  return left && right && treeOverlap(left, right)
}

function fewerFirst(one: QuorumSet, other: QuorumSet): readonly [QuorumSet, QuorumSet] {
  const left = one.countMinimal?.()
  const right = other.countMinimal?.()
  return right !== undefined && (left === undefined || right < left) ? [other, one] : [one, other]
}

/** The quorum that has least in common with given nodes. */
function cheapestFor(set: QuorumSet, members: Int32Array): Priced {
  const prices = new Float64Array(set.size)
  for (const node of members) prices[node] = 1
  return set.cheapest(prices)
}

/** What alternating between the sides comes down to, from different beginnings. */
function searched(one: QuorumSet, other: QuorumSet, meter: Meter): number {
  let least = Infinity
  for (let attempt = 0; attempt < ATTEMPTS && least > 1 && !meter.exhausted; attempt++) {
    // Any prices will do to begin with a quorum here or there.
    const prices = Float64Array.from({ length: one.size }, (_, node) => (node * 7 + attempt) % 11)
    let members = one.cheapest(prices).members
    let before = Infinity
    for (let round = 0; round < ROUNDS && (least === Infinity || meter.look()); round++) {
      const opposite = cheapestFor(other, members)
      least = Math.min(least, opposite.price)
      if (opposite.price >= before) break
      before = opposite.price
      members = cheapestFor(one, opposite.members).members
    }
  }
  return least
}
