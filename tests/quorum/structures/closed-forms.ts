import { Rational } from '../../../src/quorum/rational.ts'

/**
 * Failure probabilities by the formulas of the books, whose terms cancel: that does no harm here,
 * because numbers are whole, over a power of two. `down` is k / 2^bits.
 */

/** Numbers over 2^FRACTION; what is below is dropped. */
const FRACTION = 3000n
const ONE = 1n << FRACTION

function fixed(value: number): bigint {
  const { numerator, denominator } = Rational.ofBinary(value)
  return (numerator << FRACTION) / denominator
}

function power(value: bigint, exponent: number): bigint {
  let result = ONE
  let square = value
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = (result * square) >> FRACTION
    square = (square * square) >> FRACTION
  }
  return result
}

/** 1 - P(A)^h + P(A and not B)^h (A: a full mini-column in a band, B: all of them touched). */
export function bGridFailure(d: number, h: number, r: number, down: number): Rational {
  const dead = power(fixed(down), r)
  const full = power(ONE - fixed(down), r)
  const some = ONE - power(ONE - full, d)
  const someAndTouched = power(ONE - dead, d) - power(r === 1 ? 0n : ONE - dead - full, d)
  return Rational.of(ONE - power(some, h) + power(some - someAndTouched, h), ONE)
}

export function wallFailure(widths: readonly number[], down: number): Rational {
  let works = 0n
  for (const width of widths) {
    const [dead, full] = [power(fixed(down), width), power(ONE - fixed(down), width)]
    works = (works * (ONE - dead) + (ONE - works) * full) >> FRACTION
  }
  return Rational.of(ONE - works, ONE)
}

/** Inclusion and exclusion over the full rows and columns, at least one of each. */
export function gridFailure(rows: number, columns: number, down: number): Rational {
  return alternating(rows * columns, down, (add) => {
    for (let i = 0; i <= rows; i++) {
      for (let j = 0; j <= columns; j++) {
        if (i * j === 0 && i + j > 0) continue
        // With i = j = 0 it is the 1 from which what works is taken.
        const sign = i + j === 0 || (i + j) % 2 === 1 ? 1n : -1n
        add(sign * choose(rows, i) * choose(columns, j), i * columns + j * rows - i * j)
      }
    }
  })
}

/** The sum of (-1)^j C(k, j) p^(2 j k - j^2). */
export function crossesFailure(side: number, down: number): Rational {
  return alternating(side * side, down, (add) => {
    for (let j = 0; j <= side; j++) {
      add((j % 2 === 0 ? 1n : -1n) * choose(side, j), 2 * j * side - j * j)
    }
  })
}

/** A sum of multiples of powers of 1 - down. */
function alternating(
  most: number,
  down: number,
  terms: (add: (factor: bigint, exponent: number) => void) => void,
): Rational {
  const { numerator, denominator } = Rational.ofBinary(1 - down)
  const powers = [1n]
  for (let exponent = 1; exponent <= most; exponent++) {
    powers.push((powers[exponent - 1] as bigint) * numerator)
  }
  const bits = BigInt(denominator.toString(2).length - 1)
  let sum = 0n
  terms((factor, exponent) => {
    sum += (factor * (powers[exponent] as bigint)) << (bits * BigInt(most - exponent))
  })
  return Rational.of(sum, 1n << (bits * BigInt(most)))
}

function choose(total: number, count: number): bigint {
  let ways = 1n
  for (let i = 1n; i <= BigInt(count); i++) ways = (ways * (BigInt(total) - i + 1n)) / i
  return ways
}
