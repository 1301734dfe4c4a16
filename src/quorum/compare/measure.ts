import type { Budget } from '../../core/budget.ts'
import { UserError } from '../../core/user-error.ts'
import type { Load } from '../load/load.ts'
import { load } from '../load/load.ts'
import type { Distribution } from '../load/workload.ts'
import { workloadOf } from '../load/workload.ts'
import type { FailureProbability } from '../metrics/failure-probability.ts'
import { failureProbability } from '../metrics/failure-probability.ts'
import type { Resilience } from '../metrics/resilience.ts'
import { resilience } from '../metrics/resilience.ts'
import type { SmallestQuorum } from '../metrics/smallest-quorum.ts'
import { smallestQuorum } from '../metrics/smallest-quorum.ts'
import { Rational } from '../rational.ts'
import type { RationalLike } from '../rational.ts'
import type { QuorumSystem } from '../system.ts'
import { loadBound } from './bound.ts'

/** Under which circumstances systems are measured. */
export interface Circumstances {
  /** Reads among all operations, or a distribution of it. Default: 1/2. */
  readonly readFraction?: RationalLike | Distribution
  /** That a node is down which has no probability of its own. Default: 1/10. */
  readonly down?: RationalLike
  /** That a zone is down with all its nodes. */
  readonly zones?: Readonly<Record<string, RationalLike>>
  /** For each number. */
  readonly budget?: Budget
}

/** A number that could not be had within the bounds, and what can be done instead. */
export interface Refusal {
  readonly refused: UserError
}

/** What is to be known of a system before one decides for it. */
export interface Measures {
  readonly system: QuorumSystem
  readonly smallest: SmallestQuorum | Refusal
  readonly load: Load | Refusal
  /** No system on these nodes has a lower load. */
  readonly bound: number
  readonly resilience: Resilience | Refusal
  readonly failure: FailureProbability | Refusal
}

/** Measures a system. Numbers that are out of reach are refused one by one. */
export async function measure(
  system: QuorumSystem,
  { readFraction = '1/2', down = '1/10', zones = {}, budget = {} }: Circumstances = {},
): Promise<Measures> {
  const mixed = workloadOf(readFraction).map(
    ({ fraction, weight }) => weight.toNumber() * loadBound(system, fraction.toNumber()),
  )
  return {
    system,
    smallest: attempt(() => smallestQuorum(system, { budget })),
    load: await attemptLong(() => load(system, { readFraction, budget })),
    bound: mixed.reduce((sum, part) => sum + part, 0),
    resilience: attempt(() => resilience(system, { budget })),
    failure: attempt(() => failureProbability(system, { down, zones, budget })),
  }
}

export function isRefused(value: object): value is Refusal {
  return 'refused' in value
}

/** Only what the user can do something about is a refusal; a fault of ours stays one. */
export function attempt<Value>(find: () => Value): Value | Refusal {
  try {
    return find()
  } catch (error) {
    if (error instanceof UserError) return { refused: error }
    throw error
  }
}

export async function attemptLong<Value>(find: () => Promise<Value>): Promise<Value | Refusal> {
  try {
    return await find()
  } catch (error) {
    if (error instanceof UserError) return { refused: error }
    throw error
  }
}

/** The mean share of reads, for what depends on it alone. */
export function meanReads(readFraction: RationalLike | Distribution): Rational {
  return workloadOf(readFraction).reduce(
    (sum, { fraction, weight }) => sum.plus(fraction.times(weight)),
    Rational.zero,
  )
}
