import { UserError } from '../../core/user-error.ts'
import { load } from '../load/load.ts'
import type { Load } from '../load/load.ts'
import { failureProbability } from '../metrics/failure-probability.ts'
import { Rational } from '../rational.ts'
import type { QuorumSystem } from '../system.ts'
import { namedSystems } from './named-systems.ts'
import type { Question } from './question.ts'
import { isBetter } from './rank.ts'
import type { Ranked } from './rank.ts'

export interface RankedSystem extends Ranked {
  readonly system: QuorumSystem
  /** Where it was the load that counted. */
  readonly load?: Load
}

/** Of the time for the search, families may take this part. */
const PART = 0.3

/**
 * The best system of a named family. Only where the value needs no strategy between limits: those
 * are weighed up in the other searches alone.
 */
export async function bestNamed(
  question: Question,
  seconds: number,
): Promise<{ readonly best: RankedSystem | undefined; readonly looked: number }> {
  const { limits, objective } = question
  let best: RankedSystem | undefined
  let looked = 0
  if (Object.keys(limits).length > 0 || objective === 'latency') return { best, looked }
  const deadline = performance.now() + seconds * 1000 * PART
  for (const system of namedSystems(question)) {
    if (performance.now() > deadline) break
    looked++
    const ranked = await rankedSystem(question, system, deadline)
    if (ranked !== undefined && (best === undefined || isBetter(ranked, best))) best = ranked
  }
  return { best, looked }
}

async function rankedSystem(
  question: Question,
  system: QuorumSystem,
  deadline: number,
): Promise<RankedSystem | undefined> {
  const { resilience, failures, objective, reading, workload } = question
  const size = (side: QuorumSystem['reads']): number =>
    side.cheapest(new Float64Array(system.size).fill(1)).members.length
  const read = size(system.reads.dual()) - 1
  const write = system.reads === system.writes ? read : size(system.writes.dual()) - 1
  if (read < resilience.read || write < resilience.write) return undefined
  const failure = failureProbability(system, { down: question.down[0] ?? Rational.zero })
  const ranked = { system, resilience: Math.min(read, write), failure: failure.value }
  if (objective === 'failure') {
    return { ...ranked, value: failure.value, exact: () => failure.exact }
  }
  if (objective === 'network') {
    const writing = Rational.one.minus(reading)
    const exact = reading
      .times(Rational.from(size(system.reads)))
      .plus(writing.times(Rational.from(size(system.writes))))
    return { ...ranked, value: exact.toNumber(), exact: () => exact }
  }
  const seconds = Math.max(0.01, (deadline - performance.now()) / 1000)
  try {
    const found = await load(system, { readFraction: workload, failures, budget: { seconds } })
    return { ...ranked, load: found, value: found.value, exact: () => found.exact }
  } catch (error) {
    // There was no time for this one.
    if (error instanceof UserError) return undefined
    throw error
  }
}
