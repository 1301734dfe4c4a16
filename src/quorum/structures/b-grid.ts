import { allOf, anyOf } from '../formula.ts'
import type { LinearProgram, Terms, Uses } from '../linear-program.ts'
import type { QuorumSet } from '../quorum-set.ts'
import { bandsStanding } from './b-grid-standing.ts'
import { miniColumn, miniColumns, nodeAt } from './bands.ts'
import type { BandShape } from './bands.ts'
import { members, priceOf, range, tuples } from './combinations.ts'
import { hittingBands } from './hitting-bands.ts'
import { priced } from './least.ts'
import { toChance } from './wide-number.ts'

export interface BGridQuorums extends QuorumSet {
  /** Absent where the bands are turned. */
  readonly bands?: BandShape
}

/** A full column and a node of every other column: a B-grid of one row a band, turned. */
export function coverGrid({ rows, columns }: { rows: number; columns: number }): BGridQuorums {
  return bandQuorums({ d: rows, h: columns, r: 1, turned: true })
}

/**
 * The B-grid of Naor & Wool (1998, section 5): a full mini-column in every band, and in one band a
 * node of each mini-column.
 */
export function bGrid({ d, h, r }: BandShape): BGridQuorums {
  return bandQuorums({ d, h, r })
}

function bandQuorums(shape: BandShape): BGridQuorums {
  const { d, h, r } = shape
  let dual: QuorumSet | undefined
  const set: BGridQuorums = {
    size: d * h * r,
    structure: shape.turned === true ? 'grid with cover' : 'B-grid',
    transitive: true,
    formula: () =>
      allOf([
        ...range(h).map((band) => anyOf(miniColumns(shape, band).map(allOf))),
        anyOf(range(h).map((band) => allOf(miniColumns(shape, band).map(anyOf)))),
      ]),
    holds: (alive) => {
      let covered = false
      for (let band = 0; band < h; band++) {
        const { someFull, allTouched } = bandState(shape, band, alive)
        if (!someFull) return false
        covered ||= allTouched
      }
      return covered
    },
    cheapest: (prices) => priced(cheapest(shape, prices), prices, set),
    dual: () => (dual ??= hittingBands(shape, set)),
    minimalQuorums: () => minimalQuorums(shape),
    countMinimal: () => countMinimal(shape),
    failure: (down) => toChance(bandsStanding(shape, down, 'alive').no),
    formulate: (program, amount) => uses(shape, program, amount),
    ...(shape.turned === true ? {} : { bands: shape }),
  }
  return set
}

function bandState(
  shape: BandShape,
  band: number,
  alive: ArrayLike<number>,
): { someFull: boolean; allTouched: boolean } {
  const { d, r } = shape
  let someFull = false
  let allTouched = true
  for (let column = 0; column < d; column++) {
    let count = 0
    for (let row = 0; row < r; row++) if (alive[nodeAt(shape, band, row, column)]) count++
    if (count === r) someFull = true
    if (count === 0) allTouched = false
  }
  return { someFull, allTouched }
}

/** The cheapest mini-column in each band, and the band where touching the others adds least. */
function cheapest(shape: BandShape, prices: ArrayLike<number>): Int32Array {
  const { h } = shape
  const full: number[][] = []
  let touched: number[] = []
  let least = Infinity
  for (let band = 0; band < h; band++) {
    const columns = miniColumns(shape, band)
    const sums = columns.map((column) => priceOf(Int32Array.from(column), prices))
    const lows = columns.map((column) => {
      return column.reduce((low, node) =>
        (prices[node] as number) < (prices[low] as number) ? node : low,
      )
    })
    const allLows = priceOf(Int32Array.from(lows), prices)
    let alone = 0
    let together = 0
    const togetherPrice = (column: number): number =>
      (sums[column] as number) - (prices[lows[column] as number] as number)
    for (let column = 1; column < columns.length; column++) {
      if ((sums[column] as number) < (sums[alone] as number)) alone = column
      if (togetherPrice(column) < togetherPrice(together)) together = column
    }
    const added = togetherPrice(together) + allLows - (sums[alone] as number)
    full.push(columns[alone] as number[])
    if (added >= least) continue
    least = added
    // Where this band is the one that is touched, another mini-column of it may be the better one.
    touched = [band, together, ...lows]
  }
  const [band = 0, together = 0, ...lows] = touched
  const others = full.flatMap((nodes, place) => (place === band ? [] : nodes))
  return members(new Set([...others, ...miniColumn(shape, band, together), ...lows]))
}

function* minimalQuorums(shape: BandShape): Generator<Int32Array> {
  const { d, h, r } = shape
  for (const columns of tuples(range(h).map(() => d))) {
    const full = columns.flatMap((column, band) => miniColumn(shape, band, column))
    for (let band = 0; band < h; band++) {
      // With one column every band is touched anyway; with one row the full one is any of them.
      if (d === 1 && band > 0) break
      if (r === 1 && columns[band] !== 0) continue
      const others = miniColumns(shape, band).filter((_, column) => column !== columns[band])
      for (const rows of tuples(others.map(() => r))) {
        const touching = others.map((nodes, at) => nodes[rows[at] as number] as number)
        yield members([...full, ...touching])
      }
    }
  }
}

function countMinimal({ d, h, r }: BandShape): bigint {
  if (d === 1) return 1n
  const [columns, bands, rows] = [BigInt(d), BigInt(h), BigInt(r)]
  // With one row a touched band is all full, whichever its full mini-column is said to be.
  if (r === 1) return bands * columns ** (bands - 1n)
  return columns ** bands * bands * rows ** (columns - 1n)
}

/**
 * By how often each mini-column is the full one, each band the touched one, both at once, and each
 * node the one that touches.
 */
function uses(shape: BandShape, program: LinearProgram, amount: number): Uses {
  const { d, h, r } = shape
  const sums = (variables: readonly number[], total: number): void => {
    program.row([...variables, total], [...variables.map(() => 1), -1], 0, 0)
  }
  const result: Terms[] = []
  const touched = range(h).map(() => program.variable())
  sums(touched, amount)
  touched.forEach((band, place) => {
    const full = range(d).map(() => program.variable())
    sums(full, amount)
    const fullAndTouched = range(d).map(() => program.variable())
    sums(fullAndTouched, band)
    range(d).forEach((column) => {
      const both = fullAndTouched[column] as number
      program.row([both, full[column] as number], [1, -1], -Infinity, 0)
      const touching = range(r).map(() => program.variable())
      sums([...touching, both], band)
      miniColumn(shape, place, column).forEach((node, row) => {
        const variables = [full[column] as number, touching[row] as number]
        result[node] = { variables, factors: [1, 1] }
      })
    })
  })
  return result
}
