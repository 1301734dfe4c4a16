import { allOf, anyOf } from '../formula.ts'
import type { Formula } from '../formula.ts'
import type { LinearProgram, Terms, Uses } from '../linear-program.ts'
import type { Down, QuorumSet } from '../quorum-set.ts'
import { doubled, inTurn, joinNodes, nodeCases, product, sum } from './cases.ts'
import type { Cases } from './cases.ts'
import { commonValue, members, range, tuples } from './combinations.ts'
import { priced } from './least.ts'
import { NOTHING, toChance, WHOLE } from './wide-number.ts'
import type { Wide } from './wide-number.ts'

/** Rows of nodes, the top row first; nodes are numbered in reading order. */
export interface WallShape {
  readonly widths: readonly number[]
  /** Whether one node of every row is enough, without a full row. */
  readonly withoutFull: boolean
}

export interface WallQuorums extends QuorumSet {
  readonly wall: WallShape
}

/**
 * The crumbling wall of Peleg & Wool (1997): a full row and a node of every row below it. Its dual
 * is the same but for the top: there, one node of every row is enough too, as if a row that is
 * always full stood above.
 */
export function wall(widths: readonly number[]): WallQuorums {
  return wallOf({ widths, withoutFull: false })
}

function wallOf(shape: WallShape, back?: QuorumSet): WallQuorums {
  const { widths, withoutFull } = shape
  const starts = rowStarts(widths)
  const size = starts[widths.length] as number
  const transitive = widths.length === 1 || (size === 3 && widths[0] === 1 && widths[1] === 2)
  let dual = back
  const set: WallQuorums = {
    size,
    structure: withoutFull ? 'dual of a wall' : 'wall',
    wall: shape,
    ...(transitive ? { transitive } : {}),
    formula: () => wallFormula(shape, starts),
    holds: (nodes) => holds(shape, starts, nodes),
    cheapest: (prices) => priced(cheapest(shape, starts, prices), prices, set),
    dual: () => (dual ??= wallOf({ widths, withoutFull: !withoutFull }, set)),
    minimalQuorums: () => minimalQuorums(shape, starts),
    countMinimal: () => countMinimal(shape),
    failure: (down) => toChance(failing(shape, starts, down)),
    formulate: (program, amount) => uses(shape, program, amount),
  }
  return set
}

/** Where each row starts, and at the end how many nodes there are. */
function rowStarts(widths: readonly number[]): number[] {
  const starts = [0]
  for (const width of widths) starts.push((starts.at(-1) as number) + width)
  return starts
}

function rowNodes({ widths }: WallShape, starts: readonly number[], row: number): number[] {
  return range(widths[row] as number, starts[row])
}

/** A quorum down to a row: that row is full, or it has a node and there is one down to the last. */
function wallFormula(shape: WallShape, starts: readonly number[]): Formula {
  const first = rowNodes(shape, starts, 0)
  let formula: Formula = shape.withoutFull ? anyOf(first) : allOf(first)
  for (let row = 1; row < shape.widths.length; row++) {
    const nodes = rowNodes(shape, starts, row)
    formula = anyOf([allOf(nodes), allOf([anyOf(nodes), formula])])
  }
  return formula
}

function holds(
  { widths, withoutFull }: WallShape,
  starts: readonly number[],
  nodes: ArrayLike<number>,
): boolean {
  for (let row = widths.length - 1; row >= 0; row--) {
    let count = 0
    for (let node = starts[row] as number; node < (starts[row + 1] as number); node++) {
      if (nodes[node]) count++
    }
    if (count === widths[row]) return true
    if (count === 0) return false
  }
  return withoutFull
}

