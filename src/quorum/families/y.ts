import type { Formula } from '../formula.ts'
import { range } from '../structures/combinations.ts'
import { quorumSetOf } from '../structures/quorum-set-of.ts'
import type { QuorumSystem } from '../system.ts'
import { coterie, nameOf } from './family.ts'
import type { Family } from './family.ts'

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
 *
 * The game has a reduction that keeps who wins (van Rijswijck, Search and evaluation in Hex, 2002):
 * put a cell for each three that touch each other and point down, owned by who has two of them. The
 * triangle gets one row shorter, and in the end there is one cell.
 */
export function ySystem(rows: number): QuorumSystem {
  const name = nameOf(y, [rows])
  const size = (rows * (rows + 1)) / 2
  let cells: Formula[][] = range(rows).map((row) => range(row + 1, (row * (row + 1)) / 2))
  while (cells.length > 1) {
    cells = cells.slice(0, -1).map((row, at) => {
      const below = cells[at + 1] as Formula[]
      return row.map((cell, place): Formula => {
        const inputs = [cell, below[place] as Formula, below[place + 1] as Formula]
        return { need: 2, inputs }
      })
    })
  }
  return coterie(name, quorumSetOf(cells[0]?.[0] as Formula, size))
}
