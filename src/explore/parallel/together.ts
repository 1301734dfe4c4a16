import { Worker } from 'node:worker_threads'
import { abort } from './barrier.ts'
import type { Odd } from './odd.ts'
import type { ModelReference } from './reference.ts'
import type { SharedMemory } from './shared-memory.ts'
import type { SystemPlan } from './shared-system.ts'
import type { Limits } from './take-part.ts'
import type { Task } from './worker.ts'

/** One search, as it is told to workers. */
export interface Job {
  readonly plan: SystemPlan
  readonly memory: SharedMemory
  readonly limits: Limits
}

/**
 * Runs one search by workers, to its end. This thread only watches, so that it can answer signals
 * and sees it when a worker dies: then all others are sent away, and nobody waits for ever.
 */
export async function inThreads(
  job: Job,
  reference: ModelReference,
  entry = new URL('./worker.js', import.meta.url),
): Promise<Odd> {
  const { memory } = job
  const workers: Worker[] = []
  const ended: Promise<Odd>[] = []
  try {
    for (let self = 0; self < memory.workers; self++) {
      const task: Task = { self, reference, ...job }
      const worker = new Worker(entry, { workerData: task })
      workers.push(worker)
      ended.push(endOf(worker))
    }
    const [odd] = await Promise.all(ended)
    return odd!
  } finally {
    // Nobody may be left waiting, and no failure of a second worker unheard.
    for (const one of ended) one.catch(() => undefined)
    abort(memory.control)
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

/** What a worker says when it has done its part. */
function endOf(worker: Worker): Promise<Odd> {
  return new Promise((resolve, reject) => {
    worker.once('message', (odd: Odd) => {
      resolve(odd)
    })
    worker.once('error', reject)
    worker.once('exit', (code) => {
      reject(new Error(`a worker ended with code ${code} before its search did`))
    })
  })
}
