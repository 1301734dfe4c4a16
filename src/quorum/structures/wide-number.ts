import type { Chance } from '../quorum-set.ts'

/**
 * A number from 0 up that may be far below every double: part * 2^twos. Sums and products of
 * probabilities keep their full precision in it however small they become.
 */
export interface Wide {
  /** 0, or from 2^-256 up to 2^256. */
  readonly part: number
  /** A multiple of 512, so that nearly all numbers have 0 here and are added as they are. */
  readonly twos: number
}

export const STEP = 512
const RAISE = 2 ** STEP
const LOWER = 2 ** -STEP
const TOP = 2 ** (STEP / 2)
const BOTTOM = 2 ** (-STEP / 2)

export const NOTHING: Wide = { part: 0, twos: 0 }
export const WHOLE: Wide = { part: 1, twos: 0 }

/** value * 2^twos. What is just below 0, by rounding, is taken for 0. */
export function wide(value: number, twos = 0): Wide {
  if (value <= 0) return NOTHING
  let part = value
  let exponent = twos
  for (; part >= TOP && part < Infinity; part *= LOWER) exponent += STEP
  for (; part < BOTTOM; part *= RAISE) exponent -= STEP
  return { part, twos: exponent }
}

/** e^logarithm. */
export function wideExp(logarithm: number): Wide {
  if (logarithm === -Infinity) return NOTHING
  const twos = STEP * Math.round(logarithm / (STEP * Math.LN2))
  return wide(Math.exp(logarithm - twos * Math.LN2), twos)
}

export function times(left: Wide, right: Wide): Wide {
  return wide(left.part * right.part, left.twos + right.twos)
}

export function plus(left: Wide, right: Wide): Wide {
  if (left.part === 0) return right
  if (right.part === 0) return left
  if (left.twos === right.twos) return wide(left.part + right.part, left.twos)
  // What is more than two steps below cannot show in a double.
  return left.twos > right.twos
    ? wide(left.part + right.part * 2 ** (right.twos - left.twos), left.twos)
    : wide(right.part + left.part * 2 ** (left.twos - right.twos), right.twos)
}

/** The nearest double, 0 where it is too small for one. */
export function toNumber({ part, twos }: Wide): number {
  return part * 2 ** twos
}

/** The natural logarithm. */
export function logarithm({ part, twos }: Wide): number {
  return Math.log(part) + twos * Math.LN2
}

export function toChance(number: Wide): Chance {
  return {
    value: toNumber(number),
    log10: Math.log10(number.part) + number.twos * Math.log10(2),
  }
}
