import type { Stopped } from './exploration.ts'

/**
 * The limits of an exploration. Whatever is left out is unlimited, except memory, which never is.
 */
export interface Bounds {
  readonly seconds?: number
  readonly states?: number
  /** Levels, the initial states being the first. */
  readonly depth?: number
  /** Memory for the tables, in bytes. */
  readonly bytes?: number
}

export const DEFAULT_EXPLORE_BYTES = 8_000_000_000

/** A table may not grow any more. */
export class BoundReached extends Error {
  readonly bound: 'states' | 'memory'
  readonly limit: number

  constructor(bound: 'states' | 'memory', limit: number) {
    super(`the bound of ${limit} ${bound} is reached`)
    this.name = 'BoundReached'
    this.bound = bound
    this.limit = limit
  }
}

/** What a stopped search says about itself. */
export function stoppedBy(
  bound: Stopped['bound'],
  limit: number,
  found: { readonly levels: number; readonly states: number; readonly frontier: number },
): Stopped {
  const { levels, states, frontier } = found
  const number = (amount: number) => amount.toLocaleString('en-US')
  const count = (amount: number, thing: string) =>
    `${number(amount)} ${thing}${amount === 1 ? '' : 's'}`
  return {
    bound,
    limit,
    levels,
    frontier,
    covered:
      `${count(levels, 'complete level')}, ${count(states, 'state')}, ` +
      `of which ${number(frontier)} not gone on from`,
  }
}
