import { Worker } from 'node:worker_threads'
import type { SystemOptions } from '../systems-of.ts'
import { abort } from './barrier.ts'
import type { Odd } from './odd.ts'
import type { ModelReference } from './reference.ts'
import type { SharedMemory } from './shared-memory.ts'
import type { Limits } from './take-part.ts'
import type { Task } from './worker.ts'

export interface Job {
  readonly reference: ModelReference
  readonly options: SystemOptions
  readonly memory: SharedMemory
  readonly limits: Limits
  /** The file that workers begin with, if it is not the one beside this. */
  readonly entry?: URL
}

/**
 * Runs one search by workers, to its end. This thread only watches, so that it can answer signals
 * and sees it when a worker dies: then all others are sent away, and nobody waits for ever.
 */
export async function searchTogether(job: Job): Promise<Odd> {
  const { memory, entry = new URL('./worker.js', import.meta.url) } = job
  const workers: Worker[] = []
  const ended: Promise<Odd>[] = []
  try {
    for (let self = 0; self < memory.workers; self++) {
      const { reference, options, limits } = job
      const task: Task = { self, reference, options, memory, limits }
      const worker = new Worker(entry, { workerData: task })
      workers.push(worker)
      ended.push(endOf(worker))
    }
    const [odd] = await Promise.all(ended)
    return odd!
  } finally {
    abort(memory.control)
    await Promise.allSettled(ended)
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
