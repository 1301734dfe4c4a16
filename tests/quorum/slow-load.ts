import { Rational } from '../../src/quorum/rational.ts'
import { bitsOf } from './truth.ts'

/** What each node can do in a unit of time. */
export interface Capacities {
  readonly read: readonly Rational[]
  readonly write: readonly Rational[]
}

/**
 * The least load of all strategies, by the simplex method in whole numbers over every pair of a
 * read quorum and a write quorum: the slow twin of whatever finds loads.
 */
export function slowLoad(
  reads: readonly number[],
  writes: readonly number[],
  readFraction: Rational,
  capacities: Capacities,
): Rational {
  const writeFraction = Rational.one.minus(readFraction)
  const size = capacities.read.length
  const pairs = readFraction.isZero()
    ? writes.map((write) => [0, write] as const)
    : writeFraction.isZero()
      ? reads.map((read) => [read, 0] as const)
      : reads.flatMap((read) => writes.map((write) => [read, write] as const))
  const busy = (node: number, [read, write]: readonly [number, number]): Rational =>
    ((read >> node) & 1 ? readFraction.over(at(capacities.read, node)) : Rational.zero).plus(
      (write >> node) & 1 ? writeFraction.over(at(capacities.write, node)) : Rational.zero,
    )
  const used = bitsOf(pairs.reduce((mask, [read, write]) => mask | read | write, 0))
  const rows = used.map((node) => wholeRow(pairs.map((pair) => busy(node, pair))))
  if (used.some((node) => node >= size)) throw new RangeError('a node without capacity')
  return Rational.one.over(largestPacking(rows))
}

/** All read and write once in a unit of time. */
export function alike(size: number): Capacities {
  const ones = Array.from({ length: size }, () => Rational.one)
  return { read: ones, write: ones }
}

/** A row `sum of factors x <= limit` in whole numbers. */
interface Row {
  readonly factors: readonly bigint[]
  readonly limit: bigint
}

function wholeRow(values: readonly Rational[]): Row {
  const limit = values.reduce((product, { denominator }) => leastMultiple(product, denominator), 1n)
  const factors = values.map(({ numerator, denominator }) => (numerator * limit) / denominator)
  return { factors, limit }
}

function leastMultiple(a: bigint, b: bigint): bigint {
  let [left, right] = [a, b]
  while (right !== 0n) [left, right] = [right, left % right]
  return (a / left) * b
}

/**
 * The largest sum of variables that are not negative and keep to the rows. Bland's rule, so that
 * it ends; whole numbers over one common denominator (Edmonds 1967), so that nothing is rounded.
 */
function largestPacking(rows: readonly Row[]): Rational {
  const variables = rows[0]?.factors.length ?? 0
  const width = variables + rows.length + 1
  const table = rows.map(({ factors, limit }, row) => [
    ...factors,
    ...rows.map((_, other) => (row === other ? 1n : 0n)),
    limit,
  ])
  const goal = Array.from({ length: width }, (_, column) => (column < variables ? -1n : 0n))
  const basis = rows.map((_, row) => variables + row)
  let common = 1n
  for (;;) {
    const column = goal.findIndex((value, at) => value < 0n && at < width - 1)
    if (column === -1) return Rational.of(at(goal, width - 1), common)
    const row = leavingRow(table, basis, column)
    const pivotRow = at(table, row)
    const pivot = at(pivotRow, column)
    for (const other of [...table.filter((_, number) => number !== row), goal]) {
      const factor = at(other, column)
      for (let j = 0; j < width; j++) {
        other[j] = (at(other, j) * pivot - factor * at(pivotRow, j)) / common
      }
    }
    common = pivot
    basis[row] = column
  }
}

function leavingRow(table: readonly bigint[][], basis: readonly number[], column: number): number {
  let best = -1
  for (const [row, values] of table.entries()) {
    if (at(values, column) <= 0n) continue
    if (best === -1) {
      best = row
      continue
    }
    const other = at(table, best)
    const left = (values.at(-1) ?? 0n) * at(other, column)
    const right = (other.at(-1) ?? 0n) * at(values, column)
    if (left < right || (left === right && at(basis, row) < at(basis, best))) best = row
  }
  if (best === -1) throw new RangeError('nothing limits this sum')
  return best
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index]
  if (item === undefined) throw new RangeError(`no item ${index}`)
  return item
}
