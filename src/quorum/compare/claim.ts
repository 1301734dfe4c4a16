import { chanceText } from '../../core/number-text.ts'
import type { Outcome } from '../../core/verdict.ts'
import { load } from '../load/load.ts'
import { failureProbability } from '../metrics/failure-probability.ts'
import { resilience } from '../metrics/resilience.ts'
import { smallestQuorum } from '../metrics/smallest-quorum.ts'
import { Rational } from '../rational.ts'
import { parseSystem } from '../parse-system.ts'
import type { Rows } from './b-grid-limit.ts'
import { bGridFailureAtSize, bGridThreshold } from './b-grid-limit.ts'

/** `work` is the size of the smallest quorum, `failure` the probability that none is alive. */
export type Metric = 'work' | 'load' | 'resilience' | 'failure'

/** A statement that can be decided: plain data, systems as text. */
export type Claim =
  | {
      readonly type: 'value'
      readonly system: string
      readonly metric: Metric
      /** The probability that a node is down, for `failure`. */
      readonly down?: string
      /** Exactly: `17/81`. */
      readonly equals: string
    }
  | {
      /** The probability of failure tends to the limit, along systems of growing size. */
      readonly type: 'limit'
      readonly systems: readonly string[]
      readonly down: string
      readonly limit: 0 | 1
    }
  | {
      readonly type: 'b-grid limit'
      readonly rows: Rows
      readonly down: string
      readonly limit: 0 | 1
    }

/** What came out when a claim was checked. */
export interface ClaimFinding {
  readonly outcome: Outcome
  /** What was found, as a value or as a sequence of values. */
  readonly found: string
  readonly sentence: string
  /** How it was found. */
  readonly method: string
}

/** Nearer to its limit than this, and not going away, a sequence is taken to have arrived. */
const NEAR = 1e-3

/** Decides a claim. @throws UserError if a system in it cannot be understood. */
export async function checkClaim(claim: Claim): Promise<ClaimFinding> {
  switch (claim.type) {
    case 'value':
      return checkValue(claim)
    case 'limit':
      return checkLimit(claim)
    case 'b-grid limit':
      return checkBGridLimit(claim)
  }
}

async function checkValue(claim: Claim & { type: 'value' }): Promise<ClaimFinding> {
  const wanted = Rational.from(claim.equals)
  const { exact, lower, upper, text, method } = await measured(claim)
  const outcome = decided(wanted, exact, lower, upper)
  const name = `${claim.metric} of ${claim.system}`
  const sentence =
    outcome === 'unknown'
      ? `${name} is ${text}, which does not tell whether it is ${claim.equals}`
      : `${name} is ${text}${outcome === 'pass' ? '' : `, not ${claim.equals}`}`
  return { outcome, found: text, sentence, method }
}

interface Value {
  readonly exact: Rational | undefined
  readonly lower?: Rational
  readonly upper?: Rational
  readonly text: string
  readonly method: string
}

async function measured({ system: text, metric, down }: Claim & { type: 'value' }): Promise<Value> {
  const system = parseSystem(text)
  switch (metric) {
    case 'work': {
      const { read, write, method } = smallestQuorum(system)
      return whole(Math.min(read, write), method)
    }
    case 'resilience': {
      const { both, method } = resilience(system)
      return whole(both, method)
    }
    case 'load': {
      const { exact, lower, upper, value, method } = await load(system)
      return { exact, lower, upper, text: exact?.toString() ?? String(value), method }
    }
    case 'failure': {
      const { exact, value, method } = failureProbability(system, { down: down ?? '1/10' })
      return { exact, text: exact?.toString() ?? String(value), method }
    }
  }
}

function whole(value: number, method: string): Value {
  return { exact: Rational.from(value), text: String(value), method }
}

function decided(
  wanted: Rational,
  exact: Rational | undefined,
  lower: Rational | undefined,
  upper: Rational | undefined,
): Outcome {
  if (exact !== undefined) return exact.equals(wanted) ? 'pass' : 'fail'
  if (lower !== undefined && lower.compare(wanted) > 0) return 'fail'
  return upper !== undefined && upper.compare(wanted) < 0 ? 'fail' : 'unknown'
}

function checkLimit({ systems, down, limit }: Claim & { type: 'limit' }): ClaimFinding {
  const failures = systems.map((text) => failureProbability(parseSystem(text), { down }))
  const found = failures
    .map((failure, at) => `${chanceText(failure, 2)} for ${systems[at] ?? ''}`)
    .join(', ')
  const arrived = near(failures, limit)
  const open = failures.some(({ quality }) => quality !== 'exact')
  const tends = arrived ? `tends to ${limit}` : `does not tend to ${limit}`
  return {
    // Bounds that a budget left wide tell nothing of where a sequence goes.
    outcome: open ? 'unknown' : arrived ? 'pass' : 'fail',
    found,
    sentence: open
      ? `the probability of failure at p = ${down} was not found in time: ${found}`
      : `the probability of failure at p = ${down} ${tends}: ${found}`,
    method: failures[0]?.method ?? '',
  }
}

/** log10 of the nodes a side; the last is where every limit has been reached. */
const SIZES = [1, 2, 4, 10, 20, 1e5]

function checkBGridLimit(claim: Claim & { type: 'b-grid limit' }): ClaimFinding {
  const { rows, limit } = claim
  const down = Rational.from(claim.down).toNumber()
  const failures = SIZES.map((log10D) => bGridFailureAtSize(rows, log10D, down))
  const found = failures
    .map((failure, at) => `${chanceText(failure, 2)} at n = 1e${2 * (SIZES[at] ?? 0)}`)
    .join(', ')
  const threshold = bGridThreshold(rows)
  const arrived = near(failures, limit)
  // The theorem and the formula have to agree, else neither is to be believed.
  const predicted = down < threshold === (limit === 0)
  const outcome = arrived === predicted ? (arrived ? 'pass' : 'fail') : 'unknown'
  const side = down < threshold ? 'below' : 'not below'
  return {
    outcome,
    found,
    sentence: `with r = ${rows} and p = ${claim.down}, ${side} ${threshold.toFixed(4)}: ${found}`,
    method: 'closed form',
  }
}

function near(failures: readonly { readonly value: number }[], limit: 0 | 1): boolean {
  const away = failures.slice(-2).map(({ value }) => Math.abs(value - limit))
  const [before = 1, last = 1] = away
  return last <= NEAR && last <= before
}
