import { Rational } from '../rational.ts'

/**
 * The solution of a square system of equations, or undefined if it has none or many. Rows are
 * made whole numbers and elimination stays in them (Bareiss 1968), as fractions would be brought
 * to lowest terms at each step.
 */
export function solveExactly(
  matrix: readonly (readonly Rational[])[],
  right: readonly Rational[],
): Rational[] | undefined {
  const size = matrix.length
  const rows = matrix.map((row, i) => wholeRow([...row, right[i]!]))
  let previous = 1n
  for (let step = 0; step < size; step++) {
    const pivotRow = rows.findIndex((row, i) => i >= step && row[step]! !== 0n)
    if (pivotRow === -1) return undefined
    const pivot = rows[pivotRow]!
    rows[pivotRow] = rows[step]!
    rows[step] = pivot
    const by = pivot[step]!
    for (let i = 0; i < size; i++) {
      if (i === step) continue
      const row = rows[i]!
      const factor = row[step]!
      for (let j = 0; j <= size; j++) {
        row[j] = (row[j]! * by - (factor === 0n ? 0n : factor * pivot[j]!)) / previous
      }
    }
    previous = by
  }
  // All diagonal entries are now the determinant.
  return rows.map((row) => Rational.of(row[size]!, previous))
}

function wholeRow(row: readonly Rational[]): bigint[] {
  let common = 1n
  for (const { denominator } of row) {
    if (common % denominator !== 0n) common *= denominator
  }
  return row.map(({ numerator, denominator }) => numerator * (common / denominator))
}
