import { allOf, anyOf } from '../formula.ts'
import type { Formula } from '../formula.ts'
import type { QuorumSet } from '../quorum-set.ts'
import { binomial, combinations, commonValue, leastOf, members, range } from './combinations.ts'
import { gridUses } from './grid-program.ts'
import { gridStanding } from './grid-standing.ts'
import { hittingGrid } from './hitting-grid.ts'
import { priced } from './least.ts'
import { toChance } from './wide-number.ts'
import { UserError } from '../../core/user-error.ts'

/** Nodes in rows and columns: node `row * columns + column`. */
export interface GridShape {
  readonly rows: number
  readonly columns: number
  /** Full rows in a quorum. */
  readonly fullRows: number
  /** Full columns in a quorum. */
  readonly fullColumns: number
}

export interface GridQuorums extends QuorumSet {
  readonly shape: GridShape
}

/** More choices of rows or columns than this are not tried one by one. */
const MOST_CHOICES = 200_000

/**
 * Quorums are some full rows together with some full columns; one of each is the grid of Cheung,
 * Ammar & Ahamad (1992, section 3) with all n pairs, more of them are the Byzantine grids of
 * Malkhi & Reiter (1998).
 */
export function grid(options: {
  readonly rows: number
  readonly columns: number
  readonly fullRows?: number
  readonly fullColumns?: number
}): GridQuorums {
  const { rows, columns, fullRows = 1, fullColumns = 1 } = options
  const shape: GridShape = { rows, columns, fullRows, fullColumns }
  // Where all columns are full, so are all rows: then everything is the only quorum.
  const everything = fullRows === rows || fullColumns === columns
  const formulate = gridUses(shape)
  let dual: QuorumSet | undefined
  const set: GridQuorums = {
    size: rows * columns,
    structure: 'grid',
    shape,
    transitive: true,
    formula: () => gridFormula(shape),
    holds: (alive) => {
      const { rowsFull, columnsFull } = fullLines(shape, alive)
      return rowsFull >= fullRows && columnsFull >= fullColumns
    },
    cheapest: (prices) => priced(cheapest(shape, prices), prices, set),
    dual: () => (dual ??= hittingGrid(shape, set)),
    minimalQuorums: function* () {
      if (everything) yield Int32Array.from(range(rows * columns))
      else yield* gridQuorums(shape)
    },
    countMinimal: () =>
      everything ? 1n : binomial(rows, fullRows) * binomial(columns, fullColumns),
    failure: (down) => toChance(gridStanding(shape, down, 'alive', 'no')),
    ...(formulate === undefined ? {} : { formulate }),
  }
  return set
}

function gridFormula({ rows, columns, fullRows, fullColumns }: GridShape): Formula {
  const lines = (count: number, line: (place: number) => number[], need: number): Formula => {
    const inputs = range(count).map((place) => allOf(line(place)))
    return need === 1 ? anyOf(inputs) : { need, inputs }
  }
  const across = lines(rows, (row) => range(columns, row * columns), fullRows)
  const along = lines(
    columns,
    (column) => range(rows).map((row) => row * columns + column),
    fullColumns,
  )
  return allOf([across, along])
}

export function fullLines(
  { rows, columns }: GridShape,
  alive: ArrayLike<number>,
): { rowsFull: number; columnsFull: number } {
  const columnFull = new Uint8Array(columns).fill(1)
  let rowsFull = 0
  for (let row = 0; row < rows; row++) {
    let full = true
    for (let column = 0; column < columns; column++) {
      if (alive[row * columns + column]) continue
      full = false
      columnFull[column] = 0
    }
    if (full) rowsFull++
  }
  return { rowsFull, columnsFull: columnFull.reduce((sum, full) => sum + full, 0) }
}

function* gridQuorums(shape: GridShape): Generator<Int32Array> {
  for (const chosenRows of combinations(shape.rows, shape.fullRows)) {
    for (const chosenColumns of combinations(shape.columns, shape.fullColumns)) {
      yield cross(shape, chosenRows, chosenColumns)
    }
  }
}

function cross(
  { rows, columns }: GridShape,
  chosenRows: readonly number[],
  chosenColumns: readonly number[],
): Int32Array {
  const nodes = new Set<number>()
  for (const row of chosenRows) {
    for (let column = 0; column < columns; column++) nodes.add(row * columns + column)
  }
  for (const column of chosenColumns) {
    for (let row = 0; row < rows; row++) nodes.add(row * columns + column)
  }
  return members(nodes)
}

/**
 * Once the lines of one direction are chosen, those of the other are the ones that cost least in
 * addition. The direction with fewer choices is tried one by one.
 */
function cheapest(shape: GridShape, prices: ArrayLike<number>): Int32Array {
  const { rows, columns, fullRows, fullColumns } = shape
  if (commonValue(prices) !== undefined) return cross(shape, range(fullRows), range(fullColumns))
  const rowsFirst = binomial(rows, fullRows) <= binomial(columns, fullColumns)
  const tried = rowsFirst ? binomial(rows, fullRows) : binomial(columns, fullColumns)
  if (tried > BigInt(MOST_CHOICES)) throw tooManyChoices(shape)

  const price = rowsFirst
    ? (line: number, place: number) => prices[line * columns + place] as number
    : (line: number, place: number) => prices[place * columns + line] as number
  const best = rowsFirst
    ? leastLines(rows, fullRows, columns, fullColumns, price)
    : leastLines(columns, fullColumns, rows, fullRows, price)
  return rowsFirst ? cross(shape, best.tried, best.others) : cross(shape, best.others, best.tried)
}

function leastLines(
  lines: number,
  need: number,
  others: number,
  needOthers: number,
  price: (line: number, other: number) => number,
): { tried: number[]; others: number[] } {
  const lineSums = new Float64Array(lines)
  const otherSums = new Float64Array(others)
  for (let line = 0; line < lines; line++) {
    for (let other = 0; other < others; other++) {
      const one = price(line, other)
      lineSums[line] = (lineSums[line] as number) + one
      otherSums[other] = (otherSums[other] as number) + one
    }
  }
  let least = Infinity
  let best = { tried: range(need), others: range(needOthers) }
  const added = new Float64Array(others)
  for (const tried of combinations(lines, need)) {
    added.set(otherSums)
    let total = 0
    for (const line of tried) {
      total += lineSums[line] as number
      for (let other = 0; other < others; other++) {
        added[other] = (added[other] as number) - price(line, other)
      }
    }
    const chosen = leastOf(added, needOthers)
    for (const other of chosen) total += added[other] as number
    if (total >= least) continue
    least = total
    best = { tried: [...tried], others: chosen }
  }
  return best
}

function tooManyChoices({ rows, columns, fullRows, fullColumns }: GridShape): UserError {
  return new UserError(
    `${fullRows} of ${rows} rows with ${fullColumns} of ${columns} columns are too many choices ` +
      'to find the cheapest at different prices',
    { hint: 'equal capacities, for which the load is known, or fewer full rows or columns' },
  )
}
