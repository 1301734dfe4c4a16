import { Meter } from '../../core/budget.ts'
import { UserError } from '../../core/user-error.ts'
import { counted } from '../../core/wording.ts'
import { node } from '../expression.ts'
import { load } from '../load/load.ts'
import type { Load } from '../load/load.ts'
import { failureProbability } from '../metrics/failure-probability.ts'
import type { FailureProbability } from '../metrics/failure-probability.ts'
import type { Obtained } from '../obtained.ts'
import type { Rational } from '../rational.ts'
import { quorumSystem } from '../system.ts'
import type { QuorumSystem } from '../system.ts'
import { AllSystems } from './all-systems.ts'
import { bestNamed } from './best-named.ts'
import { leastPossible } from './least-possible.ts'
import type { LeastPossible } from './least-possible.ts'
import { MOST_NODES, questionOf } from './question.ts'
import type { BestOptions, Objective, Question, Scope } from './question.ts'
import { isBetter } from './rank.ts'
import { MOST_FOR_FAILURES, ReadOnceSearch } from './read-once-search.ts'
import { written, writtenOut } from './written.ts'

/** The best system found, what it is worth, and how sure it is that there is no better one. */
export interface Best extends Obtained {
  readonly system: QuorumSystem
  /** The system as `parseSystem` reads it: of an expression, writes are what meets its reads. */
  readonly text: string
  readonly objective: Objective
  /** What was optimised, by the best strategy within the limits; less is better. */
  readonly value: number
  /** Where it is known as a fraction. */
  readonly exact: Rational | undefined
  /** What it is proven to be the best of; `undefined` if the budget ran out before that. */
  readonly bestOf: Scope | undefined
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
  const among = scopeOf(question, options)
  const budget = { seconds: DEFAULT_SECONDS, ...options.budget }
  const least = leastPossible(question)
  if (least.value === Infinity) throw nothingFound(question, true, budget.seconds)
  const kept = await secondsForFacts()
  const spent = (performance.now() - started) / 1000
  const seconds = Math.max(budget.seconds / 4, budget.seconds - spent - kept)
  const meter = new Meter({ ...budget, seconds })
  const found =
    among !== 'read-once expressions'
      ? bestOfAll(question, among, meter, options)
      : await bestReadOnce(question, least, meter, options)
  if (found.system === undefined) throw nothingFound(question, found.finished, budget.seconds)
  const { system, finished, exact, looked, solved, method } = found
  const value = exact?.toNumber() ?? found.value
  const proven = exact !== undefined && least.isReachedBy(exact)
  const bestOf = proven ? 'all read-write systems' : finished ? among : undefined
  return {
    ...(await factsOf(question, system, options, found.load)),
    system,
    text: found.text ?? system.name,
    objective: question.objective,
    value,
    exact,
    bestOf,
    quality: bestOf === 'all read-write systems' ? 'exact' : 'bounds',
    method: proven && !finished ? `${method}; no system can be better than that` : method,
    lower: bestOf === 'all read-write systems' ? value : least.value,
    looked,
    solved,
    seconds: (performance.now() - started) / 1000,
  }
}

/** What a search ends with. */
interface Outcome {
  readonly system: QuorumSystem | undefined
  /** Where the name of the system does not tell its nodes. */
  readonly text?: string
  /** Where it is known already. */
  readonly load?: Load
  readonly value: number
  readonly exact: Rational | undefined
  readonly finished: boolean
  readonly looked: number
  readonly solved: number
  readonly method: string
}

function scopeOf({ size, failures }: Question, { among }: BestOptions): Scope {
  const scope = among ?? (size <= MOST_FOR_ALL ? 'all read-write systems' : 'read-once expressions')
  const hint = `'read-once expressions', on up to ${MOST_NODES} nodes`
  if (scope !== 'read-once expressions' && size > MOST_FOR_ALL) {
    const what = scope === 'coteries' ? scope : 'systems'
    throw new UserError(`all ${what} on ${size} nodes are too many to be looked at`, { hint })
  }
  if (failures > 0 && size > MOST_FOR_FAILURES) {
    throw new UserError(`strategies that outlive failures are not searched on ${size} nodes`, {
      hint: `up to ${MOST_FOR_FAILURES} nodes, or load() of a system with failures: ${failures}`,
    })
  }
  return scope
}

