import type { Chance } from '../quorum-set.ts'
import type { Rational } from '../rational.ts'

/** From a natural logarithm, which is where tiny probabilities are kept. */
export function chanceOfLog(log: number): Chance {
  return { value: Math.exp(log), log10: log * Math.LOG10E }
}

export function chanceOf(exact: Rational): Chance {
  return { value: exact.toNumber(), log10: exact.log10() }
}

/** The natural logarithm of a chance. */
export function logOf({ value, log10 }: Chance): number {
  // Where the double is a good one it has all its digits; its logarithm in base 10 has lost some.
  return value > 1e-290 ? Math.log(value) : log10 * Math.LN10
}

/** log(e^a + e^b), where neither power need be a double. */
export function logPlus(a: number, b: number): number {
  if (a === -Infinity) return b
  if (b === -Infinity) return a
  return a > b ? a + Math.log1p(Math.exp(b - a)) : b + Math.log1p(Math.exp(a - b))
}

/** log(1 - e^a) for a <= 0. */
export function logRest(a: number): number {
  // Either form loses digits on the other's side of log 1/2 (Maechler 2012).
  return a > -Math.LN2 ? Math.log(-Math.expm1(a)) : Math.log1p(-Math.exp(a))
}
