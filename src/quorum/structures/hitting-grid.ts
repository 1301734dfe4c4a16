import { anyOf } from '../formula.ts'
import type { Formula } from '../formula.ts'
import type { LinearProgram } from '../linear-program.ts'
import type { QuorumSet } from '../quorum-set.ts'
import { binomial, combinations, leastOf, members, priceOf, range, tuples } from './combinations.ts'
import { gridStanding } from './grid-standing.ts'
import { priced } from './least.ts'
import type { GridShape } from './grid.ts'
import { toChance } from './wide-number.ts'

/**
 * What meets every quorum of a grid: a node in each of so many rows that too few full ones are
 * left, or the same in columns.
 */
export function hittingGrid(shape: GridShape, dual: QuorumSet): QuorumSet {
  const { rows, columns } = shape
  const [few, more] = ways(shape)
  const set: QuorumSet = {
    size: rows * columns,
    structure: 'dual of a grid',
    transitive: true,
    formula: () => anyOf([wayFormula(few), wayFormula(more)]),
    holds: (alive) => linesHit(few, alive) >= few.need || linesHit(more, alive) >= more.need,
    cheapest: (prices) => {
      const [one, other] = [cheapest(few, prices), cheapest(more, prices)]
      return priced(priceOf(other, prices) < priceOf(one, prices) ? other : one, prices, set)
    },
    dual: () => dual,
    minimalQuorums: () => minimalQuorums(few, more),
    countMinimal: () => countMinimal(few, more),
    failure: (down) => toChance(gridStanding(shape, down, 'down', 'yes')),
    formulate: (program, amount) => {
      const parts = [program.variable(), program.variable()] as const
      program.row([...parts, amount], [1, 1, -1], 0, 0)
      const uses = [few, more].map((way, place) => wayUses(way, program, parts[place] as number))
      return range(rows * columns).map((node) => {
        const variables = uses.map((use) => use[node] as number)
        return { variables, factors: [1, 1] }
      })
    },
  }
  return set
}

/** One node in each of `need` lines, which are all rows or all columns. */
interface Way {
  readonly need: number
  readonly lines: number
  readonly length: number
  node(line: number, place: number): number
}

/** Through the rows and through the columns, the one that needs fewer nodes first. */
function ways({ rows, columns, fullRows, fullColumns }: GridShape): [Way, Way] {
  const byRows: Way = {
    need: rows - fullRows + 1,
    lines: rows,
    length: columns,
    node: (line, place) => line * columns + place,
  }
  const byColumns: Way = {
    need: columns - fullColumns + 1,
    lines: columns,
    length: rows,
    node: (line, place) => place * columns + line,
  }
  return byRows.need <= byColumns.need ? [byRows, byColumns] : [byColumns, byRows]
}

function wayFormula({ need, lines, length, node }: Way): Formula {
  const inputs = range(lines).map((line) => anyOf(range(length).map((place) => node(line, place))))
  return { need, inputs }
}

function linesHit({ lines, length, node }: Way, alive: ArrayLike<number>): number {
  let hit = 0
  for (let line = 0; line < lines; line++) {
    let place = 0
    while (place < length && !alive[node(line, place)]) place++
    if (place < length) hit++
  }
  return hit
}

function cheapest({ need, lines, length, node }: Way, prices: ArrayLike<number>): Int32Array {
  const best = range(lines).map((line) => {
    let least = node(line, 0)
    for (let place = 1; place < length; place++) {
      const other = node(line, place)
      if ((prices[other] as number) < (prices[least] as number)) least = other
    }
    return least
  })
  const leastPrices = best.map((one) => prices[one] as number)
  return members(leastOf(leastPrices, need).map((line) => best[line] as number))
}

/**
 * All that go through the fewer lines are minimal: a subset would be smaller than any quorum. One
 * of the other kind is minimal unless it hits enough of the fewer lines, and then contains one.
 */
function* minimalQuorums(few: Way, more: Way): Generator<Int32Array> {
  for (const way of [few, more]) {
    for (const chosen of combinations(way.lines, way.need)) {
      for (const places of tuples(chosen.map(() => way.length))) {
        if (way === more && new Set(places).size >= few.need) continue
        yield members(chosen.map((line, at) => way.node(line, places[at] as number)))
      }
    }
  }
}

function countMinimal(few: Way, more: Way): bigint {
  const all = binomial(few.lines, few.need) * BigInt(few.length) ** BigInt(few.need)
  // Of the others, by how many of the fewer lines they hit: exactly `hit` after some nodes.
  let byHit = [1n]
  for (let nodes = 1; nodes <= more.need; nodes++) {
    byHit = range(Math.min(nodes + 1, few.need)).map((hit) => {
      const again = (byHit[hit] ?? 0n) * BigInt(hit)
      return again + (hit === 0 ? 0n : (byHit[hit - 1] ?? 0n) * BigInt(few.lines - hit + 1))
    })
  }
  return all + binomial(more.lines, more.need) * byHit.reduce((sum, count) => sum + count, 0n)
}

/** Of the lines `need` are hit in a quorum, none twice, and each by any node of it. */
function wayUses(way: Way, program: LinearProgram, amount: number): Int32Array {
  const { need, lines, length, node } = way
  const uses = new Int32Array(lines * length)
  const hit = range(lines).map(() => program.variable())
  program.row([...hit, amount], [...hit.map(() => 1), -need], 0, 0)
  hit.forEach((line, at) => {
    program.row([line, amount], [1, -1], -Infinity, 0)
    const own = range(length).map(() => program.variable())
    program.row([...own, line], [...own.map(() => 1), -1], 0, 0)
    own.forEach((variable, place) => (uses[node(at, place)] = variable))
  })
  return uses
}