/**
 * How long the exact facts about what is found may take: several times as long as those about a
 * small system take now. The solver is started by that, which takes longer than using it.
 */
async function secondsForFacts(): Promise<number> {
  const started = performance.now()
  const [a, b, c, d] = [1, 2, 3, 4].map((i) => node(`n${i}`, { capacity: i }))
  const reads = a && b && c && d && a.or(b).and(c.or(d))
  if (reads !== undefined) await load(quorumSystem({ reads }), { readFraction: '1/3' })
  return Math.max(0.15, (4 * (performance.now() - started)) / 1000)
}

function bestOfAll(
  question: Question,
  among: Scope,
  meter: Meter,
  { progress }: BestOptions,
): Outcome {
  const search = new AllSystems(question, among === 'coteries')
  const finished = search.search(meter, () =>
    progress?.(`${counted(search.looked, 'system')} looked at`),
  )
  const { best: found, looked, solved } = search
  const nodes = question.nodes.map((own) => node(own))
  const kind = among === 'coteries' ? 'self-dual monotone functions' : 'monotone functions'
  return {
    system: found && quorumSystem({ reads: written(found.reads, nodes) }),
    value: found?.value ?? Infinity,
    exact: found?.exact(),
    finished,
    looked,
    solved,
    method: finished
      ? `all ${kind}, by prices and up to renaming of alike nodes`
      : `${kind}, until the budget ran out`,
  }
}

async function bestReadOnce(
  question: Question,
  least: LeastPossible,
  meter: Meter,
  options: BestOptions,
): Promise<Outcome> {
  const named =
    options.among === undefined ? await bestNamed(question, meter.rest.seconds ?? 0) : undefined
  const search = new ReadOnceSearch(question)
  const value = named?.best?.exact()
  const settled = value !== undefined && least.isReachedBy(value)
  // Nothing beats that; a little time is left for what has the same value and outlives more.
  const rest = settled
    ? new Meter({ ...meter.rest, seconds: Math.min(1, meter.rest.seconds ?? 1) })
    : meter
  const finished = search.search(rest, () =>
    options.progress?.(`${counted(search.looked, 'expression')} looked at`),
  )
  const { best: tree, looked, solved } = search
  const outcome = { finished, looked: looked + (named?.looked ?? 0), solved }
  if (named?.best !== undefined && (tree === undefined || isBetter(named.best, tree))) {
    const { system, value, exact, load: known } = named.best
    const load = known?.quality === 'exact' ? { load: known } : {}
    const text = typeof options.nodes === 'number' ? system.name : writtenOut(system)
    return { ...outcome, ...load, system, text, value, exact: exact(), method: 'named families' }
  }
  const nodes = question.nodes.map((own) => node(own))
  return {
    ...outcome,
    system: tree && quorumSystem({ reads: tree.reads(nodes) }),
    value: tree?.value ?? Infinity,
    exact: tree?.exact(),
    method: finished
      ? 'all read-once expressions up to renaming of alike nodes, and named families'
      : 'read-once expressions, simple ones first, and named families, until the budget ran out',
  }
}

type Facts = Pick<Best, 'load' | 'resilience' | 'smallestQuorum' | 'failureProbability'>

async function factsOf(
  question: Question,
  system: QuorumSystem,
  { readFraction = '1/2', down = '1/10' }: BestOptions,
  known: Load | undefined,
): Promise<Facts> {
  const { failures } = question
  const size = (side: QuorumSystem['reads']): number =>
    side.cheapest(new Float64Array(system.size).fill(1)).members.length
  const [read, write] = [size(system.reads), size(system.writes)]
  const [readDual, writeDual] =
    system.reads === system.writes
      ? [size(system.reads.dual()), size(system.reads.dual())]
      : [size(system.reads.dual()), size(system.writes.dual())]
  return {
    load: known ?? (await load(system, { readFraction, failures })),
    smallestQuorum: { read, write },
    resilience: {
      read: readDual - 1,
      write: writeDual - 1,
      both: Math.min(readDual, writeDual) - 1,
    },
    failureProbability: failureProbability(system, { down }),
  }
}

function nothingFound(question: Question, finished: boolean, seconds: number): UserError {
  const limits = Object.entries(question.limits).map(
    ([name, limit]) => `${name} <= ${limit.toString()}`,
  )
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
