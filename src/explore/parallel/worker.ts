/** The entry point of a worker that takes part in a search; see together.ts. */
import { parentPort, workerData } from 'node:worker_threads'
import { waitForAll } from './barrier.ts'
import { ODD } from './odd.ts'
import type { Odd } from './odd.ts'
import type { ModelReference } from './reference.ts'
import { modelOf } from './reference.ts'
import type { SharedMemory } from './shared-memory.ts'
import type { SystemPlan } from './shared-system.ts'
import { sharedSystem } from './shared-system.ts'
import type { Limits } from './take-part.ts'
import { takePart } from './take-part.ts'

/** What a worker is told. */
export interface Task {
  readonly self: number
  readonly reference: ModelReference
  readonly plan: SystemPlan
  readonly memory: SharedMemory
  readonly limits: Limits
}

const { self, reference, plan, memory, limits } = workerData as Task
parentPort?.postMessage(await work())

async function work(): Promise<Odd> {
  const system = sharedSystem(await modelOf(reference), plan)
  for (const turns = takePart(system, memory, self, limits); ;) {
    const turn = turns.next()
    if (turn.done === true) return turn.value
    if (turn.value === 'barrier' && !waitForAll(memory.control, memory.workers)) return ODD.asked
  }
}
