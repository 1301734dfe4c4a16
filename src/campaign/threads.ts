import { Worker } from 'node:worker_threads'

import type { CampaignOptions, Task, TaskResult } from './campaign.ts'
import type { SeedResult } from './run-seed.ts'
import { seedCount } from './seeds.ts'
import { Tally } from './tally.ts'

/** What a worker is told: a task, and the numbers it shares with the others. */
export interface Assignment {
  readonly task: Task
  /** The next index to be run, and the first that is not needed any more. */
  readonly shared: Int32Array
}

/** What a worker says: results as they come, and at the end that it is done. */
export interface Report {
  readonly results: readonly SeedResult[]
  readonly done: boolean
}

export const NEXT = 0
export const END = 1

export interface Threads {
  run(task: Task, options: CampaignOptions): Promise<TaskResult>
}

/** Lends threads that stay for several tasks, as they load slowly, and sends them away after. */
export async function* withThreads<Result>(
  count: number,
  entry = new URL('./worker.js', import.meta.url),
  use: (threads: Threads) => AsyncGenerator<Result>,
): AsyncGenerator<Result> {
  const workers = Array.from({ length: count }, () => new Worker(entry))
  // What a worker dies of is told by the task that it was at work for, if there is one.
  for (const worker of workers) worker.on('error', () => undefined)
  try {
    yield* use({ run: (task, options) => runTogether(workers, task, options) })
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

async function runTogether(
  workers: readonly Worker[],
  task: Task,
  options: CampaignOptions,
): Promise<TaskResult> {
  const tally = new Tally(task, options)
  const shared = new Int32Array(new SharedArrayBuffer(8))
  shared[END] = seedCount(task.seeds)
  const take = (results: readonly SeedResult[]): void => {
    tally.add(results)
    const end = tally.late() ? Math.min(tally.end, Atomics.load(shared, NEXT)) : tally.end
    Atomics.store(shared, END, end)
  }
  // Functions cannot travel.
  const { here: _here, ...told } = task
  await Promise.all(workers.map((worker) => workOf(worker, { task: told, shared }, take)))
  return tally.result()
}

function workOf(
  worker: Worker,
  assignment: Assignment,
  take: (results: readonly SeedResult[]) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      worker.off('message', hear).off('error', fail).off('exit', gone)
    }
    const hear = ({ results, done }: Report): void => {
      take(results)
      if (!done) return
      end()
      resolve()
    }
    const fail = (error: Error): void => {
      end()
      reject(error)
    }
    const gone = (code: number): void => {
      fail(new Error(`a worker ended with code ${code} before its work did`))
    }
    worker.on('message', hear).on('error', fail).on('exit', gone)
    worker.postMessage(assignment)
  })
}
