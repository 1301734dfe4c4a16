import { subjectModule } from '../../suites/subject.ts'
import type { AskedSubject } from '../../suites/subject.ts'
import type { Task, TaskResult } from '../campaign/campaign.ts'
import { runCampaign } from '../campaign/campaign.ts'
import type { Seeds } from '../campaign/seeds.ts'
import { seedCount, seedsText } from '../campaign/seeds.ts'
import type { Progress } from '../core/progress.ts'
import { showProgress, silent } from '../core/progress.ts'
import { UserError } from '../core/user-error.ts'
import { worst } from '../core/verdict.ts'
import { grouped } from '../report/time.ts'
import { exitOf } from './exit-code.ts'
import { jsonLine } from './json-line.ts'
import { subjectFor, titleOf } from './simulate-asked.ts'
import type { SimulateFlags } from './simulate-flags.ts'
import type { SmallRun, ToldRun } from './simulate-found.ts'
import { runOfSeed, shrunkRun } from './simulate-found.ts'
import type { Terminal } from './terminal.ts'

/** What came of a simulation or of many. */
export interface Simulated {
  readonly subject: AskedSubject
  readonly seeds: Seeds
  readonly result: TaskResult
  /** The first seed that failed, or the only one there was. */
  readonly told?: ToldRun
  readonly small?: SmallRun
}

/** `synod simulate PROTOCOL`. Answers the exit code. */
export async function showSimulation(
  text: string,
  flags: SimulateFlags,
  terminal: Terminal,
): Promise<number> {
  const subject = await subjectFor(text, flags)
  const seeds = seedsOf(flags)
  const progress = terminal.progress ? await showProgress(terminal.progress) : silent
  let found: Simulated
  try {
    const result = await resultOf(subject, seeds, flags, progress)
    found = { subject, seeds, result, ...(await toldOf(subject, result, flags, progress)) }
  } finally {
    progress.stop()
  }
  const { keep } = await import('./simulate-keep.ts')
  const kept = await keep(found, flags, terminal)
  if (flags.json) {
    const { simulatedJson } = await import('./simulate-json.ts')
    terminal.out(jsonLine(simulatedJson(found)))
  } else {
    const { simulatedText } = await import('./simulate-text.ts')
    terminal.out(simulatedText(found, kept, terminal))
  }
  return exitOf(outcomeOf(found.result))
}

export function outcomeOf({
  failures,
  unknown,
  cutShort,
}: TaskResult): 'pass' | 'fail' | 'unknown' {
  if (failures.length > 0) return 'fail'
  return worst(unknown.length > 0 || cutShort ? ['unknown'] : ['pass'])
}

function seedsOf({ seed, seeds, shard }: SimulateFlags): Seeds {
  if (seed !== undefined && seeds !== undefined) {
    throw new UserError('one seed and many cannot both be meant', {
      where: '--seed, --seeds',
      hint: `leave one of them out: --seeds ${seeds.first}..${seeds.last}`,
    })
  }
  const all = seeds ?? { first: seed ?? 1, last: seed ?? 1 }
  const asked = shard === undefined ? all : { ...all, shard }
  if (seedCount(asked) > 0) return asked
  throw new UserError(`there is nothing to do in ${seedsText(asked)}`, {
    where: '--shard',
    hint: 'are there more machines than seeds?',
  })
}

async function resultOf(
  subject: AskedSubject,
  seeds: Seeds,
  { workers, keepGoing, time }: SimulateFlags,
  progress: Progress,
): Promise<TaskResult> {
  const task: Task = {
    name: titleOf(subject),
    subject: { module: subjectModule, export: 'givenSubject', given: subject.given },
    here: subject,
    seeds,
    ...(keepGoing === undefined ? { stopAfter: 1 } : {}),
  }
  const results = runCampaign([task], {
    workers,
    ...(time === undefined ? {} : { seconds: time }),
    onProgress: ({ done, all, failed }) => {
      const wrong = failed === 0 ? '' : `, ${grouped(failed)} failed`
      progress.say(`${task.name}: ${grouped(done)} of ${grouped(all)} seeds${wrong}`)
    },
  })
  for await (const result of results) return result
  throw new Error('a campaign of one task has one result')
}

async function toldOf(
  subject: AskedSubject,
  { failures, ran }: TaskResult,
  flags: SimulateFlags,
  progress: Progress,
): Promise<Pick<Simulated, 'told' | 'small'>> {
  const [first] = failures
  const alone = ran === 1 && first === undefined
  if (first === undefined && !alone) return {}
  const told = await runOfSeed(subject, first?.seed ?? flags.seeds?.first ?? flags.seed ?? 1)
  if (first === undefined || !flags.shrink) return { told }
  const small = await shrunkRun(subject, told, {
    onProgress: ({ runs, faults, operations, deviations, nodes }) => {
      const size = `${faults} faults, ${operations} operations, ${deviations} of chance`
      progress.say(`shrinking seed ${first.seed}: ${size}, ${nodes} nodes, ${runs} runs`)
    },
  })
  return { told, small }
}
