/** The entry point of a worker that searches one part of a history; see search-in-workers.ts. */
import { parentPort, workerData } from 'node:worker_threads'
import { Meter } from '../src/core/budget.ts'
import { decide } from '../src/linearize/decide.ts'
import { modelNamed } from './models/index.ts'
import type { SearchTask } from './search-in-workers.ts'

const { model, initial, operations, budget } = workerData as SearchTask
parentPort?.postMessage(
  decide({ model: modelNamed(model), initial, operations }, new Meter(budget)),
)
