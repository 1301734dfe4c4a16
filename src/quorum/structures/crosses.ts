import { allOf, anyOf } from '../formula.ts'
import type { QuorumSet } from '../quorum-set.ts'
import { commonValue, members, range } from './combinations.ts'
import { crossesStanding } from './crosses-standing.ts'
import { listOfQuorums } from './list-of-quorums.ts'
import { priced } from './least.ts'
import { toChance } from './wide-number.ts'

export interface CrossQuorums extends QuorumSet {
  /** Rows, and columns; node `row * side + column`. */
  readonly side: number
}

/**
 * Row i with column i of a square (Maekawa 1985): one quorum for each i, so that load and
 * resilience differ from those of the grid with all pairs of a row and a column.
 */
export function crosses(side: number): CrossQuorums {
  const quorums = (): Int32Array[] => range(side).map((place) => cross(side, place))
  let dual: QuorumSet | undefined
  const set: CrossQuorums = {
    size: side * side,
    structure: 'grid of row i with column i',
    side,
    ...(side < 2 ? { transitive: true } : {}),
    formula: () => anyOf(quorums().map((quorum) => allOf([...quorum]))),
    holds: (alive) =>
      range(side).some((place) => {
        for (let at = 0; at < side; at++) {
          if (!alive[place * side + at] || !alive[at * side + place]) return false
        }
        return true
      }),
    cheapest: (prices) => {
      const sums = range(side).map((place) => {
        let sum = -(prices[place * side + place] as number)
        for (let at = 0; at < side; at++) {
          sum += (prices[place * side + at] as number) + (prices[at * side + place] as number)
        }
        return sum
      })
      const least = sums.reduce((low, sum, place) => (sum < (sums[low] as number) ? place : low), 0)
      return priced(cross(side, least), prices, set)
    },
    dual: () => (dual ??= hittingCrosses(side, quorums, set)),
    minimalQuorums: function* () {
      for (let place = 0; place < side; place++) yield cross(side, place)
    },
    countMinimal: () => BigInt(side),
    failure: (down) => toChance(crossesStanding(side, down, 'alive').no),
    formulate: (program, amount) => {
      const uses = range(side).map(() => program.variable())
      program.row([...uses, amount], [...uses.map(() => 1), -1], 0, 0)
      return range(side * side).map((node) => {
        const lines = [...new Set([Math.floor(node / side), node % side])]
        const variables = lines.map((line) => uses[line] as number)
        return { variables, factors: variables.map(() => 1) }
      })
    },
  }
  return set
}

function cross(side: number, place: number): Int32Array {
  const row = range(side, place * side)
  return members(new Set([...row, ...row.map((_, at) => at * side + place)]))
}

/** Above this the sets of lines are not tabled. */
const MOST_TABLED = 18

/**
 * What meets every quorum: node (i, j) meets those of i and of j, so it is a cover of i = 1, ...,
 * `side` by pairs and single ones. Half as many nodes as lines are enough, so that the resilience
 * is half of what the grid with all pairs of lines has.
 */
function hittingCrosses(
  side: number,
  quorums: () => readonly Int32Array[],
  dual: QuorumSet,
): QuorumSet {
  let made: QuorumSet | undefined
  const list = (): QuorumSet => (made ??= listOfQuorums(quorums(), side * side).dual())
  const set: QuorumSet = {
    size: side * side,
    structure: 'dual of a grid of row i with column i',
    formula: () => list().formula(),
    holds: (alive) =>
      range(side).every((place) => {
        for (let at = 0; at < side; at++) {
          if (alive[place * side + at] || alive[at * side + place]) return true
        }
        return false
      }),
    cheapest: (prices) => {
      const pairs = commonValue(prices) === undefined ? leastCover(side, prices) : paired(side)
      if (pairs === undefined) return list().cheapest(prices)
      return priced(members(pairs), prices, set)
    },
    dual: () => dual,
    minimalQuorums: () => list().minimalQuorums(),
    failure: (down) => toChance(crossesStanding(side, down, 'down').yes),
  }
  return set
}

/** Each even line with the next one, and the last one alone if they are odd in number. */
function paired(side: number): number[] {
  return range(Math.ceil(side / 2)).map((pair) => {
    return 2 * pair * side + Math.min(2 * pair + 1, side - 1)
  })
}

/** The first line that is not yet covered is covered in the best way, for each set of lines. */
function leastCover(side: number, prices: ArrayLike<number>): number[] | undefined {
  if (side > MOST_TABLED) return undefined
  const price = (node: number): number => prices[node] as number
  const cheaper = (line: number, other: number): number => {
    const [one, two] = [line * side + other, other * side + line]
    return price(two) < price(one) ? two : one
  }
  const all = 2 ** side - 1
  const least = new Float64Array(all + 1)
  const partner = new Int8Array(all + 1)
  for (let covered = all - 1; covered >= 0; covered--) {
    const line = 31 - Math.clz32(~covered & -~covered)
    least[covered] = Infinity
    for (let other = 0; other < side; other++) {
      const after = covered | (1 << line) | (1 << other)
      const sum = (least[after] as number) + price(cheaper(line, other))
      if (sum >= (least[covered] as number)) continue
      least[covered] = sum
      partner[covered] = other
    }
  }
  const nodes: number[] = []
  for (let covered = 0; covered !== all;) {
    const line = 31 - Math.clz32(~covered & -~covered)
    const other = partner[covered] as number
    nodes.push(cheaper(line, other))
    covered |= (1 << line) | (1 << other)
  }
  return nodes
}
