import type { Down } from '../quorum-set.ts'
import { nodeAt } from './bands.ts'
import type { BandShape } from './bands.ts'
import { doubled, inTurn, joinNodes, nodeCases, product, sum } from './cases.ts'
import type { Cases, Join, State } from './cases.ts'
import { commonValue } from './combinations.ts'
import type { Likelihood } from './likelihood.ts'
import { NOTHING, plus } from './wide-number.ts'

/**
 * How likely it is that a B-grid has a quorum of nodes that are all alive, or all down. Nodes join
 * into mini-columns, these into bands, these into the whole; parts that are alike are doubled, so
 * that a million nodes take some fifty joins. The closed form
 * 1 - P(A)^h + P(A and not B)^h (A: some mini-column is full, B: all are touched) is the same
 * number, but its differences lose all digits: this has only sums.
 */
export function bandsStanding(shape: BandShape, down: Down, state: State): Likelihood {
  const { d, h, r } = shape
  const common = commonValue(down)
  const band = (place: number): Cases => {
    const column = (at: number): Cases =>
      common === undefined
        ? inTurn(r, joinNodes, (row) => {
            const node = nodeAt(shape, place, row, at)
            return nodeCases((down as Float64Array)[node] as number, state)
          })
        : doubled(r, joinNodes, nodeCases(common, state))
    const columns =
      common === undefined
        ? inTurn(d, joinColumns, (at) => columnCases(column(at)))
        : doubled(d, joinColumns, columnCases(column(0)))
    return bandCases(columns)
  }
  const [covered = NOTHING, uncovered = NOTHING, broken = NOTHING] =
    common === undefined ? inTurn(h, joinBands, band) : doubled(h, joinBands, band(0))
  return { yes: covered, no: plus(uncovered, broken) }
}

function columnCases([all, none, mixed]: Cases): Cases {
  return [sum(all), sum(none), NOTHING, sum(mixed)]
}

/** Some mini-column is full and none empty; some empty and none full; both; neither. */
const joinColumns: Join = (
  [full, empty, both, neither],
  [otherFull, otherEmpty, otherBoth, otherNeither],
) => [
  sum(product(full, sum(otherFull, otherNeither)), product(neither, otherFull)),
  sum(product(empty, sum(otherEmpty, otherNeither)), product(neither, otherEmpty)),
  sum(
    product(both, sum(otherFull, otherEmpty, otherBoth, otherNeither)),
    product(sum(full, empty, neither), otherBoth),
    product(full, otherEmpty),
    product(empty, otherFull),
  ),
  product(neither, otherNeither),
]

/** The band has a full mini-column and is touched everywhere, or not everywhere, or has none. */
function bandCases([full, empty, both, neither]: Cases): Cases {
  return [sum(full), sum(both), sum(empty, neither)]
}

/** All bands have a full mini-column, with one touched everywhere or without; or one has none. */
const joinBands: Join = (
  [covered, uncovered, broken],
  [otherCovered, otherUncovered, otherBroken],
) => [
  sum(product(covered, sum(otherCovered, otherUncovered)), product(uncovered, otherCovered)),
  product(uncovered, otherUncovered),
  sum(
    product(broken, sum(otherCovered, otherUncovered, otherBroken)),
    product(sum(covered, uncovered), otherBroken),
  ),
]
