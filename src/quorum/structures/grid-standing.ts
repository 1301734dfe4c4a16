import { UserError } from '../../core/user-error.ts'
import type { Down } from '../quorum-set.ts'
import { commonValue, range } from './combinations.ts'
import { anyNodes } from './grid-standing-any.ts'
import type { GridShape } from './grid.ts'
import { alive, both, every, not } from './likelihood.ts'
import type { Likelihood } from './likelihood.ts'
import { NOTHING, plus, times, wide } from './wide-number.ts'
import type { Wide } from './wide-number.ts'

/** With nodes of their own probabilities, the shorter side of a grid may be this long. */
const SHORT_SIDE = 16

/**
 * How likely it is that a grid has enough full rows and enough full columns of nodes that are all
 * alive, or all down. Rows are added one by one and the columns that are still full are counted:
 * every term is positive, so nothing cancels, unlike inclusion and exclusion, whose terms
 * outgrow the sum beyond 30 x 30.
 */
export function gridStanding(shape: GridShape, down: Down, state: 'alive' | 'down'): Likelihood {
  const { rows, columns } = shape
  const likelihood = (probability: number): Likelihood =>
    state === 'alive' ? alive(probability) : not(alive(probability))
  const common = commonValue(down)
  if (common !== undefined) {
    const turned = columns > rows ? transposed(shape) : shape
    const row = likelihood(common)
    return alikeRows(
      turned,
      Array.from({ length: turned.rows }, () => row),
    )
  }
  const at = (row: number, column: number): number =>
    (down as Float64Array)[row * columns + column] as number
  const rowsAlike = range(rows).map((row) => {
    return commonValue(range(columns).map((column) => at(row, column)))
  })
  if (rowsAlike.every((value) => value !== undefined)) {
    return alikeRows(shape, rowsAlike.map(likelihood))
  }
  const columnsAlike = range(columns).map((column) => {
    return commonValue(range(rows).map((row) => at(row, column)))
  })
  if (columnsAlike.every((value) => value !== undefined)) {
    return alikeRows(transposed(shape), columnsAlike.map(likelihood))
  }
  if (Math.min(rows, columns) > SHORT_SIDE) throw tooLong(shape)
  return columns <= rows
    ? anyNodes(shape, (row, column) => likelihood(at(row, column)))
    : anyNodes(transposed(shape), (row, column) => likelihood(at(column, row)))
}

function transposed({ rows, columns, fullRows, fullColumns }: GridShape): GridShape {
  return { rows: columns, columns: rows, fullRows: fullColumns, fullColumns: fullRows }
}

function tooLong({ rows, columns }: GridShape): UserError {
  return new UserError(
    `a grid of ${rows} x ${columns} whose nodes have different failure probabilities is too ` +
      `large for an exact failure probability: its shorter side may be ${SHORT_SIDE}`,
    {
      hint:
        'one probability for all nodes, one for each row, or one for each column, which are ' +
        'exact at any size',
    },
  )
}

/** Masses of the numbers of full columns, from 0 up. */
interface Masses {
  readonly parts: Float64Array
  readonly twos: Int32Array
}

/** Where the nodes of a row do not differ: the rows' likelihoods, top to bottom. */
function alikeRows(shape: GridShape, rows: readonly Likelihood[]): Likelihood {
  const { columns, fullRows, fullColumns } = shape
  // By the number of full rows so far, up to enough of them.
  let masses = range(fullRows + 1).map(() => emptyMasses(columns))
  set(masses[0] as Masses, columns, wide(1))
  let steps: RowSteps | undefined
  for (const [place, row] of rows.entries()) {
    if (place === 0 || !same(row, rows[place - 1] as Likelihood)) steps = rowSteps(row, columns)
    masses = addRow(masses, steps as RowSteps, fullColumns)
  }
  let no = tooFew(rows, columns, fullColumns)
  for (const [full, mass] of masses.entries()) {
    if (full < fullRows) no = plus(no, total(mass, fullColumns))
  }
  return { yes: total(masses[fullRows] as Masses, fullColumns), no }
}

