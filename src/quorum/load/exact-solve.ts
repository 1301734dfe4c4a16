import type { Fractions } from './fractions.ts'

/** A column of a matrix of whole numbers: factors at rows, each row at most once. */
export interface Column {
  readonly rows: readonly number[]
  readonly factors: readonly bigint[]
}

/** Beyond this size the dense part of the elimination takes too long. */
const MOST_DENSE = 700

/** Primes below 2^22, so that 512 products of residues can be summed in a double. */
const PRIMES = [4194301, 4194287, 4194277]
const SUMMED = 512

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

/** Solves modulo the prime. */
type Solver = (right: Float64Array) => Float64Array

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

function residue(value: bigint, modulus: bigint): number {
  const rest = Number(value % modulus)
  return rest < 0 ? rest + Number(modulus) : rest
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

/**
 * Elimination modulo a prime. Rows and columns with a single entry are taken first, again and
 * again; what is left of a sparse system is small, and is solved densely.
 */
function eliminate(columns: readonly Column[], prime: number): Solver | 'singular' | 'too big' {
  const size = columns.length
  const modulus = BigInt(prime)
  const byRow = Array.from({ length: size }, () => ({
    places: [] as number[],
    values: [] as number[],
  }))
  const rowsOf: number[][] = []
  for (const [c, { rows, factors }] of columns.entries()) {
    const kept: number[] = []
    for (const [k, row] of rows.entries()) {
      const value = residue(factors[k]!, modulus)
      if (value === 0) continue
      kept.push(row)
      byRow[row]!.places.push(c)
      byRow[row]!.values.push(value)
    }
    rowsOf.push(kept)
  }
  const order = singles(byRow, rowsOf)
  if (order === undefined) return 'singular'
  const { first, last, rows, places } = order
  if (rows.length > MOST_DENSE) return 'too big'
  const dense = denseSolver(rows, places, byRow, prime)
  if (dense === undefined) return 'singular'

  const inverted = (pairs: readonly (readonly [number, number])[]) =>
    pairs.map(([row, place]) => {
      const { places: own, values } = byRow[row]!
      return [row, place, inverseOf(values[own.indexOf(place)]!, prime)] as const
    })
  const ahead = inverted(first)
  const behind = inverted(last).reverse()

  return (right) => {
    const solution = new Float64Array(size)
    const solved = new Uint8Array(size)
    const restOf = (row: number): number => {
      const { places: own, values } = byRow[row]!
      let sum = 0
      for (let k = 0; k < own.length; k++) {
        if (solved[own[k]!] === 1) sum = (sum + values[k]! * solution[own[k]!]!) % prime
      }
      return (right[row]! - sum + prime) % prime
    }
    const single = ([row, place, inverse]: readonly [number, number, number]): void => {
      solution[place] = (restOf(row) * inverse) % prime
      solved[place] = 1
    }
    ahead.forEach(single)
    const found = dense(Float64Array.from(rows, restOf))
    for (const [k, place] of places.entries()) {
      solution[place] = found[k]!
      solved[place] = 1
    }
    behind.forEach(single)
    return solution
  }
}

interface Order {
  /** Row and column of rows with a single unknown, in the order in which they can be solved. */
  readonly first: readonly (readonly [number, number])[]
  /** Row and column of unknowns in a single row, to be solved last and from the end. */
  readonly last: readonly (readonly [number, number])[]
  readonly rows: readonly number[]
  readonly places: readonly number[]
}

function singles(
  byRow: readonly { readonly places: readonly number[] }[],
  rowsOf: readonly (readonly number[])[],
): Order | undefined {
  const size = rowsOf.length
  const inRow = byRow.map(({ places }) => places.length)
  const inColumn = rowsOf.map((rows) => rows.length)
  const rowDone = new Uint8Array(size)
  const columnDone = new Uint8Array(size)
  const first: [number, number][] = []
  const last: [number, number][] = []
  const open: number[] = []
  for (let i = 0; i < size; i++) open.push(i, size + i)
  const take = (row: number, place: number): void => {
    rowDone[row] = 1
    columnDone[place] = 1
    for (const other of rowsOf[place]!) if (--inRow[other]! === 1) open.push(other)
    for (const other of byRow[row]!.places) if (--inColumn[other]! === 1) open.push(size + other)
  }
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    if (item < size) {
      if (rowDone[item] === 1 || inRow[item]! > 1) continue
      const place = byRow[item]!.places.find((one) => columnDone[one] === 0)
      if (place === undefined) return undefined
      first.push([item, place])
      take(item, place)
    } else {
      const place = item - size
      if (columnDone[place] === 1 || inColumn[place]! > 1) continue
      const row = rowsOf[place]!.find((one) => rowDone[one] === 0)
      if (row === undefined) return undefined
      last.push([row, place])
      take(row, place)
    }
  }
  const left = (done: Uint8Array): number[] => [...done.keys()].filter((i) => done[i] === 0)
  return { first, last, rows: left(rowDone), places: left(columnDone) }
}

