import type { LinearProgram, Terms, Uses } from '../linear-program.ts'
import type { GridShape } from './grid.ts'

/**
 * One full line in one direction and any number in the other, by how often each line and each
 * crossing is used: given the single line, the others are any fractions up to 1 that add up to
 * their number. With two or more in both directions that would no longer be exact.
 */
export function gridUses(
  shape: GridShape,
): ((program: LinearProgram, amount: number) => Uses) | undefined {
  const { rows, columns, fullRows, fullColumns } = shape
  if (fullColumns === 1) {
    return (program, amount) => {
      const { single, many, crossing } = lineUses(program, amount, columns, rows, fullRows)
      return cells(rows, columns, (row, column) => [
        many[row] as number,
        single[column] as number,
        crossing[column * rows + row] as number,
      ])
    }
  }
  if (fullRows === 1) {
    return (program, amount) => {
      const { single, many, crossing } = lineUses(program, amount, rows, columns, fullColumns)
      return cells(rows, columns, (row, column) => [
        single[row] as number,
        many[column] as number,
        crossing[row * columns + column] as number,
      ])
    }
  }
  return undefined
}

/** A node is used by its row and by its column, but only once by both. */
function cells(
  rows: number,
  columns: number,
  variables: (row: number, column: number) => readonly number[],
): Terms[] {
  const factors = [1, 1, -1]
  const uses: Terms[] = []
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      uses.push({ variables: variables(row, column), factors })
    }
  }
  return uses
}

/** `need` of the `lines` cross one of the `singles`. */
function lineUses(
  program: LinearProgram,
  amount: number,
  singles: number,
  lines: number,
  need: number,
): { single: number[]; many: number[]; crossing: number[] } {
  const single = Array.from({ length: singles }, () => program.variable())
  const many = Array.from({ length: lines }, () => program.variable())
  const crossing = Array.from({ length: singles * lines }, () => program.variable())
  program.row([...single, amount], [...single.map(() => 1), -1], 0, 0)
  for (let one = 0; one < singles; one++) {
    const own = crossing.slice(one * lines, (one + 1) * lines)
    program.row([...own, single[one] as number], [...own.map(() => 1), -need], 0, 0)
    if (need === 1) continue
    for (const both of own) program.row([both, single[one] as number], [1, -1], -Infinity, 0)
  }
  for (let line = 0; line < lines; line++) {
    const own = single.map((_, one) => crossing[one * lines + line] as number)
    program.row([...own, many[line] as number], [...own.map(() => 1), -1], 0, 0)
  }
  return { single, many, crossing }
}
