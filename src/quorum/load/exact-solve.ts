import type { Fractions } from './fractions.ts'
import { eliminate, residue } from './elimination.ts'
import type { Column, Solver } from './elimination.ts'

/** Just below 2^22, which elimination needs. */
const PRIMES = [4194301, 4194287, 4194277]

/**
 * The exact solution of a system of linear equations with as many unknowns, by lifting a solution
 * modulo a prime to one modulo its powers until the fractions can be told (Dixon 1982).
 * `undefined` where the system is singular or too big, or the fractions are too long for `bits`.
 */
export function solveExactly(
  columns: readonly Column[],
  right: readonly bigint[],
  bits: number,
): Fractions | undefined {
  for (const prime of PRIMES) {
    const inverse = eliminate(columns, prime)
    if (inverse === 'too big') return undefined
    if (inverse !== 'singular') return lift(columns, right, inverse, prime, bits)
  }
  return undefined
}

function lift(
  columns: readonly Column[],
  right: readonly bigint[],
  solve: Solver,
  prime: number,
  bits: number,
): Fractions | undefined {
  const modulus = BigInt(prime)
  const digits: Float64Array[] = []
  const step = smallSteps(columns, right, prime) ?? bigSteps(columns, right, prime)
  const most = Math.ceil(bits / 22)
  let next = 4
  while (digits.length < most) {
    digits.push(step(solve))
    if (digits.length < next && digits.length < most) continue
    next = Math.ceil(digits.length * 1.5)
    const found = fractionsFrom(digits, modulus, columns.length)
    if (found !== undefined && fits(columns, right, found)) return found
  }
  return undefined
}

/** The next digit of the solution; what it leaves of the right-hand side is kept. */
type Step = (solve: Solver) => Float64Array

function bigSteps(columns: readonly Column[], right: readonly bigint[], prime: number): Step {
  const modulus = BigInt(prime)
  let rest = [...right]
  return (solve) => {
    const digit = solve(Float64Array.from(rest, (value) => residue(value, modulus)))
    for (const [c, { rows, factors }] of columns.entries()) {
      if (digit[c] === 0) continue
      const value = BigInt(digit[c]!)
      for (let k = 0; k < rows.length; k++) rest[rows[k]!]! -= factors[k]! * value
    }
    rest = rest.map((value) => value / modulus)
    return digit
  }
}

/** The same by doubles, where all that comes up is whole in them. */
function smallSteps(
  columns: readonly Column[],
  right: readonly bigint[],
  prime: number,
): Step | undefined {
  const rest = Float64Array.from(right, Number)
  const sums = rest.map(Math.abs)
  for (const { rows, factors } of columns) {
    for (let k = 0; k < rows.length; k++) sums[rows[k]!]! += Math.abs(Number(factors[k]!))
  }
  if (!sums.every((sum) => sum < 2 ** 30)) return undefined
  const small = columns.map(({ rows, factors }) => ({
    rows: Int32Array.from(rows),
    factors: Float64Array.from(factors, Number),
  }))
  return (solve) => {
    const digit = solve(rest.map((value) => ((value % prime) + prime) % prime))
    for (const [c, { rows, factors }] of small.entries()) {
      const value = digit[c]!
      if (value === 0) continue
      for (let k = 0; k < rows.length; k++) rest[rows[k]!]! -= factors[k]! * value
    }
    for (let r = 0; r < rest.length; r++) rest[r]! /= prime
    return digit
  }
}

/** Whether the fractions solve the system. */
function fits(
  columns: readonly Column[],
  right: readonly bigint[],
  { numerators, denominator }: Fractions,
): boolean {
  const sums = right.map((value) => -value * denominator)
  for (let c = 0; c < columns.length; c++) {
    const { rows, factors } = columns[c]!
    for (let k = 0; k < rows.length; k++) sums[rows[k]!]! += factors[k]! * numerators[c]!
  }
  return sums.every((sum) => sum === 0n)
}

/** Fractions with short parts that have the residues; over one denominator. */
function fractionsFrom(
  digits: readonly Float64Array[],
  prime: bigint,
  size: number,
): Fractions | undefined {
  const powers = [1n]
  for (const _ of digits) powers.push(powers.at(-1)! * prime)
  const modulus = powers.at(-1)!
  const most = BigInt('0x1' + '0'.repeat(Math.floor(modulus.toString(16).length / 2) - 1))
  let denominator = 1n
  const numerators: bigint[] = []
  for (let c = 0; c < size; c++) {
    const own = (joined(digits, c, powers, 0, digits.length) * denominator) % modulus
    const signed = own * 2n > modulus ? own - modulus : own
    if ((signed < 0n ? -signed : signed) < most) {
      numerators.push(signed)
      continue
    }
    const found = shortFraction(own, modulus, most)
    if (found === undefined) return undefined
    const [above, below] = found
    for (let i = 0; i < c; i++) numerators[i]! *= below
    numerators.push(above)
    denominator *= below
    if (denominator > most) return undefined
  }
  return { numerators, denominator }
}

/** The number whose digits these are, by halves. */
function joined(
  digits: readonly Float64Array[],
  place: number,
  powers: readonly bigint[],
  from: number,
  to: number,
): bigint {
  if (to - from === 1) return BigInt(digits[from]![place]!)
  const middle = (from + to) >>> 1
  const low = joined(digits, place, powers, from, middle)
  return low + joined(digits, place, powers, middle, to) * powers[middle - from]!
}

/** By Euclid's algorithm, stopped half-way (Wang 1981). */
function shortFraction(
  value: bigint,
  modulus: bigint,
  most: bigint,
): readonly [bigint, bigint] | undefined {
  let [before, now] = [modulus, value]
  let [factorBefore, factor] = [0n, 1n]
  while (now >= most) {
    const quotient = before / now
    ;[before, now] = [now, before - quotient * now]
    ;[factorBefore, factor] = [factor, factorBefore - quotient * factor]
  }
  const below = factor < 0n ? -factor : factor
  if (below === 0n || below >= most) return undefined
  return [factor < 0n ? -now : now, below]
}
