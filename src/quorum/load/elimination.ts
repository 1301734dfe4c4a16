/** A column of a matrix of whole numbers: factors at rows, each row at most once. */
export interface Column {
  readonly rows: readonly number[]
  readonly factors: readonly bigint[]
}

/** Beyond this size the dense part of the elimination takes too long. */
const MOST_DENSE = 700

/** With primes below 2^22 so many products of residues can be summed in a double. */
const SUMMED = 512

/** Solves modulo the prime. */
export type Solver = (right: Float64Array) => Float64Array

/**
 * Elimination modulo a prime. Rows and columns with a single entry are taken first, again and
 * again; what is left of a sparse system is small, and is solved densely.
 */
export function eliminate(
  columns: readonly Column[],
  prime: number,
): Solver | 'singular' | 'too big' {
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

/** From 0 to below the prime. */
export function residue(value: bigint, modulus: bigint): number {
  const rest = Number(value % modulus)
  return rest < 0 ? rest + Number(modulus) : rest
}