/** From the bottom row up, with the cheapest nodes of the rows below at hand. */
function cheapest(
  shape: WallShape,
  starts: readonly number[],
  prices: ArrayLike<number>,
): Int32Array {
  const { widths, withoutFull } = shape
  const lows: number[] = []
  let below = 0
  let least = Infinity
  let fullRow = -1
  for (let row = widths.length - 1; row >= 0; row--) {
    let low = starts[row] as number
    let all = 0
    for (let node = low; node < (starts[row + 1] as number); node++) {
      all += prices[node] as number
      if ((prices[node] as number) < (prices[low] as number)) low = node
    }
    if (below + all < least) {
      least = below + all
      fullRow = row
    }
    lows.push(low)
    below += prices[low] as number
  }
  if (withoutFull && below < least) return members(lows)
  const low = lows.slice(0, widths.length - 1 - fullRow)
  return members([...rowNodes(shape, starts, fullRow), ...low])
}

/** Stands for the row that is always full, above all others. */
const ABOVE = -1

/**
 * The rows whose quorums are minimal. Above a row of one node they are not: that node is a full
 * row, with whatever is chosen below it. Nor is the top row where a node of each row is enough.
 */
function minimalRows({ widths, withoutFull }: WallShape): number[] {
  const rows = range(widths.length)
  const lastOfOne = widths.lastIndexOf(1)
  if (withoutFull && lastOfOne < 0) return [ABOVE, ...rows.slice(1)]
  return rows.slice(Math.max(lastOfOne, 0))
}

function* minimalQuorums(shape: WallShape, starts: readonly number[]): Generator<Int32Array> {
  for (const row of minimalRows(shape)) {
    const full = row === ABOVE ? [] : rowNodes(shape, starts, row)
    for (const places of tuples(shape.widths.slice(row + 1))) {
      const below = places.map((place, at) => (starts[row + 1 + at] as number) + place)
      yield members([...full, ...below])
    }
  }
}

function countMinimal(shape: WallShape): bigint {
  const { widths } = shape
  // For each row, in how many ways nodes of the rows below it can be chosen.
  const ways = [1n]
  for (const width of widths.toReversed()) ways.push((ways.at(-1) as bigint) * BigInt(width))
  return minimalRows(shape).reduce((count, row) => {
    return count + (ways[widths.length - 1 - row] as bigint)
  }, 0n)
}

/** Row by row from the top, as in the formula: every term is positive, so nothing cancels. */
function failing(shape: WallShape, starts: readonly number[], down: Down): Wide {
  const equal = commonValue(down) ?? down
  let works = shape.withoutFull ? WHOLE : NOTHING
  let fails = shape.withoutFull ? NOTHING : WHOLE
  for (const row of shape.widths.keys()) {
    const [full, none, mixed] = rowCases(shape, starts, row, equal)
    works = sum(full, product(mixed, works))
    fails = sum(none, product(mixed, fails))
  }
  return fails
}

function rowCases(shape: WallShape, starts: readonly number[], row: number, down: Down): Cases {
  return typeof down === 'number'
    ? doubled(shape.widths[row] as number, joinNodes, nodeCases(down, 'alive'))
    : inTurn(shape.widths[row] as number, joinNodes, (place) => {
        return nodeCases(down[(starts[row] as number) + place] as number, 'alive')
      })
}

/**
 * By how often each row is the full one, and each node the one of its row. The amount without a
 * full row, where that is allowed, is a full row above all others.
 */
function uses({ widths, withoutFull }: WallShape, program: LinearProgram, amount: number): Uses {
  const full = widths.map(() => program.variable())
  const above = withoutFull ? [program.variable()] : []
  const result: Terms[] = []
  widths.forEach((width, row) => {
    const own = range(width).map(() => program.variable())
    const higher = [...above, ...full.slice(0, row)]
    program.row([...own, ...higher], [...own.map(() => 1), ...higher.map(() => -1)], 0, 0)
    for (const node of own) result.push({ variables: [full[row] as number, node], factors: [1, 1] })
  })
  program.row([...above, ...full, amount], [...above, ...full].map(() => 1).concat(-1), 0, 0)
  return result
}
