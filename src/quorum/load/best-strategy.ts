import { Meter } from '../../core/budget.ts'
import { UserError } from '../../core/user-error.ts'
import type { Obtained } from '../obtained.ts'
import { Rational } from '../rational.ts'
import type { RationalLike } from '../rational.ts'
import type { QuorumSet } from '../quorum-set.ts'
import type { QuorumSystem } from '../system.ts'
import { GeneratedQuorums } from './column-generation.ts'
import { leastCommonMultiple, near } from './fractions.ts'
import { highs } from './highs.ts'
import { load, survivingSides } from './load.ts'
import type { LoadOptions } from './load.ts'
import { LoadProgram } from './load-program.ts'
import { isOptimal } from './optimality.ts'
import { MOST_BITS, blockOf, fewQuorums, strategyAt } from './programmed-load.ts'
import type { Block } from './side-blocks.ts'
import { SolvedProgram } from './solved-program.ts'
import type { Strategy } from './strategy.ts'
import {
  meanFraction,
  meanLoad,
  networkLoad,
  quorumLatency,
  strategyLatency,
  usesOf,
} from './strategy-facts.ts'
import { workloadOf } from './workload.ts'

/** What a strategy is to be best in, and within which limits. */
export interface StrategyOptions extends LoadOptions {
  /** What is to be least. Default: `load`. */
  readonly optimise?: 'load' | 'network' | 'latency'
  /** The mean load of the busiest node may not be more. */
  readonly loadLimit?: RationalLike
  /** Operations may not contact more nodes on average. */
  readonly networkLimit?: RationalLike
  /** Operations may not wait longer for a quorum on average. */
  readonly latencyLimit?: RationalLike
}

/** A strategy with what it achieves, all on average over the workload. */
export interface BestStrategy extends Obtained {
  readonly strategy: Strategy
  readonly load: Rational
  /** Nodes contacted per operation. */
  readonly network: Rational
  /** Time until a quorum has answered; `undefined` where quorums are too many to be listed. */
  readonly latency: Rational | undefined
}

type Aim = 'load' | 'network' | 'latency'

interface Question {
  readonly system: QuorumSystem
  /** The same with the quorums that survive the failures. */
  readonly sides: QuorumSystem
  readonly options: StrategyOptions
  readonly aim: Aim
  readonly limits: ReadonlyMap<Aim, Rational>
}

/**
 * The strategy with the least load, network load or latency, while the others keep to limits.
 * Strategies are over minimal quorums.
 *
 * @throws UserError where no strategy keeps to the limits; for latency also where quorums are too
 * many to be listed.
 */
export async function bestStrategy(
  system: QuorumSystem,
  options: StrategyOptions = {},
): Promise<BestStrategy> {
  const limits = new Map<Aim, Rational>()
  const given = [
    ['load', options.loadLimit],
    ['network', options.networkLimit],
    ['latency', options.latencyLimit],
  ] as const
  for (const [aim, limit] of given) if (limit !== undefined) limits.set(aim, Rational.from(limit))
  const aim = options.optimise ?? 'load'
  if (aim === 'load' && limits.size === 0) {
    const { strategy, quality, method } = await load(system, options)
    return { strategy, quality, method, ...facts(system, options, strategy, false) }
  }
  const sides = survivingSides(system, options.failures ?? 0)
  return solvedQuestion({ system, sides, options, aim, limits })
}

async function solvedQuestion(question: Question): Promise<BestStrategy> {
  const { system, sides, options, aim, limits } = question
  const solver = await highs()
  const meter = new Meter(options.budget)
  const workload = workloadOf(options.readFraction ?? Rational.of(1n, 2n))
  const program = new LoadProgram(system.nodes, workload)
  const timed = aim === 'latency' || limits.has('latency')
  const blocks = (['reads', 'writes'] as const).map((side) => {
    return timed ? listedBlock(program, side, sides[side]) : blockOf(program, side, sides[side])
  })
  // Quorums are generated for the load alone; for another aim others could be missing.
  if (!timed && blocks.some((block) => block instanceof GeneratedQuorums))
    throw tooMany(system.name)
  const costs = new Map(
    (['load', 'network', 'latency'] as const).map((one) => [
      one,
      one === aim || limits.has(one) ? costsOf(question, program, blocks, one) : undefined,
    ]),
  )
  for (const [one, limit] of limits) enterLimit(program, costs.get(one) ?? new Map(), limit)
  program.costs.clear()
  for (const [variable, cost] of costs.get(aim) ?? []) program.costs.set(variable, cost)
  const solved = new SolvedProgram(solver, program)
  try {
    const outcome = solved.solve(meter.rest.seconds ?? Infinity)
    if (outcome === 'infeasible') throw await outOfLimits(question)
    if (outcome === 'stopped') {
      throw new UserError(`no strategy for ${system.name} was found in the time allowed`, {
        hint: 'more time',
      })
    }
    const exact = solved.exact(MOST_BITS)
    if (exact === undefined || !isOptimal(program, exact)) {
      throw new UserError(`the best strategy for ${system.name} could not be proven to be one`, {
        hint: 'capacities, latencies and limits of fewer digits',
      })
    }
    const strategy = strategyAt(blocks, { ...exact.values, exact: true })
    const method = [...new Set(blocks.map((block) => block.method))].join(' and ')
    return { strategy, quality: 'exact', method, ...facts(system, options, strategy, timed) }
  } finally {
    solved.dispose()
  }
}

