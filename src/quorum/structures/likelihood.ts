import { logarithm, NOTHING, plus, times, toNumber, wide, wideExp, WHOLE } from './wide-number.ts'
import type { Wide } from './wide-number.ts'

/**
 * How likely something is and how likely it is not. They add up to 1, and each is kept to full
 * precision: the smaller one would be lost if it were found by subtraction from 1.
 */
export interface Likelihood {
  readonly yes: Wide
  readonly no: Wide
}

export const NEVER: Likelihood = { yes: NOTHING, no: WHOLE }
export const ALWAYS: Likelihood = { yes: WHOLE, no: NOTHING }

/** That a node is alive. */
export function alive(down: number): Likelihood {
  return { yes: wide(1 - down), no: wide(down) }
}

export function not({ yes, no }: Likelihood): Likelihood {
  return { yes: no, no: yes }
}

/** Of two that do not depend on each other. */
export function both(one: Likelihood, other: Likelihood): Likelihood {
  return { yes: times(one.yes, other.yes), no: plus(one.no, times(one.yes, other.no)) }
}

export function either(one: Likelihood, other: Likelihood): Likelihood {
  return not(both(not(one), not(other)))
}

/** `count` independent ones at once: (1 - x)^count and its complement, for a tiny x as well. */
export function every(one: Likelihood, count: number): Likelihood {
  if (count === 0) return ALWAYS
  if (one.yes.part === 0) return NEVER
  const no = toNumber(one.no)
  const log = count * (no < 0.5 ? Math.log1p(-no) : logarithm(one.yes))
  return {
    yes: wideExp(log),
    // Below 2^-256 the first term of the series is all of it.
    no: one.no.twos < 0 ? times(one.no, wide(count)) : wide(-Math.expm1(log)),
  }
}

/** That at least one of `count` independent ones is so. */
export function some(one: Likelihood, count: number): Likelihood {
  return not(every(not(one), count))
}
