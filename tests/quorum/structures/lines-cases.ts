import type { QuorumSet } from '../../../src/quorum/quorum-set.ts'
import { bGrid, coverGrid } from '../../../src/quorum/structures/b-grid.ts'
import { crosses } from '../../../src/quorum/structures/crosses.ts'
import { grid } from '../../../src/quorum/structures/grid.ts'
import { wall } from '../../../src/quorum/structures/wall.ts'
import type { Table } from '../truth.ts'

/** A structure with what it means, node by node, without any of its own code. */
export interface LinesCase {
  readonly name: string
  readonly set: QuorumSet
  /** Of a grid. */
  readonly shape?: { readonly rows: number; readonly columns: number }
  readonly meaning: (alive: (node: number) => boolean) => boolean
}

export function tableOfCase({ set, meaning }: LinesCase): Table {
  return Uint8Array.from({ length: 2 ** set.size }, (_, live) => {
    return meaning((node) => ((live >> node) & 1) === 1) ? 1 : 0
  })
}

function upTo(count: number, from = 0): number[] {
  return Array.from({ length: count }, (_, place) => from + place)
}

export function gridCase(rows: number, columns: number, a: number, b: number): LinesCase {
  return {
    name: `${a} full of ${rows} rows and ${b} full of ${columns} columns`,
    set: grid({ rows, columns, fullRows: a, fullColumns: b }),
    shape: { rows, columns },
    meaning: (alive) => {
      const at = (row: number, column: number) => alive(row * columns + column)
      const rowsFull = upTo(rows).filter((row) => upTo(columns).every((c) => at(row, c)))
      const columnsFull = upTo(columns).filter((c) => upTo(rows).every((row) => at(row, c)))
      return rowsFull.length >= a && columnsFull.length >= b
    },
  }
}

export function coverCase(rows: number, columns: number): LinesCase {
  return {
    name: `a full column and one of each column, ${rows} x ${columns}`,
    set: coverGrid({ rows, columns }),
    meaning: (alive) => {
      const column = (c: number) => upTo(rows).map((row) => alive(row * columns + c))
      return (
        upTo(columns).some((c) => column(c).every(Boolean)) &&
        upTo(columns).every((c) => column(c).some(Boolean))
      )
    },
  }
}

export function bGridCase(d: number, h: number, r: number): LinesCase {
  return {
    name: `B-grid of ${d} columns and ${h} bands of ${r} rows`,
    set: bGrid({ d, h, r }),
    meaning: (alive) => {
      const mini = (band: number, c: number) =>
        upTo(r).map((row) => alive((band * r + row) * d + c))
      return (
        upTo(h).every((band) => upTo(d).some((c) => mini(band, c).every(Boolean))) &&
        upTo(h).some((band) => upTo(d).every((c) => mini(band, c).some(Boolean)))
      )
    },
  }
}

export function wallCase(widths: readonly number[]): LinesCase {
  const starts = widths.map((_, row) => widths.slice(0, row).reduce((sum, width) => sum + width, 0))
  return {
    name: `wall ${widths.join(' ')}`,
    set: wall(widths),
    meaning: (alive) => {
      const row = (place: number) =>
        upTo(widths[place] as number, starts[place] as number).map((node) => alive(node))
      return upTo(widths.length).some(
        (place) =>
          row(place).every(Boolean) &&
          upTo(widths.length - place - 1, place + 1).every((below) => row(below).some(Boolean)),
      )
    },
  }
}

export function crossesCase(side: number): LinesCase {
  return {
    name: `row i with column i of ${side}`,
    set: crosses(side),
    meaning: (alive) =>
      upTo(side).some((i) => upTo(side).every((j) => alive(i * side + j) && alive(j * side + i))),
  }
}

/** Every structure of these kinds with at most so many nodes. */
export function allLines(most: number): LinesCase[] {
  const cases: LinesCase[] = []
  for (const rows of upTo(most, 1)) {
    for (const columns of upTo(Math.floor(most / rows), 1)) {
      cases.push(coverCase(rows, columns))
      for (const a of upTo(rows, 1)) {
        for (const b of upTo(columns, 1)) cases.push(gridCase(rows, columns, a, b))
      }
      for (const h of upTo(Math.floor(most / rows / columns), 1)) {
        cases.push(bGridCase(columns, h, rows))
      }
    }
  }
  for (const size of upTo(Math.min(most, 9), 1)) {
    for (const widths of compositions(size)) cases.push(wallCase(widths))
  }
  for (const side of upTo(Math.floor(Math.sqrt(most)), 1)) cases.push(crossesCase(side))
  return cases
}

function compositions(total: number): number[][] {
  if (total === 0) return [[]]
  return upTo(total, 1).flatMap((first) =>
    compositions(total - first).map((rest) => [first, ...rest]),
  )
}
