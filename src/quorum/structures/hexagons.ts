import type { Formula } from '../formula.ts'
import type { QuorumSet } from '../quorum-set.ts'
import { members, range } from './combinations.ts'
import { generalFormula } from './general-formula.ts'
import { priced } from './least.ts'

/** How the cells of a triangle of hexagons touch: row by row, one cell in the first row. */
interface Triangle {
  readonly size: number
  readonly neighbours: readonly (readonly number[])[]
  /** The cells of the left, the right and the lower side. */
  readonly sides: readonly [readonly number[], readonly number[], readonly number[]]
}

/** Sets of cells that hang together and touch all three sides. */
export function hexagons(rows: number): QuorumSet {
  const triangle = triangleOf(rows)
  const formula = yFormula(rows)
  let written: QuorumSet | undefined
  const set: QuorumSet = {
    size: triangle.size,
    structure: 'triangle of hexagons',
    formula: () => formula,
    holds: (alive) => holds(triangle, alive),
    cheapest: (prices) => priced(cheapest(triangle, prices), prices, set),
    // Of a set and its complement one reaches all sides, and only one.
    dual: () => set,
    minimalQuorums: () => {
      return (written ??= generalFormula(formula, triangle.size)).minimalQuorums()
    },
  }
  return set
}

/**
 * The game of Y has a reduction that keeps who wins (van Rijswijck, Search and evaluation in Hex,
 * 2002): put a cell for each cell with the two below it, owned by who has two of the three. The
 * triangle gets one row shorter, and in the end there is one cell.
 */
export function yFormula(rows: number): Formula {
  let cells: Formula[][] = range(rows).map((row) => range(row + 1, cellAt(row, 0)))
  while (cells.length > 1) {
    cells = cells.slice(0, -1).map((row, at) => {
      const below = cells[at + 1] as Formula[]
      return row.map((cell, place): Formula => {
        const inputs = [cell, below[place] as Formula, below[place + 1] as Formula]
        return { need: 2, inputs }
      })
    })
  }
  return cells[0]?.[0] as Formula
}

function cellAt(row: number, place: number): number {
  return (row * (row + 1)) / 2 + place
}

function triangleOf(rows: number): Triangle {
  const places = range(rows).flatMap((row) => range(row + 1).map((place) => [row, place] as const))
  const steps = [
    [0, -1],
    [0, 1],
    [-1, -1],
    [-1, 0],
    [1, 0],
    [1, 1],
  ] as const
  const neighbours = places.map(([row, place]) =>
    steps
      .map(([down, right]) => [row + down, place + right] as const)
      .filter(([other, at]) => other >= 0 && other < rows && at >= 0 && at <= other)
      .map(([other, at]) => cellAt(other, at)),
  )
  const sides = [
    range(rows).map((row) => cellAt(row, 0)),
    range(rows).map((row) => cellAt(row, row)),
    range(rows, cellAt(rows - 1, 0)),
  ] as const
  return { size: places.length, neighbours, sides: [...sides] }
}

function holds({ size, neighbours, sides }: Triangle, alive: ArrayLike<number>): boolean {
  const seen = new Uint8Array(size)
  for (const start of sides[0]) {
    if (!alive[start] || seen[start] === 1) continue
    seen[start] = 1
    const group = [start]
    // The group grows while it is read.
    for (const cell of group) {
      for (const next of neighbours[cell] as readonly number[]) {
        if (!alive[next] || seen[next] === 1) continue
        seen[next] = 1
        group.push(next)
      }
    }
    const inGroup = new Set(group)
    if (sides.every((side) => side.some((cell) => inGroup.has(cell)))) return true
  }
  return false
}

/** Three cheapest ways from one cell to the sides: what touches all of them branches only once. */
function cheapest(triangle: Triangle, prices: ArrayLike<number>): Int32Array {
  const ways = triangle.sides.map((side) => cheapestWays(triangle, side, prices))
  let best = 0
  let least = Infinity
  for (let cell = 0; cell < triangle.size; cell++) {
    const sum = ways.reduce((all, { price }) => all + (price[cell] as number), 0)
    const own = sum - 2 * (prices[cell] as number)
    if (own >= least) continue
    least = own
    best = cell
  }
  const nodes = new Set<number>()
  for (const { next } of ways) {
    for (let cell = best; cell >= 0; cell = next[cell] as number) nodes.add(cell)
  }
  return members(nodes)
}

/** From each cell to the side, its own price included (Dijkstra 1959). */
function cheapestWays(
  { size, neighbours }: Triangle,
  side: readonly number[],
  prices: ArrayLike<number>,
): { price: Float64Array; next: Int32Array } {
  const price = new Float64Array(size).fill(Infinity)
  const next = new Int32Array(size).fill(-1)
  const open = new Set(side)
  for (const cell of side) price[cell] = prices[cell] as number
  while (open.size > 0) {
    let cell = -1
    for (const one of open) {
      if (cell < 0 || (price[one] as number) < (price[cell] as number)) cell = one
    }
    open.delete(cell)
    for (const other of neighbours[cell] as readonly number[]) {
      const sum = (price[cell] as number) + (prices[other] as number)
      if (sum >= (price[other] as number)) continue
      price[other] = sum
      next[other] = cell
      open.add(other)
    }
  }
  return { price, next }
}
