import { Rational } from '../rational.ts'

/**
 * Numbers over one denominator, which is positive. Sums and comparisons of a hundred thousand of
 * them need no greatest common divisor at each step.
 */
export interface Fractions {
  readonly numerators: readonly bigint[]
  readonly denominator: bigint
}

export function fractionAt({ numerators, denominator }: Fractions, place: number): Rational {
  return Rational.of(numerators[place] ?? 0n, denominator)
}

/** The same numbers over their least common denominator. */
export function fractionsOf(values: readonly Rational[]): Fractions {
  const denominator = leastCommonMultiple(values.map((value) => value.denominator))
  const numerators = values.map((value) => value.numerator * (denominator / value.denominator))
  return { numerators, denominator }
}

/** Of positive numbers. */
export function leastCommonMultiple(values: Iterable<bigint>): bigint {
  let result = 1n
  for (const value of values) {
    if (value === 1n || value === result || result % value === 0n) continue
    result *= value / commonDivisor(result, value)
  }
  return result
}

/** The greatest number that divides both; of numbers that are not negative. */
export function commonDivisor(a: bigint, b: bigint): bigint {
  let left = a
  let right = b
  while (right !== 0n) {
    if (left <= MOST_SAFE && right <= MOST_SAFE) return smallDivisor(Number(left), Number(right))
    ;[left, right] = [right, left % right]
  }
  return left
}

const MOST_SAFE = BigInt(Number.MAX_SAFE_INTEGER)

function smallDivisor(a: number, b: number): bigint {
  let left = a
  let right = b
  while (right !== 0) [left, right] = [right, left % right]
  return BigInt(left)
}

/** The nearest double; quick where both parts are doubles themselves. */
export function near(value: Rational): number {
  const { numerator, denominator } = value
  if (denominator <= MOST_SAFE && numerator <= MOST_SAFE && numerator >= -MOST_SAFE) {
    return Number(numerator) / Number(denominator)
  }
  return value.toNumber()
}

/** Rounds to the nearest multiple of 1/2^bits; of finite numbers. */
export function toBinary(value: number, bits: number): bigint {
  const whole = value * 2 ** bits
  return Number.isSafeInteger(Math.trunc(whole)) || Math.abs(whole) < 2 ** 1000
    ? BigInt(Math.round(whole))
    : 0n
}
