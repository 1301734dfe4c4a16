import { hexagons, yFormula } from '../structures/hexagons.ts'
import { listOfQuorums } from '../structures/list-of-quorums.ts'
import { quorumSetOf } from '../structures/quorum-set-of.ts'
import type { QuorumSystem } from '../system.ts'
import { coterie, nameOf } from './family.ts'
import type { Family } from './family.ts'

/** Up to here the formula is written out in no time. */
const MOST_WRITTEN_ROWS = 5
/** Up to here the quorums are few enough to be listed, so that loads can be certified. */
const MOST_LISTED_ROWS = 6

export const y: Family = {
  name: 'y',
  parameters: [{ name: 'rows', meaning: 'the rows of the triangle', to: 12 }],
  paper:
    'Kuo & Huang, A geometric approach for constructing coteries and k-coteries, IEEE Trans. ' +
    'Parallel and Distributed Systems 8(4), 1997',
  example: 'y(rows=4)',
  make: ([rows = 0]) => ySystem(rows),
}

/**
 * Nodes in a triangle of hexagons, one in the first row, two in the second, and so on; a quorum is
 * connected and touches all three sides, as in the game of Y. Two such sets meet, and of a set
 * and its complement one is such a set.
 */
export function ySystem(rows: number): QuorumSystem {
  const name = nameOf(y, [rows])
  const size = (rows * (rows + 1)) / 2
  if (rows <= MOST_WRITTEN_ROWS) return coterie(name, quorumSetOf(yFormula(rows), size))
  const triangle = hexagons(rows)
  if (rows > MOST_LISTED_ROWS) return coterie(name, triangle)
  return coterie(name, listOfQuorums([...triangle.minimalQuorums()], size))
}
