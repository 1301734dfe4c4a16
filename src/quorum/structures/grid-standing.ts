import { UserError } from '../../core/user-error.ts'
import type { Down } from '../quorum-set.ts'
import type { State } from './cases.ts'
import { commonValue, range } from './combinations.ts'
import { binomialSteps, massAt, noMasses, setMass, stepped, totalMass } from './counted-masses.ts'
import type { BinomialSteps, Masses } from './counted-masses.ts'
import { anyNodes } from './grid-standing-any.ts'
import type { GridShape } from './grid.ts'
import { alive, ALWAYS, both, every, not } from './likelihood.ts'
import type { Likelihood } from './likelihood.ts'
import { NOTHING, plus, times, wide, WHOLE } from './wide-number.ts'
import type { Wide } from './wide-number.ts'

/** With nodes of their own probabilities: a set of columns, a column of it and a row is a step. */
const MOST_STEPS = 200_000_000

/**
 * How likely it is, or is not, that a grid has enough full rows and enough full columns of nodes
 * that are all alive, or all down. Rows are added one by one and the columns that are still full
 * are counted: every term is positive, so nothing cancels, unlike in inclusion and exclusion, whose
 * terms outgrow the sum beyond 30 x 30.
 */
export function gridStanding(
  shape: GridShape,
  down: Down,
  state: State,
  asked: keyof Likelihood,
): Wide {
  const { rows, columns } = shape
  const likelihood = (probability: number): Likelihood =>
    state === 'alive' ? alive(probability) : not(alive(probability))
  const common = commonValue(down)
  if (common !== undefined) {
    const turned = columns > rows ? transposed(shape) : shape
    const row = likelihood(common)
    const all = range(turned.rows).map(() => row)
    return alikeRows(turned, all, asked)
  }
  const at = (row: number, column: number): number =>
    (down as Float64Array)[row * columns + column] as number
  const rowsAlike = range(rows).map((row) => {
    return commonValue(range(columns).map((column) => at(row, column)))
  })
  if (rowsAlike.every((value) => value !== undefined)) {
    return alikeRows(shape, rowsAlike.map(likelihood), asked)
  }
  const columnsAlike = range(columns).map((column) => {
    return commonValue(range(rows).map((row) => at(row, column)))
  })
  if (columnsAlike.every((value) => value !== undefined)) {
    return alikeRows(transposed(shape), columnsAlike.map(likelihood), asked)
  }
  const shorter = Math.min(rows, columns)
  const steps = 2 ** shorter * rows * columns * (shape.fullRows + 1)
  if (shorter > 20 || steps > MOST_STEPS) throw tooLong(shape)
  const found =
    columns <= rows
      ? anyNodes(shape, (row, column) => likelihood(at(row, column)))
      : anyNodes(transposed(shape), (row, column) => likelihood(at(column, row)))
  return found[asked]
}

function transposed({ rows, columns, fullRows, fullColumns }: GridShape): GridShape {
  return { rows: columns, columns: rows, fullRows: fullColumns, fullColumns: fullRows }
}

function tooLong({ rows, columns }: GridShape): UserError {
  return new UserError(
    `a grid of ${rows} x ${columns} whose nodes have different failure probabilities is too ` +
      'large for an exact failure probability',
    { hint: 'one probability for all nodes, for each row, or for each column: exact at any size' },
  )
}

/** Where the nodes of a row do not differ: the rows' likelihoods, top to bottom. */
function alikeRows(shape: GridShape, rows: readonly Likelihood[], asked: keyof Likelihood): Wide {
  const { columns, fullRows, fullColumns } = shape
  // By the number of full rows so far, up to enough of them, if that is what is asked for.
  let states = range(asked === 'yes' ? fullRows + 1 : fullRows).map(() => noMasses(columns))
  setMass(states[0] as Masses, columns, WHOLE)
  let step: RowStep | undefined
  for (const [place, row] of rows.entries()) {
    if (place === 0 || !same(row, rows[place - 1] as Likelihood)) step = rowStep(row, columns)
    states = states.map((_, full) => afterRow(states, full, fullRows, step as RowStep, fullColumns))
  }
  if (asked === 'yes') return totalMass(states[fullRows] as Masses, fullColumns)
  const tooFewRows = states.map((state) => totalMass(state, fullColumns))
  return tooFewRows.reduce(plus, tooFew(rows, columns, fullColumns))
}

/** That fewer than `need` columns are full; they do not depend on each other. */
function tooFew(rows: readonly Likelihood[], columns: number, need: number): Wide {
  const column = rows.reduce(both, ALWAYS)
  let sum = NOTHING
  let ways = WHOLE
  for (let full = 0; full < need; full++) {
    const one = times(every(column, full).yes, every(not(column), columns - full).yes)
    sum = plus(sum, times(ways, one))
    ways = times(ways, wide((columns - full) / (full + 1)))
  }
  return sum
}

/** What one more row does to the columns that are still full. */
interface RowStep {
  /** That all of the row is full. */
  readonly full: Wide
  readonly lost: BinomialSteps
  /** That a number of columns stays as it is without the row being full. */
  readonly stays: readonly Wide[]
}

function rowStep(row: Likelihood, columns: number): RowStep {
  const all = range(columns + 1).map((count) => every(row, count))
  return {
    full: (all[columns] as Likelihood).yes,
    lost: binomialSteps(row, columns),
    // No column is lost, and still some other node of the row is not as it should be.
    stays: all.map(({ yes }, count) => times(yes, (all[columns - count] as Likelihood).no)),
  }
}

/** The state of `full` full rows; what has too few full columns is left out. */
function afterRow(
  states: readonly Masses[],
  full: number,
  enough: number,
  step: RowStep,
  least: number,
): Masses {
  const result = stepped(states[full] as Masses, step.lost, step.stays, least)
  for (const before of full === enough ? [full - 1, full] : [full - 1]) {
    const state = states[before]
    if (state === undefined) continue
    for (let count = least; count < state.parts.length; count++) {
      const moved = times(massAt(state, count), step.full)
      setMass(result, count, plus(massAt(result, count), moved))
    }
  }
  return result
}

function same(one: Likelihood, other: Likelihood): boolean {
  return one.yes.part === other.yes.part && one.no.part === other.no.part
}