function facts(
  system: QuorumSystem,
  options: StrategyOptions,
  strategy: Strategy,
  timed: boolean,
): Pick<BestStrategy, 'load' | 'network' | 'latency'> {
  const readFraction = options.readFraction ?? Rational.of(1n, 2n)
  const workload = workloadOf(readFraction)
  const short = strategy.reads.form === 'quorums' && strategy.writes.form === 'quorums'
  return {
    load: meanLoad(system.nodes, usesOf(system, strategy), workload),
    network: networkLoad(system, strategy, readFraction),
    latency: timed || short ? strategyLatency(system, strategy, readFraction) : undefined,
  }
}

function listedBlock(program: LoadProgram, side: 'reads' | 'writes', set: QuorumSet) {
  const quorums = fewQuorums(set, MOST_LISTED)
  if (quorums === undefined) throw tooMany(`the ${side.slice(0, -1)} side`)
  return new GeneratedQuorums(program, side, set, quorums)
}

function tooMany(name: string): UserError {
  return new UserError(`${name} has more than ${MOST_LISTED} quorums, too many to list them`, {
    hint: 'load or network load of an expression in which each node stands once need no list',
  })
}

/** Where quorums have to be listed, there may be so many. */
const MOST_LISTED = 20_000

/** What each variable counts for the load, the network load or the latency. */
function costsOf(
  { system }: Question,
  program: LoadProgram,
  blocks: readonly Block[],
  aim: Aim,
): Map<number, Rational> {
  if (aim === 'load') {
    return new Map(
      program.loads.map((load, point) => [load, program.workload[point]?.weight ?? Rational.one]),
    )
  }
  const reading = meanFraction(program.workload)
  const costs = new Map<number, Rational>()
  for (const [place, side] of (['reads', 'writes'] as const).entries()) {
    const share = side === 'reads' ? reading : Rational.one.minus(reading)
    const block = blocks[place]
    if (aim === 'network') {
      for (const [variable, contacts] of program.contacts[side]) {
        costs.set(variable, share.times(Rational.of(contacts)))
      }
    } else if (block instanceof GeneratedQuorums) {
      for (const [variable, quorum] of block.entries) {
        costs.set(variable, share.times(quorumLatency(system, side, quorum)))
      }
    }
  }
  return costs
}

/** In whole numbers: the limit is the factor of a variable that is always 1. */
function enterLimit(
  program: LoadProgram,
  costs: ReadonlyMap<number, Rational>,
  limit: Rational,
): void {
  const common = leastCommonMultiple([limit, ...costs.values()].map((cost) => cost.denominator))
  const row = program.row(-Infinity, 0)
  const largest = [...costs.values()].reduce((most, cost) => Math.max(most, near(cost)), 0)
  program.rowScale[row] = 1 / (Number(common) * (largest > 0 ? largest : 1))
  for (const [variable, cost] of costs) {
    program.enter(variable, row, cost.numerator * (common / cost.denominator))
  }
  program.enter(program.variable(1, 1), row, -limit.numerator * (common / limit.denominator))
}

/** Which limits are out of reach even alone. */
async function outOfLimits(question: Question): Promise<UserError> {
  const { system, options, limits } = question
  const { readFraction, failures, budget } = options
  const base = {
    ...(readFraction === undefined ? {} : { readFraction }),
    ...(failures === undefined ? {} : { failures }),
    ...(budget === undefined ? {} : { budget }),
  }
  const facts: string[] = []
  for (const [aim, limit] of limits) {
    const best = await bestStrategy(system, { ...base, optimise: aim })
    const least = best[aim]
    if (least === undefined || least.compare(limit) <= 0) continue
    facts.push(`no strategy has ${NAMES[aim]} ${String(limit)}; the least is ${String(least)}`)
  }
  if (facts.length > 0) return new UserError(facts.join('; '), { hint: 'a higher limit' })
  return new UserError('no strategy keeps to all limits at once', {
    hint: 'leave one of them out to see what is possible',
  })
}

const NAMES = { load: 'load', network: 'network load', latency: 'latency' } as const
