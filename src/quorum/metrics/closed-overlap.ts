import type { QuorumSet } from '../quorum-set.ts'
import type { BGridQuorums } from '../structures/b-grid.ts'
import type { GridQuorums } from '../structures/grid.ts'

/** The fewest nodes that two quorums of a set have in common, where its structure tells. */
export function closedOverlap(set: QuorumSet): number | undefined {
  if (set.structure === 'grid' && 'shape' in set) return ofGrid(set as GridQuorums)
  if (set.structure === 'B-grid' && 'bands' in set) return ofBGrid(set as BGridQuorums)
  return undefined
}

/**
 * Two quorums of full rows and full columns share least when they share no more rows and columns
 * than they must: then each row of the one crosses the columns of the other.
 */
function ofGrid({ shape }: GridQuorums): number {
  const { rows, columns, fullRows, fullColumns } = shape
  const sameRows = Math.max(0, 2 * fullRows - rows)
  const sameColumns = Math.max(0, 2 * fullColumns - columns)
  const inNeitherRow = rows - 2 * fullRows + sameRows
  return sameRows * columns + 2 * (fullRows - sameRows) * fullColumns + inNeitherRow * sameColumns
}

/**
 * With two mini-columns to choose from, only the representatives of the one in the mini-column of
 * the other are shared, and the other way round.
 */
function ofBGrid({ bands }: BGridQuorums): number | undefined {
  if (bands === undefined) return undefined
  const { d, h, r } = bands
  if (d === 1) return h * r
  return h === 1 && r === 1 ? d : 2
}
