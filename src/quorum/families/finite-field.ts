import { range } from '../structures/combinations.ts'

/** Its elements are the numbers below its order; 0 and 1 are what they are called. */
export interface FiniteField {
  readonly order: number
  add(one: number, other: number): number
  multiply(one: number, other: number): number
}

/** The prime and the exponent of a power of a prime. */
export function primePower(order: number): { prime: number; exponent: number } | undefined {
  if (order < 2) return undefined
  let prime = 2
  while (order % prime !== 0) prime++
  let exponent = 0
  let rest = order
  for (; rest % prime === 0; rest /= prime) exponent++
  return rest === 1 ? { prime, exponent } : undefined
}

/**
 * The field with `order` elements, a small power of a prime. An element stands for the polynomial
 * whose coefficients are its digits to the base of the prime; products are taken modulo a
 * polynomial of the first of those without zero divisors, which is one that cannot be factored.
 */
export function finiteField(order: number): FiniteField {
  const power = primePower(order)
  if (power === undefined) throw new RangeError(`there is no field with ${order} elements`)
  const { prime, exponent } = power
  const digits = (element: number): number[] =>
    range(exponent).map((place) => Math.floor(element / prime ** place) % prime)
  const element = (coefficients: readonly number[]): number =>
    coefficients.reduceRight((sum, digit) => sum * prime + digit, 0)

  const product = (one: number, other: number, modulus: readonly number[]): number => {
    const sums = new Array<number>(2 * exponent - 1).fill(0)
    digits(one).forEach((left, i) => {
      digits(other).forEach((right, j) => {
        sums[i + j] = ((sums[i + j] as number) + left * right) % prime
      })
    })
    // x^exponent = -modulus, which lowers the highest power step by step.
    for (let place = sums.length - 1; place >= exponent; place--) {
      const factor = sums[place] as number
      modulus.forEach((digit, at) => {
        const low = place - exponent + at
        sums[low] = ((sums[low] as number) + factor * (prime - digit)) % prime
      })
    }
    return element(sums.slice(0, exponent))
  }

  const tableOf = (entry: (one: number, other: number) => number): number[][] =>
    range(order).map((one) => range(order).map((other) => entry(one, other)))
  const sums = tableOf((one, other) => {
    const right = digits(other)
    return element(digits(one).map((digit, place) => (digit + (right[place] as number)) % prime))
  })
  for (let candidate = 0; candidate < order; candidate++) {
    const modulus = digits(candidate)
    const products = tableOf((one, other) => product(one, other, modulus))
    const isField = products.slice(1).every((row) => row.slice(1).every((value) => value !== 0))
    if (!isField) continue
    return {
      order,
      add: (one, other) => (sums[one] as number[])[other] as number,
      multiply: (one, other) => (products[one] as number[])[other] as number,
    }
  }
  throw new Error('a field of each prime power exists')
}
