import { allOf, anyOf } from '../formula.ts'
import type { LinearProgram, Terms, Uses } from '../linear-program.ts'
import type { QuorumSet } from '../quorum-set.ts'
import { bandsStanding } from './b-grid-standing.ts'
import { miniColumn, miniColumns, nodeAt } from './bands.ts'
import type { BandShape } from './bands.ts'
import { members, priceOf, range, tuples } from './combinations.ts'
import { priced } from './least.ts'
import { toChance } from './wide-number.ts'

/**
 * What meets every quorum of a B-grid: a node of each mini-column of one band, or a full
 * mini-column in every band.
 */
export function hittingBands(shape: BandShape, dual: QuorumSet): QuorumSet {
  const { d, h, r } = shape
  const set: QuorumSet = {
    size: d * h * r,
    structure: 'dual of a B-grid',
    transitive: true,
    formula: () =>
      anyOf([
        ...range(h).map((band) => allOf(miniColumns(shape, band).map(anyOf))),
        allOf(range(h).map((band) => anyOf(miniColumns(shape, band).map(allOf)))),
      ]),
    holds: (alive) => {
      const isAlive = (node: number): boolean => Boolean(alive[node])
      let full = 0
      for (let band = 0; band < h; band++) {
        const columns = miniColumns(shape, band)
        if (columns.every((column) => column.some(isAlive))) return true
        if (columns.some((column) => column.every(isAlive))) full++
      }
      return full === h
    },
    cheapest: (prices) => priced(cheapest(shape, prices), prices, set),
    dual: () => dual,
    minimalQuorums: () => minimalQuorums(shape),
    countMinimal: () => {
      const [columns, bands, rows] = [BigInt(d), BigInt(h), BigInt(r)]
      const { touching, full } = minimalKinds(shape)
      return (touching ? bands * rows ** columns : 0n) + (full ? columns ** bands : 0n)
    },
    failure: (down) => toChance(bandsStanding(shape, down, 'down').yes),
    formulate: (program, amount) => uses(shape, program, amount),
  }
  return set
}

/** Touching is minimal unless nodes are full mini-columns; full ones unless they touch all. */
function minimalKinds({ d, h, r }: BandShape): { touching: boolean; full: boolean } {
  return { touching: d === 1 || h * r > 1, full: d > 1 }
}

function* minimalQuorums(shape: BandShape): Generator<Int32Array> {
  const { d, h, r } = shape
  const { touching, full } = minimalKinds(shape)
  if (touching) {
    for (let band = 0; band < h; band++) {
      for (const rows of tuples(range(d).map(() => r))) {
        yield members(rows.map((row, column) => nodeAt(shape, band, row, column)))
      }
    }
  }
  if (!full) return
  for (const columns of tuples(range(h).map(() => d))) {
    yield members(columns.flatMap((column, band) => miniColumn(shape, band, column)))
  }
}

function cheapest(shape: BandShape, prices: ArrayLike<number>): Int32Array {
  const price = (nodes: Iterable<number>): number => priceOf(Int32Array.from(nodes), prices)
  const cheaper = (one: readonly number[], other: readonly number[]): readonly number[] =>
    price(other) < price(one) ? other : one
  const cheaperNode = (one: number, other: number): number =>
    (prices[other] as number) < (prices[one] as number) ? other : one
  let touching: readonly number[] | undefined
  const full: number[] = []
  for (let band = 0; band < shape.h; band++) {
    const columns: readonly (readonly number[])[] = miniColumns(shape, band)
    const lows = columns.map((column) => column.reduce(cheaperNode))
    touching = touching === undefined ? lows : cheaper(touching, lows)
    full.push(...columns.reduce(cheaper))
  }
  return members(cheaper(full, touching ?? full))
}

/** By how often each band is touched, each node of it touches, and each mini-column is full. */
function uses(shape: BandShape, program: LinearProgram, amount: number): Uses {
  const { d, h, r } = shape
  const sums = (variables: readonly number[], total: number): void => {
    program.row([...variables, total], [...variables.map(() => 1), -1], 0, 0)
  }
  const byFull = program.variable()
  const touched = range(h).map(() => program.variable())
  sums([...touched, byFull], amount)
  const result: Terms[] = []
  touched.forEach((band, place) => {
    const full = range(d).map(() => program.variable())
    sums(full, byFull)
    range(d).forEach((column) => {
      const touching = range(r).map(() => program.variable())
      sums(touching, band)
      miniColumn(shape, place, column).forEach((node, row) => {
        const variables = [full[column] as number, touching[row] as number]
        result[node] = { variables, factors: [1, 1] }
      })
    })
  })
  return result
}
