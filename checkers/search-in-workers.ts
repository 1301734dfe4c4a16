import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Budget } from '../src/core/budget.ts'
import { DEFAULT_BYTES } from '../src/core/budget.ts'
import type { Problem } from '../src/core/engine.ts'
import type { Json } from '../src/core/json.ts'
import type { Model } from '../src/core/model.ts'
import type { Operation } from '../src/core/operation.ts'
import type { Decided } from '../src/linearize/decide.ts'
import { models } from './models/index.ts'

/** What a worker is told: the model goes by its name, as functions cannot travel. */
export interface SearchTask {
  readonly model: string
  readonly initial: Json
  readonly operations: readonly Operation[]
  readonly budget: Budget
}

/** Workers pay only for several hard parts, and know only the models that are built in. */
export function canSearchInWorkers(parts: number, model: Model): boolean {
  return parts > 1 && availableParallelism() > 1 && models.includes(model)
}

/**
 * Decides problems side by side, as many at once as there are processors; answers in the same
 * order.
 */
export async function searchInWorkers(
  problems: readonly Problem[],
  { seconds = Infinity, steps = Infinity, bytes = DEFAULT_BYTES }: Budget,
): Promise<readonly Decided[]> {
  const lanes = Math.min(availableParallelism(), problems.length)
  const deadline = performance.now() + seconds * 1000
  const answers: Decided[] = []
  let next = 0
  const work = async (): Promise<void> => {
    for (let at = next++; at < problems.length; at = next++) {
      const { model, initial, operations } = problems[at]!
      const rounds = Math.ceil((problems.length - at) / lanes)
      const left = Math.max(0, (deadline - performance.now()) / 1000)
      const budget = {
        seconds: left / rounds,
        steps: steps / problems.length,
        bytes: bytes / lanes,
      }
      answers[at] = await inWorker({ model: model.name, initial, operations, budget })
    }
  }
  await Promise.all(Array.from({ length: lanes }, work))
  return answers
}

/**
 * A worker a task: the tables of a search are garbage afterwards, and so a killed one loses
 * nothing.
 */
function inWorker(task: SearchTask): Promise<Decided> {
  const worker = new Worker(new URL(import.meta.resolve('synod/search-worker')), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: 4096 },
  })
  return new Promise((resolve, reject) => {
    worker.once('message', (answer: Decided) => resolve(answer))
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('a search ended without an answer')))
  })
}
