import { UserError } from '../../core/user-error.ts'
import type { Down } from '../quorum-set.ts'
import type { State } from './cases.ts'
import { commonValue, range } from './combinations.ts'
import { binomialSteps, massAt, noMasses, setMass, stepped, totalMass } from './counted-masses.ts'
import { alive, both, every, not } from './likelihood.ts'
import type { Likelihood } from './likelihood.ts'
import { NOTHING, plus, times, toNumber, wide, WHOLE } from './wide-number.ts'

/** With nodes of their own probabilities there may be this many rows. */
const MOST_ROWS = 16

/**
 * How likely it is that for some i all of row i and of column i are alive, or all down. Nodes
 * (i, j) and (j, i) are an edge between lines i and j, and node (i, i) a loop: the question is
 * whether each line has a bad edge or loop. Lines are looked at one by one; a bad edge to a later
 * line spoils that too. Every term is positive, unlike those of inclusion and exclusion,
 * sum of (-1)^j C(k, j) p^(2jk - j^2).
 */
export function crossesStanding(side: number, down: Down, state: State): Likelihood {
  const common = commonValue(down)
  const node = (probability: number): Likelihood =>
    state === 'alive' ? alive(probability) : not(alive(probability))
  if (common !== undefined) return alikeNodes(side, node(common))
  if (side > MOST_ROWS) {
    throw new UserError(
      `${side} rows and columns whose nodes have different failure probabilities are too many ` +
        `for an exact failure probability: there may be ${MOST_ROWS}`,
      { hint: 'one probability for all nodes, which is exact for more' },
    )
  }
  return anyNodes(side, (row, column) => {
    return node((down as Float64Array)[row * side + column] as number)
  })
}

/**
 * By the number of lines that are not yet spoilt, of those that are still to come. The next one is
 * always one of these; once there is none, each line is spoilt.
 */
function alikeNodes(side: number, node: Likelihood): Likelihood {
  const edge = both(node, node)
  const good = range(side + 1).map((count) => every(edge, count))
  const goodLine = good.map((edges) => both(node, edges))
  const spoilt = binomialSteps(edge, side - 1)
  // At the number of unspoilt lines without the one that is next.
  let masses = noMasses(side - 1)
  setMass(masses, side - 1, WHOLE)
  let yes = NOTHING
  let no = NOTHING
  for (let left = side; left > 0; left--) {
    const isolated = (goodLine[left - 1] as Likelihood).yes
    yes = plus(yes, times(totalMass(masses, 0), isolated))
    // Where no other unspoilt line is hit, a spoilt one or the loop must be.
    const stays = range(side).map((others) => {
      const hit = goodLine[Math.max(left - 1 - others, 0)] as Likelihood
      return times((good[others] as Likelihood).yes, hit.no)
    })
    const after = stepped(masses, spoilt, stays, 0)
    no = plus(no, massAt(after, 0))
    masses = { parts: shiftedDown(after.parts), twos: shiftedDown(after.twos) }
  }
  return { yes, no }
}

function shiftedDown<Numbers extends Float64Array | Int32Array>(numbers: Numbers): Numbers {
  const result = numbers.slice()
  result.copyWithin(0, 1)
  result[result.length - 1] = 0
  return result as Numbers
}

/** As above, with the set of the lines that are not yet spoilt; the last line first. */
function anyNodes(side: number, node: (row: number, column: number) => Likelihood): Likelihood {
  let masses = new Float64Array(2 ** side)
  masses[masses.length - 1] = 1
  let yes = 0
  for (let line = side - 1; line >= 0; line--) {
    const edges = range(line).map((other) => both(node(line, other), node(other, line)))
    const loop = node(line, line)
    const size = 2 ** line
    // Masses of sets of earlier lines, where this line is spoilt already, and where it is not.
    const spoilt = masses.slice(0, size)
    const hit = new Float64Array(size)
    const unhit = masses.slice(size, 2 * size)
    edges.forEach((edge, other) => {
      const [good, bad] = [toNumber(edge.yes), toNumber(edge.no)]
      for (let set = 0; set < size; set++) {
        if ((set & (1 << other)) === 0) continue
        const without = set ^ (1 << other)
        spoilt[without] = (spoilt[without] as number) + (spoilt[set] as number) * bad
        spoilt[set] = (spoilt[set] as number) * good
        const mass = (hit[set] as number) + (unhit[set] as number)
        hit[without] = (hit[without] as number) + mass * bad
        hit[set] = (hit[set] as number) * good
        unhit[set] = (unhit[set] as number) * good
      }
    })
    for (let set = 0; set < size; set++) {
      const rest = edges.reduce((all, edge, other) => {
        return (set & (1 << other)) === 0 ? both(all, edge) : all
      }, loop)
      const mass = unhit[set] as number
      yes += mass * toNumber(rest.yes)
      hit[set] = (hit[set] as number) + mass * toNumber(rest.no) + (spoilt[set] as number)
    }
    masses = hit
  }
  return { yes: wide(yes), no: wide(masses[0] as number) }
}
