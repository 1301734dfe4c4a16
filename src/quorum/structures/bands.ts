import { range } from './combinations.ts'

/**
 * `h` bands of `r` rows and `d` columns each; the part of a column in a band is a mini-column.
 * Node `(band * r + row) * d + column`.
 */
export interface BandShape {
  readonly d: number
  readonly h: number
  readonly r: number
  /** The same turned by a quarter, bands from left to right: node `column * h * r + row`. */
  readonly turned?: boolean
}

export function nodeAt(shape: BandShape, band: number, row: number, column: number): number {
  const { d, h, r, turned = false } = shape
  return turned ? column * h * r + band * r + row : (band * r + row) * d + column
}

/** The nodes of a mini-column, top to bottom. */
export function miniColumn(shape: BandShape, band: number, column: number): number[] {
  return range(shape.r).map((row) => nodeAt(shape, band, row, column))
}

export function miniColumns(shape: BandShape, band: number): number[][] {
  return range(shape.d).map((column) => miniColumn(shape, band, column))
}
