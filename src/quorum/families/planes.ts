import { range } from '../structures/combinations.ts'
import { listOfQuorums } from '../structures/list-of-quorums.ts'
import type { QuorumSystem } from '../system.ts'
import { coterie, nameOf, refusal } from './family.ts'
import type { Family } from './family.ts'
import { finiteField, primePower } from './finite-field.ts'

/** More than this is no longer practical as a list: 1,057 lines of 33 points. */
const MOST_ORDER = 32

export const projectivePlane: Family = {
  name: 'fpp',
  parameters: [
    {
      name: 'order',
      meaning: 'a prime power, the points of a line less one',
      from: 2,
      to: MOST_ORDER,
    },
  ],
  paper:
    'Maekawa, A sqrt(N) algorithm for mutual exclusion in decentralized systems, ACM TOCS 3(2), ' +
    '1985',
  example: 'fpp(order=3)',
  make: ([order = 0]) => projectivePlaneSystem(order),
}

/**
 * The lines of the projective plane over the field with `order` elements: any two have exactly one
 * point in common.
 */
export function projectivePlaneSystem(order: number): QuorumSystem {
  const name = nameOf(projectivePlane, [order])
  if (primePower(order) === undefined) {
    const orders = range(MOST_ORDER - 1, 2).filter((one) => primePower(one) !== undefined)
    const near = orders.findLast((one) => one < order) as number
    const fact = `${order} is no power of a prime, and no plane of such an order is known`
    throw refusal(projectivePlane, fact, `fpp(order=${near})`)
  }
  const lines = projectiveLines(order)
  const options = { structure: 'projective plane', transitive: true }
  return coterie(name, listOfQuorums(lines, lines.length, options))
}

/**
 * Points are the vectors of three field elements whose first element that is not 0 is 1. So are
 * lines, and a point lies on a line where their product is 0.
 */
function projectiveLines(order: number): number[][] {
  const { add, multiply } = finiteField(order)
  const elements = range(order)
  const points = [
    ...elements.flatMap((y) => elements.map((z) => [1, y, z] as const)),
    ...elements.map((z) => [0, 1, z] as const),
    [0, 0, 1] as const,
  ]
  return points.map((line) =>
    range(points.length).filter((place) => {
      const [x, y, z] = points[place] as (typeof points)[number]
      const sum = add(multiply(line[0], x), add(multiply(line[1], y), multiply(line[2], z)))
      return sum === 0
    }),
  )
}