/** Triangular factors by inner products, so that residues are taken once per product. */
function denseSolver(
  rows: readonly number[],
  places: readonly number[],
  byRow: readonly { readonly places: readonly number[]; readonly values: readonly number[] }[],
  prime: number,
): ((right: Float64Array) => Float64Array) | undefined {
  const size = rows.length
  const placeOf = new Map(places.map((place, k) => [place, k]))
  const lower = rows.map((row) => {
    const dense = new Float64Array(size)
    for (const [k, place] of byRow[row]!.places.entries()) {
      const at = placeOf.get(place)
      if (at !== undefined) dense[at] = byRow[row]!.values[k]!
    }
    return dense
  })
  const order = rows.map((_, i) => i)
  // Column j of the upper factor; row i of `lower` keeps the lower one before its diagonal.
  const upper = rows.map(() => new Float64Array(size))
  const inverses = new Float64Array(size)
  for (let j = 0; j < size; j++) {
    const column = upper[j]!
    for (let i = 0; i < j; i++) {
      column[i] = (lower[i]![j]! + prime - product(lower[i]!, column, 0, i, prime)) % prime
    }
    let pivot = -1
    for (let i = j; i < size; i++) {
      const row = lower[i]!
      row[j] = (row[j]! + prime - product(row, column, 0, j, prime)) % prime
      if (pivot === -1 && row[j] !== 0) pivot = i
    }
    if (pivot === -1) return undefined
    ;[lower[j], lower[pivot]] = [lower[pivot]!, lower[j]!]
    ;[order[j], order[pivot]] = [order[pivot]!, order[j]!]
    column[j] = lower[j]![j]!
    inverses[j] = inverseOf(column[j]!, prime)
    for (let i = j + 1; i < size; i++) lower[i]![j] = (lower[i]![j]! * inverses[j]!) % prime
  }
  const upperRows = rows.map((_, i) => Float64Array.from(upper, (column) => column[i]!))
  return (right) => {
    const solution = new Float64Array(size)
    for (let i = 0; i < size; i++) {
      const known = product(lower[i]!, solution, 0, i, prime)
      solution[i] = (right[order[i]!]! + prime - known) % prime
    }
    for (let i = size - 1; i >= 0; i--) {
      const known = product(upperRows[i]!, solution, i + 1, size, prime)
      solution[i] = (((solution[i]! + prime - known) % prime) * inverses[i]!) % prime
    }
    return solution
  }
}

function product(
  a: Float64Array,
  b: Float64Array,
  from: number,
  to: number,
  prime: number,
): number {
  let sum = 0
  for (let start = from; start < to; start += SUMMED) {
    const end = Math.min(to, start + SUMMED)
    for (let k = start; k < end; k++) sum += a[k]! * b[k]!
    sum %= prime
  }
  return sum
}

function inverseOf(value: number, prime: number): number {
  let [before, now] = [prime, value]
  let [factorBefore, factor] = [0, 1]
  while (now > 1) {
    const quotient = Math.floor(before / now)
    ;[before, now] = [now, before - quotient * now]
    ;[factorBefore, factor] = [factor, factorBefore - quotient * factor]
  }
  return factor < 0 ? factor + prime : factor
}
