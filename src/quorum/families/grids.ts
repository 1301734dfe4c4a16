import { allOf, anyOf } from '../formula.ts'
import type { QuorumSet } from '../quorum-set.ts'
import { bGrid, coverGrid } from '../structures/b-grid.ts'
import { range } from '../structures/combinations.ts'
import { crosses } from '../structures/crosses.ts'
import { grid } from '../structures/grid.ts'
import { thresholdTree } from '../structures/threshold-tree.ts'
import { wall } from '../structures/wall.ts'
import type { QuorumSystem } from '../system.ts'
import { checkSize, coterie, nameOf, readWrite, refusal } from './family.ts'
import type { Family, Parameter } from './family.ts'

const rowsParameter: Parameter = { name: 'rows', meaning: 'the number of rows' }
const columnsParameter: Parameter = { name: 'cols', meaning: 'the number of columns' }
const sides: readonly Parameter[] = [rowsParameter, columnsParameter]

const MAEKAWA =
  'Maekawa, A sqrt(N) algorithm for mutual exclusion in decentralized systems, ACM TOCS 3(2), 1985'
const CHEUNG =
  'Cheung, Ammar & Ahamad, The grid protocol: a high performance scheme for maintaining ' +
  'replicated data, IEEE TKDE 4(6), 1992'
const NAOR_WOOL =
  'Naor & Wool, The load, capacity, and availability of quorum systems, SIAM J. Computing 27(2), ' +
  '1998'

export const fullGrid: Family = {
  name: 'grid',
  parameters: [
    ...sides,
    { name: 'full-rows', meaning: 'the full rows in a quorum', default: 1 },
    { name: 'full-cols', meaning: 'the full columns in a quorum', default: 1 },
  ],
  paper: MAEKAWA,
  example: 'grid(rows=4,cols=4)',
  make: ([rows = 0, columns = 0, ...full]) => gridSystem(rows, columns, ...full),
}

/** A full row and a full column, any of them; or more of either. */
export function gridSystem(
  rows: number,
  columns: number,
  fullRows = 1,
  fullColumns = 1,
): QuorumSystem {
  const name = nameOf(fullGrid, [rows, columns, fullRows, fullColumns])
  checkSize(fullGrid, rows * columns)
  if (fullRows > rows || fullColumns > columns) {
    const full = `${fullRows} full rows and ${fullColumns} full columns`
    const fact = `${full} do not fit ${rows} x ${columns}`
    throw refusal(fullGrid, fact, fullGrid.example)
  }
  return coterie(name, grid({ rows, columns, fullRows, fullColumns }))
}

export const basicGrid: Family = {
  name: 'grid-basic',
  parameters: [{ name: 'n', meaning: 'the number of rows, and of columns', to: 500 }],
  paper: MAEKAWA,
  example: 'grid-basic(n=3)',
  make: ([side = 0]) => basicGridSystem(side),
}

/** Row i with column i: as many quorums as rows. */
export function basicGridSystem(side: number): QuorumSystem {
  return coterie(nameOf(basicGrid, [side]), crosses(side))
}

export const gridWithCover: Family = {
  name: 'grid-cover',
  parameters: sides,
  paper: CHEUNG,
  example: 'grid-cover(rows=4,cols=4)',
  make: ([rows = 0, columns = 0]) => coverGridSystem(rows, columns),
}

/** A full column and a node of every column. */
export function coverGridSystem(rows: number, columns: number): QuorumSystem {
  const name = nameOf(gridWithCover, [rows, columns])
  checkSize(gridWithCover, rows * columns)
  return coterie(name, coverGrid({ rows, columns }))
}

export const readWriteGrid: Family = {
  name: 'grid-rw',
  parameters: sides,
  paper: CHEUNG,
  example: 'grid-rw(rows=4,cols=4)',
  make: ([rows = 0, columns = 0]) => readWriteGridSystem(rows, columns),
}

/** A full row for a read, a node of every row for a write. */
export function readWriteGridSystem(rows: number, columns: number): QuorumSystem {
  const name = nameOf(readWriteGrid, [rows, columns])
  checkSize(readWriteGrid, rows * columns)
  const reads = fullRow(rows, columns)
  return readWrite(name, reads, reads.dual())
}

export function fullRow(rows: number, columns: number): QuorumSet {
  const formula = anyOf(range(rows).map((row) => allOf(range(columns, row * columns))))
  return thresholdTree(formula, rows * columns)
}

function columnNodes(rows: number, columns: number, column: number): number[] {
  return range(rows).map((row) => row * columns + column)
}

export const gridBelow: Family = {
  name: 'grid-below',
  parameters: sides,
  paper: CHEUNG,
  example: 'grid-below(rows=4,cols=4)',
  make: ([rows = 0, columns = 0]) => gridBelowSystem(rows, columns),
}

/** A full row and a node of every row below it. */
export function gridBelowSystem(rows: number, columns: number): QuorumSystem {
  const name = nameOf(gridBelow, [rows, columns])
  checkSize(gridBelow, rows * columns)
  return coterie(name, wall(range(rows).map(() => columns)))
}

export const gridProtocol: Family = {
  name: 'cheung',
  parameters: sides,
  paper: CHEUNG,
  example: 'cheung(rows=4,cols=4)',
  make: ([rows = 0, columns = 0]) => gridProtocolSystem(rows, columns),
}

/** A node of every column for a read; a full column and a node of every column for a write. */
export function gridProtocolSystem(rows: number, columns: number): QuorumSystem {
  const name = nameOf(gridProtocol, [rows, columns])
  checkSize(gridProtocol, rows * columns)
  const cover = allOf(range(columns).map((column) => anyOf(columnNodes(rows, columns, column))))
  return readWrite(name, thresholdTree(cover, rows * columns), coverGrid({ rows, columns }))
}

export const bandedGrid: Family = {
  name: 'bgrid',
  parameters: [
    { name: 'd', meaning: 'the number of columns' },
    { name: 'h', meaning: 'the number of bands' },
    { name: 'r', meaning: 'the rows in a band' },
  ],
  paper: NAOR_WOOL,
  example: 'bgrid(d=4,h=2,r=2)',
  make: ([d = 0, h = 0, r = 0]) => bGridSystem(d, h, r),
}

/** In every band a full mini-column, and in one band a node of every mini-column. */
export function bGridSystem(d: number, h: number, r: number): QuorumSystem {
  const name = nameOf(bandedGrid, [d, h, r])
  checkSize(bandedGrid, d * h * r)
  return coterie(name, bGrid({ d, h, r }))
}
