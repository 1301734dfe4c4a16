import { range } from '../structures/combinations.ts'
import { wall } from '../structures/wall.ts'
import type { QuorumSystem } from '../system.ts'
import { checkSize, coterie, nameOf } from './family.ts'
import type { Family } from './family.ts'

export const crumblingWall: Family = {
  name: 'wall',
  parameters: [],
  rest: { name: 'width', meaning: 'the nodes of a row' },
  paper:
    'Peleg & Wool, Crumbling walls: a class of practical and efficient quorum systems, ' +
    'Distributed Computing 10(2), 1997',
  example: 'wall(1,2,3)',
  make: (values) => wallSystem(values),
}

/** A full row and a node of every row below it; the top row first. */
export function wallSystem(widths: readonly number[]): QuorumSystem {
  const name = nameOf(crumblingWall, widths)
  checkSize(
    crumblingWall,
    widths.reduce((sum, width) => sum + width, 0),
  )
  return coterie(name, wall(widths))
}

export const triangle: Family = {
  name: 'triangle',
  parameters: [{ name: 'rows', meaning: 'the number of rows', to: 1413 }],
  paper: 'Lovász, Coverings and colorings of hypergraphs, 4th Southeastern Conference, 1973',
  example: 'triangle(rows=4)',
  make: ([rows = 0]) => triangleSystem(rows),
}

/** The wall with one node in the first row, two in the second, and so on. */
export function triangleSystem(rows: number): QuorumSystem {
  return coterie(nameOf(triangle, [rows]), wall(range(rows, 1)))
}

export const wheel: Family = {
  name: 'wheel',
  parameters: [{ name: 'n', meaning: 'the number of nodes', from: 3 }],
  paper:
    'Holzman, Marcus & Peleg, Load balancing in quorum systems, SIAM J. Discrete Mathematics ' +
    '10(2), 1997',
  example: 'wheel(n=6)',
  make: ([n = 0]) => wheelSystem(n),
}

/** The hub, which is the first node, and one of the rim; or all of the rim. */
export function wheelSystem(n: number): QuorumSystem {
  return coterie(nameOf(wheel, [n]), wall([1, n - 1]))
}
