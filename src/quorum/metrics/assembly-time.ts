import { Meter } from '../../core/budget.ts'
import type { Budget } from '../../core/budget.ts'
import { UserError } from '../../core/user-error.ts'
import type { Obtained } from '../obtained.ts'
import { Rational } from '../rational.ts'
import { systemOf } from '../system.ts'
import type { QuorumSystem } from '../system.ts'
import { binomials, countsOf, isFlat } from './live-set-counts.ts'
import { failureProbability } from './failure-probability.ts'
import { sidesOf } from './sides.ts'
import type { Side } from './sides.ts'
import { readOnceTree } from './tree-odds.ts'

/**
 * The mean time until the nodes that have answered contain a quorum, when all are asked at once and
 * each answers after an independent, exponentially distributed time with mean 1.
 */
export interface AssemblyTime extends Obtained {
  readonly value: number
  readonly exact?: Rational
  readonly lower: number
  readonly upper: number
}

/** From step to step of the sum that bounds the mean where live sets cannot be counted. */
const RATIO = 0.99
/** Below this the sum ends. */
const LEAST_REST = 1e-4
/** The live sets of more nodes are not counted for it. */
const MOST_COUNTED = 300
/** Sums of more fractions are not worth their digits. */
const LONGEST_FRACTION = 1_000

/** @throws UserError where neither the time nor bounds of it can be had within the budget. */
export function assemblyTime(
  system: QuorumSystem,
  options: { readonly side?: Side; readonly budget?: Budget } = {},
): AssemblyTime {
  const side = options.side ?? 'both'
  const sides = sidesOf(system, side)
  const { size } = system
  const tree = sides.length === 1 ? readOnceTree(sides[0]!) : undefined
  if (tree !== undefined && isFlat(tree, size)) {
    return flatTime(size, tree.need[tree.vertices - 1]!)
  }
  const meter = new Meter({ seconds: 20, ...options.budget })
  const found = size > MOST_COUNTED ? undefined : countsOf(sides, meter)
  if (found === undefined) return boundedTime(system, side, options.budget ?? {})
  // With i answers, the next one takes 1 / (n - i) on average; it is waited for unless the i that
  // have answered, which are any i nodes, contain a quorum.
  let sum = Rational.zero
  const all = binomials(size)
  for (let answers = 0; answers < size; answers++) {
    const count = all[answers]!
    const missing = Rational.of(count - found.counts[answers]!, count)
    sum = sum.plus(missing.over(Rational.from(size - answers)))
  }
  return exactly(sum, `${found.method}, by the number of live sets`)
}

function exactly(exact: Rational, method: string): AssemblyTime {
  const value = exact.toNumber()
  return { value, exact, lower: value, upper: value, quality: 'exact', method }
}

/** The mean of the `need`-th of `size` answers: 1/size + 1/(size - 1) + ... */
function flatTime(size: number, need: number): AssemblyTime {
  if (need <= LONGEST_FRACTION) return exactly(lastAnswers(size, need), 'closed form')
  let value = 0
  for (let answers = need - 1; answers >= 0; answers--) value += 1 / (size - answers)
  return { value, lower: value, upper: value, quality: 'exact', method: 'closed form' }
}

function lastAnswers(size: number, need: number): Rational {
  // Summed in halves, so that the fractions stay short for as long as possible.
  const sum = (from: number, to: number): Rational => {
    if (to - from === 1) return Rational.of(1n, BigInt(size - from))
    const middle = (from + to) >> 1
    return sum(from, middle).plus(sum(middle, to))
  }
  return sum(0, need)
}

/**
 * The mean is the integral of F(q) / q over q from 0 to 1: at time t a node has not answered with
 * the probability q = e^-t. F grows with q, so the sums of its values at the ends of small steps
 * are bounds.
 */
function boundedTime(system: QuorumSystem, side: Side, budget: Budget): AssemblyTime {
  const { name, size, reads, writes } = system
  const bare = systemOf({ name, size, reads, writes })
  const meter = new Meter({ seconds: 20, ...budget })
  // Steps of equal ratio: 1 / q is the derivative of log q.
  const width = -Math.log(RATIO)
  let lower = 0
  let upper = 0
  let before = 1
  let rest = Infinity
  let steps = 0
  for (let down = RATIO; rest > LEAST_REST; down *= RATIO, steps++) {
    if (!meter.look()) {
      throw new UserError('the time to assemble a quorum takes too long to bound', {
        hint: 'more time, or a system of fewer nodes',
      })
    }
    const here = failureProbability(bare, { down, side, budget })
    upper += before * width
    lower += here.lower * width
    before = here.upper
    // For u below q, F(u) is at most F(q), and at most n u, because some node has to be down.
    rest = before === 0 ? 0 : before * (1 + Math.max(0, Math.log((size * down) / before)))
  }
  upper += rest
  const value = (lower + upper) / 2
  return { value, lower, upper, quality: 'bounds', method: `sum of ${steps} steps` }
}
