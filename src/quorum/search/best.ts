import { Meter } from '../../core/budget.ts'
import { UserError } from '../../core/user-error.ts'
import { counted } from '../../core/wording.ts'
import { node } from '../expression.ts'
import { highs } from '../load/highs.ts'
import { load } from '../load/load.ts'
import type { Load } from '../load/load.ts'
import { failureProbability } from '../metrics/failure-probability.ts'
import type { FailureProbability } from '../metrics/failure-probability.ts'
import type { Obtained } from '../obtained.ts'
import type { Rational } from '../rational.ts'
import { quorumSystem } from '../system.ts'
import type { QuorumSystem } from '../system.ts'
import { AllSystems } from './all-systems.ts'
import { leastPossible } from './least-possible.ts'
import { questionOf } from './question.ts'
import type { BestOptions, Objective, Question } from './question.ts'
import { written } from './written.ts'

/** The best system found, what it is worth, and how sure it is that there is no better one. */
export interface Best extends Obtained {
  readonly system: QuorumSystem
  /** The read quorums as `parseSystem` reads them; writes are whatever meets them. */
  readonly text: string
  readonly objective: Objective
  /** What was optimised, by the best strategy within the limits; less is better. */
  readonly value: number
  /** Where it is known as a fraction. */
  readonly exact: Rational | undefined
  /**
   * What the system is proven to be the best of. `undefined`: the budget ran out before all of
   * them were excluded, and there may be better ones down to `lower`.
   */
  readonly bestOf: 'all read-write systems' | 'read-once expressions' | undefined
  /** No read-write system on these nodes has a lower value. */
  readonly lower: number
  /** The load with a strategy for nothing but load. */
  readonly load: Load
  readonly resilience: { readonly read: number; readonly write: number; readonly both: number }
  readonly smallestQuorum: { readonly read: number; readonly write: number }
  /** That no read quorum or no write quorum is alive. */
  readonly failureProbability: FailureProbability
  /** Systems that were looked at, and those that took a linear program of their own. */
  readonly looked: number
  readonly solved: number
  readonly seconds: number
}

/** The most nodes on which all systems can be looked at. */
export const MOST_FOR_ALL = 6

const DEFAULT_SECONDS = 10

/**
 * The best quorum system for a job. On up to 6 nodes it is the best of all read-write systems: any
 * monotone read quorums, and as write quorums whatever meets them. On more it is the best
 * expression in which each node stands once, or a named family if one is better. When the budget
 * runs out it is the best that was found, and says so.
 *
 * @throws UserError if no system does what is asked, or none was found within the budget.
 */
export async function best(options: BestOptions): Promise<Best> {
  const started = performance.now()
  const question = questionOf(options)
  const budget = { seconds: DEFAULT_SECONDS, ...options.budget }
  const meter = new Meter({ ...budget, seconds: forSearch(budget.seconds) })
  // Starting the solver takes longer than using it, so that is done while there is time.
  await highs()
  const search = new AllSystems(question)
  const finished = search.search(meter, () =>
    options.progress?.(`${counted(search.looked, 'system')} looked at`),
  )
  const { best: found, looked, solved } = search
  if (found === undefined) throw nothingFound(question, finished, budget.seconds)
  const nodes = question.nodes.map((own) => node(own))
  const reads = written(found.reads, nodes)
  const system = quorumSystem({ reads })
  const facts = await factsOf(question, system, options)
  const exact = found.exact()
  return {
    ...facts,
    system,
    text: system.name,
    objective: question.objective,
    value: exact?.toNumber() ?? found.value,
    exact,
    bestOf: finished ? 'all read-write systems' : undefined,
    quality: finished ? 'exact' : 'bounds',
    method: finished
      ? 'all monotone functions, by prices and up to renaming of alike nodes'
      : 'monotone functions, until the budget ran out',
    lower: finished ? (exact?.toNumber() ?? found.value) : leastPossible(question),
    looked,
    solved,
    seconds: (performance.now() - started) / 1000,
  }
}

/** Something is kept for the exact facts about what was found. */
function forSearch(seconds: number): number {
  return Math.max(seconds * 0.5, seconds - 0.4)
}

type Facts = Pick<Best, 'load' | 'resilience' | 'smallestQuorum' | 'failureProbability'>

async function factsOf(
  question: Question,
  system: QuorumSystem,
  { readFraction = '1/2', down = '1/10' }: BestOptions,
): Promise<Facts> {
  const { failures } = question
  const size = (side: QuorumSystem['reads']): number =>
    side.cheapest(new Float64Array(system.size).fill(1)).members.length
  const [read, write] = [size(system.reads), size(system.writes)]
  return {
    load: await load(system, { readFraction, failures }),
    smallestQuorum: { read, write },
    // The smallest set that meets all quorums of one side is the smallest quorum of its dual.
    resilience: { read: write - 1, write: read - 1, both: Math.min(read, write) - 1 },
    failureProbability: failureProbability(system, { down }),
  }
}

function nothingFound(question: Question, finished: boolean, seconds: number): UserError {
  const limits = Object.entries(question.limits).map(([name, limit]) => `${name} <= ${limit}`)
  const within = limits.length === 0 ? '' : ` with ${limits.join(', ')}`
  if (finished) {
    return new UserError(`no system on ${counted(question.size, 'node')}${within} does that`, {
      hint: 'a higher limit',
    })
  }
  return new UserError(`no system${within} was found in ${seconds} s`, {
    hint: 'a bigger budget, or higher limits',
  })
}
