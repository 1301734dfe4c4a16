import type { SeedResult } from './run-seed.ts'
import { runSeed } from './run-seed.ts'
import type { Seeds } from './seeds.ts'
import { seedAt, seedCount } from './seeds.ts'
import { Tally } from './tally.ts'
import type { Subject, SubjectReference } from './subject.ts'
import { subjectOf } from './subject.ts'
import { withThreads } from './threads.ts'

/** One subject and the seeds it is run with. */
export interface Task {
  readonly name: string
  readonly subject: SubjectReference
  /** The same for this thread, where it is at hand. */
  readonly here?: Subject
  readonly seeds: Seeds
  /** Ends with so many seeds that fail as `violated` says. Default: it does not end. */
  readonly stopAfter?: number
  /** Which violations count for `stopAfter`. Default: all. */
  readonly violated?: string
}

export interface CampaignOptions {
  /** Threads. Default: 1. */
  readonly workers?: number
  /** For each task. */
  readonly seconds?: number
  readonly onProgress?: (progress: CampaignProgress) => void
  /** The file that workers begin with; another one where this runs from sources. */
  readonly entry?: URL
}

export interface CampaignProgress {
  readonly task: Task
  readonly done: number
  readonly all: number
  readonly failed: number
}

/**
 * What came of one task. It depends on the seeds alone, not on threads and their timing, unless the
 * seconds were used up.
 */
export interface TaskResult {
  readonly task: Task
  /** How many seeds were run: all up to the one that ended it. */
  readonly ran: number
  readonly events: number
  readonly operations: number
  readonly faults: number
  readonly simulatedMs: number
  readonly notRecoverable: number
  /** Seeds that failed, in order. */
  readonly failures: readonly SeedResult[]
  /** Seeds of which nobody knows, in order. */
  readonly unknown: readonly SeedResult[]
  /** The seconds were used up before all seeds were run. */
  readonly cutShort: boolean
  readonly seconds: number
}

/**
 * Runs tasks one after the other, the seeds of each spread over threads. Answers each result as it
 * comes; who stops asking stops the campaign.
 */
export async function* runCampaign(
  tasks: readonly Task[],
  options: CampaignOptions = {},
): AsyncGenerator<TaskResult> {
  const { workers = 1 } = options
  if (workers < 2) {
    for (const task of tasks) yield await runAlone(task, options)
    return
  }
  yield* withThreads(workers, options.entry, async function* (threads) {
    for (const task of tasks) {
      // Threads cost more than a few seeds.
      if (seedCount(task.seeds) < 2 * workers) yield await runAlone(task, options)
      else yield await threads.run(task, options)
    }
  })
}

/** In this thread. */
async function runAlone(task: Task, options: CampaignOptions): Promise<TaskResult> {
  const tally = new Tally(task, options)
  const subject = task.here ?? (await subjectOf(task.subject))
  for (let index = 0; index < tally.end && !tally.late(); index++) {
    tally.add([await runSeed(subject, seedAt(task.seeds, index), index)])
    if (tally.sliceIsOver()) await new Promise((resume) => setImmediate(resume))
  }
  return tally.result()
}
