import type { RunJudgement } from '../../suites/judge-run.ts'
import type { Run, Schedule, Simulation } from '../simulate/index.ts'
import { simulate } from '../simulate/index.ts'
import type { ShrinkBudget, ShrinkProgress } from '../simulate/shrink.ts'
import { shrink } from '../simulate/shrink.ts'
import type { StoryLine } from './simulate-story.ts'
import { runStory } from './simulate-story.ts'

/** What is simulated, and how its runs are judged. */
export interface ToldSubject {
  /** With a trace and the schedule of what happened. */
  recorded(seed: number): Simulation
  judge(run: Run): Promise<RunJudgement>
}

/** A run with everything that can be told of it. */
export interface ToldRun {
  readonly simulation: Simulation
  readonly schedule: Schedule
  readonly run: Run
  readonly judged: RunJudgement
  readonly story: readonly StoryLine[]
}

/** A run that went wrong, as small as it could be made. */
export interface SmallRun extends ToldRun {
  /** How many runs it took to find it. */
  readonly runs: number
  readonly minimal: boolean
}

/** The run of a seed, with its trace and schedule. */
export async function runOfSeed(subject: ToldSubject, seed: number): Promise<ToldRun> {
  const { trace: _trace, record: _record, ...simulation } = subject.recorded(seed)
  const run = simulate({ ...simulation, trace: true, record: true })
  const schedule = run.schedule ?? { operations: [], faults: [], deviations: [] }
  return told(subject, simulation, schedule, run)
}

/** The run of a schedule, with its trace. */
export async function runOfSchedule(
  subject: ToldSubject,
  simulation: Simulation,
  schedule: Schedule,
): Promise<ToldRun> {
  return told(subject, simulation, schedule, simulate({ ...simulation, trace: true }, schedule))
}

async function told(
  subject: ToldSubject,
  simulation: Simulation,
  schedule: Schedule,
  run: Run,
): Promise<ToldRun> {
  const judged = await subject.judge(run)
  return { simulation, schedule, run, judged, story: runStory(schedule, run) }
}

/** The smallest run found that goes wrong as this one does. */
export async function shrunkRun(
  subject: ToldSubject,
  { simulation, schedule, judged }: ToldRun,
  options: {
    readonly budget?: ShrinkBudget
    readonly onProgress?: (progress: ShrinkProgress) => void
  } = {},
): Promise<SmallRun> {
  const shrunk = await shrink(
    { simulation, schedule },
    {
      ...options,
      run: simulate,
      stillFails: async (run) => {
        const { outcome, violated } = await subject.judge(run)
        return outcome === 'fail' && violated === judged.violated
      },
    },
  )
  const small = await runOfSchedule(subject, shrunk.simulation, shrunk.schedule)
  return { ...small, runs: shrunk.runs, minimal: shrunk.minimal }
}