/** That fewer than `need` columns are full; they do not depend on each other. */
function tooFew(rows: readonly Likelihood[], columns: number, need: number): Wide {
  let column: Likelihood = { yes: wide(1), no: NOTHING }
  for (const row of rows) column = both(column, row)
  let sum = NOTHING
  let ways = wide(1)
  for (let full = 0; full < need; full++) {
    const one = times(every(column, full).yes, every(not(column), columns - full).yes)
    sum = plus(sum, times(ways, one))
    ways = times(ways, wide((columns - full) / (full + 1)))
  }
  return sum
}

/** What one more row does. */
interface RowSteps {
  /** That all of it is full. */
  readonly full: Wide
  /** From `before` full columns to `after` without the row being full: at before * width + after. */
  readonly parts: Float64Array
  readonly twos: Int32Array
}

function rowSteps(row: Likelihood, columns: number): RowSteps {
  const width = columns + 1
  const parts = new Float64Array(width * width)
  const twos = new Int32Array(width * width)
  const stay = range(width).map((count) => every(row, count))
  const leave = range(width).map((count) => every(not(row), count).yes)
  const put = (before: number, after: number, step: Wide): void => {
    parts[before * width + after] = step.part
    twos[before * width + after] = step.twos
  }
  for (let before = 0; before <= columns; before++) {
    let ways = wide(1)
    for (let after = 0; after < before; after++) {
      const one = times((stay[after] as Likelihood).yes, leave[before - after] as Wide)
      put(before, after, times(ways, one))
      ways = times(ways, wide((before - after) / (after + 1)))
    }
    // No column is lost, and still some other node of the row is not as it should be.
    const kept = stay[before] as Likelihood
    put(before, before, times(kept.yes, (stay[columns - before] as Likelihood).no))
  }
  return { full: (stay[columns] as Likelihood).yes, parts, twos }
}

function addRow(masses: readonly Masses[], steps: RowSteps, least: number): Masses[] {
  const last = masses.length - 1
  const results = masses.map((mass) => spread(mass, steps, least))
  for (const [full, mass] of masses.entries()) {
    const result = results[Math.min(full + 1, last)] as Masses
    for (let count = least; count < mass.parts.length; count++) {
      const moved = times(get(mass, count), steps.full)
      set(result, count, plus(get(result, count), moved))
    }
  }
  return results
}

/** The masses after a row that is not full; numbers of columns below `least` are given up. */
function spread(mass: Masses, steps: RowSteps, least: number): Masses {
  const width = mass.parts.length
  const result = emptyMasses(width - 1)
  for (let after = least; after < width; after++) {
    let sum = 0
    let sumTwos = 0
    for (let before = after; before < width; before++) {
      const step = before * width + after
      const part = (mass.parts[before] as number) * (steps.parts[step] as number)
      if (part === 0) continue
      const twos = (mass.twos[before] as number) + (steps.twos[step] as number)
      if (twos === sumTwos) sum += part
      else if (twos < sumTwos && sum !== 0) sum += part * 2 ** (twos - sumTwos)
      else {
        // Without this, the nothing there was might be multiplied by infinity.
        sum = sum === 0 ? part : part + sum * 2 ** (sumTwos - twos)
        sumTwos = twos
      }
    }
    set(result, after, wide(sum, sumTwos))
  }
  return result
}

function total(mass: Masses, least: number): Wide {
  let sum = NOTHING
  for (let count = least; count < mass.parts.length; count++) sum = plus(sum, get(mass, count))
  return sum
}

function emptyMasses(columns: number): Masses {
  return { parts: new Float64Array(columns + 1), twos: new Int32Array(columns + 1) }
}

function get({ parts, twos }: Masses, count: number): Wide {
  return { part: parts[count] as number, twos: twos[count] as number }
}

function set({ parts, twos }: Masses, count: number, { part, twos: exponent }: Wide): void {
  parts[count] = part
  twos[count] = exponent
}

function same(one: Likelihood, other: Likelihood): boolean {
  return one.yes.part === other.yes.part && one.no.part === other.no.part
}
