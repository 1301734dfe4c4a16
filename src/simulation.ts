/**
 * Protocols under faults, in virtual time: `import { findFailure } from 'synod/simulate'`. All that
 * happens is drawn from a seed, so what a seed did once it does always.
 *
 * @packageDocumentation
 */
import { judgeRun } from '../suites/judge-run.ts'
import type { RunJudgement } from '../suites/judge-run.ts'
import { registerWorkload } from '../suites/workloads.ts'
import type { SmallRun, ToldRun, ToldSubject } from './cli/simulate-found.ts'
import { runOfSchedule, runOfSeed, shrunkRun } from './cli/simulate-found.ts'
import type { Invariant } from './core/invariant.ts'
import type { AnyProtocol, FaultType, Options, Workload } from './node/index.ts'
import type { Given, Run, Simulation } from './simulate/index.ts'
import { drawSimulation, simulate } from './simulate/index.ts'
import type { ShrinkBudget } from './simulate/shrink.ts'

export { drawSimulation, simulate } from './simulate/index.ts'
export type * from './simulate/index.ts'
export type { ShrinkBudget } from './simulate/shrink.ts'
export type { RunJudgement } from '../suites/judge-run.ts'
export type { SmallRun, ToldRun } from './cli/simulate-found.ts'
export type { StoryLine } from './cli/simulate-story.ts'
export {
  broadcastWorkload,
  consensusWorkload,
  instancesWorkload,
  kvWorkload,
  registersWorkload,
  registerWorkload,
  singleWriterWorkload,
} from '../suites/workloads.ts'

/** A protocol, its clients, and how its runs are judged. */
export interface Subject {
  readonly protocol: AnyProtocol
  /** Those that differ from the protocol's own defaults. */
  readonly options?: Options
  /** A named bug of the protocol, to be planted. */
  readonly mutant?: string
  /** Default: 3. */
  readonly nodes?: number
  /** What clients ask for. Default: reads and writes of one register. */
  readonly workload?: Workload
  /** How the history is judged; `none`: invariants alone judge. Default: as the workload says. */
  readonly condition?: string
  /** The name of the model by which it is judged. Default: as the workload says. */
  readonly model?: string
  /** Default: none. */
  readonly invariants?: readonly Invariant[]
  /** What goes wrong. Default: everything that the protocol says it tolerates. */
  readonly faults?: readonly FaultType[]
  /** Whether the cluster must serve requests again once enough nodes are healed. Default: yes. */
  readonly recovers?: boolean
}

/** How long to look, and what is not left to the seed: times are in milliseconds. */
export interface FindOptions {
  /** The first and the last seed that are tried. Default: 1 to 100. */
  readonly seeds?: readonly [first: number, last: number]
  /** Whether the run that fails is made small. Default: yes. */
  readonly shrink?: boolean
  /** How much work that may be. Default: 4,000 runs and 30 seconds. */
  readonly budget?: ShrinkBudget
  /** What is not drawn: the number of clients, the faults, how long a run is, and so on. */
  readonly given?: Given
}

/** What came of looking for a run that goes wrong. */
export interface Found {
  /** `unknown`: a run was cut short, and none went wrong. */
  readonly outcome: 'pass' | 'fail' | 'unknown'
  /** How many seeds were run. */
  readonly ran: number
  /** The seed of the first run that failed. */
  readonly seed?: number
  /** That run as it was. */
  readonly told?: ToldRun
  /** The smallest run found that goes wrong in the same way, unless nobody wanted it. */
  readonly small?: SmallRun
}

/**
 * Runs one seed after the other until a run goes wrong, and makes that run as small as it can be.
 *
 * @throws UserError if the protocol cannot be made with these options
 */
export async function findFailure(subject: Subject, options: FindOptions = {}): Promise<Found> {
  const { seeds: [first, last] = [1, 100], shrink = true, budget, given } = options
  const asked = toldSubject(subject, given)
  let unknown = 0
  for (let seed = first; seed <= last; seed++) {
    const run = simulate(drawSimulation(complete(subject), seed, given))
    const judged = await asked.judge(run)
    if (judged.outcome === 'unknown') unknown++
    if (judged.outcome !== 'fail') continue
    const told = await runOfSeed(asked, seed)
    const about = { outcome: 'fail', ran: seed - first + 1, seed, told } as const
    if (!shrink) return about
    return { ...about, small: await shrunkRun(asked, told, budget === undefined ? {} : { budget }) }
  }
  return { outcome: unknown > 0 ? 'unknown' : 'pass', ran: Math.max(0, last - first + 1) }
}

/**
 * What another protocol, or the same one repaired, does in the circumstances of a run: the same
 * operations at the same moments, the same faults, the same chance.
 */
export async function runAgain(
  subject: Subject,
  { simulation, schedule }: Pick<ToldRun, 'simulation' | 'schedule'>,
): Promise<ToldRun> {
  const { protocol, options, mutant } = subject
  const other: Simulation = { ...simulation, program: protocol.make(options, mutant) }
  return runOfSchedule(toldSubject(subject), other, schedule)
}

function toldSubject(subject: Subject, given: Given = {}): ToldSubject {
  const { workload, condition, model } = complete(subject)
  return {
    recorded: (seed) =>
      drawSimulation(complete(subject), seed, { ...given, trace: true, record: true }),
    judge: (run: Run): Promise<RunJudgement> =>
      judgeRun(run, {
        condition: condition ?? workload.condition,
        ...(model === undefined && workload.model === undefined
          ? {}
          : { model: model ?? workload.model ?? '' }),
      }),
  }
}

function complete(subject: Subject) {
  const { nodes = 3, workload = registerWorkload, invariants = [] } = subject
  return { ...subject, nodes, workload, invariants }
}
