import { UserError } from '../../core/user-error.ts'
import type { Priced } from '../quorum-set.ts'
import { TransversalSearch } from './transversal-search.ts'

/** Search steps after which the cheapest transversal is given up. */
const MOST_STEPS = 1_000_000

interface Level {
  readonly candidates: readonly number[]
  at: number
  taken: number | undefined
}

/**
 * The minimal sets that meet every given set, one by one and each once, without keeping those
 * found before (Murakami and Uno 2014, MMCS): a node is only taken as long as each node so far
 * is the only one to meet some set.
 */
export function* minimalTransversals(
  sets: readonly Int32Array[],
  size: number,
): Generator<Int32Array> {
  const search = new TransversalSearch(sets, size)
  const levels: Level[] = []
  let deeper = true
  for (;;) {
    if (deeper) {
      const open = search.openSet()
      if (open === undefined) yield search.members()
      else {
        const candidates = search.candidatesOf(open)
        for (const candidate of candidates) search.forbid(candidate)
        levels.push({ candidates, at: 0, taken: undefined })
      }
    }
    const level = levels.at(-1)
    if (level === undefined) return
    if (level.taken !== undefined) {
      search.giveBack(level.taken)
      // What was tried may join those tried later; the other order would find each set again.
      search.allow(level.taken)
    }
    level.taken = level.candidates[level.at++]
    if (level.taken === undefined) levels.pop()
    else search.take(level.taken)
    deeper = level.taken !== undefined && search.allNeeded()
  }
}

/**
 * The set of the least total price that meets every given set, by branch and bound.
 * @throws UserError where that takes too long.
 */
export function cheapestTransversal(
  sets: readonly Int32Array[],
  size: number,
  prices: ArrayLike<number>,
): Priced {
  const search = new TransversalSearch(sets, size)
  const whole = Array.from(prices).every((price) => Number.isInteger(price))
  let best = transversalAmong(sets, size, prices)
  const levels: Level[] = []
  let price = 0
  let deeper = true
  for (let steps = 0; ; steps++) {
    if (steps > MOST_STEPS) throw tooLong(sets.length)
    if (deeper) {
      const bound = price + search.leastToMeetRest(prices)
      const open = search.openSet()
      const least = whole ? Math.ceil(bound - 1e-6) : bound
      if (open === undefined) {
        if (price < best.price) best = priced(search.members(), prices)
      } else if (least < best.price) {
        levels.push({ candidates: search.byValue(open, prices), at: 0, taken: undefined })
      }
    }
    const level = levels.at(-1)
    if (level === undefined) return priced(search.minimised(best.members), prices)
    if (level.taken !== undefined) {
      search.giveBack(level.taken)
      price -= prices[level.taken]!
      // Everything with what was tried has been looked at.
      search.forbid(level.taken)
    }
    level.taken = level.candidates[level.at++]
    deeper = level.taken !== undefined
    if (level.taken === undefined) {
      for (const candidate of level.candidates) search.allow(candidate)
      levels.pop()
    } else {
      search.take(level.taken)
      price += prices[level.taken]!
    }
  }
}

function priced(members: Int32Array, prices: ArrayLike<number>): Priced {
  let price = 0
  for (const member of members) price += prices[member]!
  return { members, price }
}

/** In a coterie every quorum meets all others: the cheapest such one is a start. */
function transversalAmong(
  sets: readonly Int32Array[],
  size: number,
  prices: ArrayLike<number>,
): Priced {
  const inside = new Uint8Array(size)
  let best: Priced = { members: Int32Array.from(inside.keys()), price: Infinity }
  for (const members of sets) {
    const own = priced(members, prices)
    if (own.price >= best.price) continue
    for (const member of members) inside[member] = 1
    if (sets.every((other) => other.some((member) => inside[member] === 1))) best = own
    for (const member of members) inside[member] = 0
  }
  return best
}

function tooLong(sets: number): UserError {
  const steps = MOST_STEPS.toLocaleString('en-US')
  const all = sets.toLocaleString('en-US')
  return new UserError(
    `the cheapest set that meets ${all} quorums was not found in ${steps} steps`,
    {
      hint: 'write the system with choose, * and +, or as a named family',
    },
  )
}
