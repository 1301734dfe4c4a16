/**
 * One element of a set on its own: when it comes and goes.
 *
 * Say that an element is at home in the state that it begins in, and away in the other one. What
 * takes it away is an add where it begins outside, a remove where it begins inside; what brings
 * it back is the other one. Operations on other elements do not matter, and neither does the
 * order of questions among each other, so all that is to be found are the moments at which the
 * element moves.
 *
 * - Nothing brings it back: it moves once, at some moment t. The first of the movers that was
 *   called can do it, so t is after that call and before the return of each mover, and the others
 *   do nothing after it. Answers 'at home' must have been asked before t, and answers 'away' come
 *   after it.
 * - One mover, one that brings back, with the latter first: the same, with t after the latter's
 *   call as well.
 * - One mover at t, then one that brings back at u: 'away' must be possible between the two, so t
 *   is before its return and u after its call. 'At home' needs a call before t or a return after
 *   u, so the best are the latest t and the earliest u that the others allow. If u may be before
 *   t, both can be put next to each other at one moment, where every 'at home' fits on one of the
 *   sides.
 */

/** The operations on one element, by index, in order of call. */
export interface Element {
  /** What takes it from the state it begins in to the other. */
  readonly movers: readonly number[]
  /** What brings it back. */
  readonly returners: readonly number[]
  /** Answers that it was in the state it begins in. */
  readonly home: readonly number[]
  /** Answers that it was in the other. */
  readonly away: readonly number[]
}

/** Times of all operations. */
export interface Times {
  readonly called: Float64Array
  readonly returned: Float64Array
}

/** A bound on a moment, and the operation that it comes from (-1: none). */
export interface Bound {
  readonly at: number
  readonly by: number
}

/**
 * When an element moves. `mover` moves it right after position `at` and, unless it is -1,
 * `returner` brings it back right after position `until`.
 */
export type Moves =
  | { readonly type: 'stays' }
  | {
      readonly type: 'moves'
      readonly mover: number
      readonly at: number
      readonly returner: number
      readonly until: number
    }
  /** What contradicts what. */
  | { readonly type: 'never'; readonly core: readonly number[] }

const NO_LOW: Bound = { at: -Infinity, by: -1 }
const NO_HIGH: Bound = { at: Infinity, by: -1 }

export function latestCall(operations: readonly number[], { called }: Times, from = NO_LOW): Bound {
  let best = from
  for (const by of operations) if (called[by]! > best.at) best = { at: called[by]!, by }
  return best
}

export function firstReturn(
  operations: readonly number[],
  { returned }: Times,
  from = NO_HIGH,
): Bound {
  let best = from
  for (const by of operations) if (returned[by]! < best.at) best = { at: returned[by]!, by }
  return best
}

/** When the element moves in some legal order; `undefined` if it is moved to and fro too often. */
export function movesOf(element: Element, times: Times): Moves | undefined {
  const { movers, returners, home, away } = element
  const [mover] = movers
  const [returner] = returners
  const answered = (op: number): boolean => times.returned[op]! < Infinity
  if (away.length === 0 && !movers.some(answered)) return { type: 'stays' }
  if (mover === undefined) return { type: 'never', core: away.slice(0, 1) }
  if (returner === undefined) return once(element, times, [])
  if (movers.length > 1 || returners.length > 1) return undefined
  const first = once(element, times, answered(returner) ? [returner] : [])
  if (first.type !== 'never') return first
  const both = thereAndBack(element, mover, returner, times)
  if (both !== undefined) return both
  return { type: 'never', core: [mover, returner, ...home, ...away].sort((a, b) => a - b) }
}

/** It moves once, at a moment after the call of each of `after`. */
function once({ movers, home, away }: Element, times: Times, after: readonly number[]): Moves {
  const mover = movers[0]!
  const low = latestCall([mover, ...home, ...after], times)
  const high = firstReturn([...movers, ...away], times)
  if (low.at > high.at) {
    const core = [...new Set([mover, low.by, high.by])].sort((a, b) => a - b)
    return { type: 'never', core }
  }
  return { type: 'moves', mover, at: low.at, returner: -1, until: Infinity }
}

function thereAndBack(
  { home, away }: Element,
  mover: number,
  returner: number,
  times: Times,
): Moves | undefined {
  const { called, returned } = times
  const latestMove = firstReturn([mover, returner, ...away], times).at
  const earliestReturn = latestCall([mover, returner, ...away], times).at
  if (called[mover]! > latestMove || earliestReturn > returned[returner]!) return undefined
  if (earliestReturn < latestMove) {
    return { type: 'moves', mover, at: earliestReturn, returner, until: earliestReturn }
  }
  if (home.some((op) => called[op]! > latestMove && returned[op]! < earliestReturn))
    return undefined
  return { type: 'moves', mover, at: latestMove - 1, returner, until: earliestReturn }
}
