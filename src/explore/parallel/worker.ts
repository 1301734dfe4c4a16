/** The entry point of a worker that takes part in a search; see explore-parallel.ts. */
import { parentPort, workerData } from 'node:worker_threads'
import { load } from '../../core/load.ts'
import { modelSystem } from '../model-system.ts'
import type { Parameters } from '../spec.ts'
import type { Spec } from '../spec.ts'
import { waitForAll } from './barrier.ts'
import { ODD } from './odd.ts'
import type { Odd } from './odd.ts'
import type { SharedMemory } from './shared-memory.ts'
import type { Limits } from './take-part.ts'
import { takePart } from './take-part.ts'

/** What a worker is told. */
export interface Task {
  readonly self: number
  readonly memory: SharedMemory
  readonly limits: Limits
  readonly spec: SpecReference
}

/** A spec by the module that exports it: functions cannot travel from one thread to another. */
export interface SpecReference {
  /** A file or package. */
  readonly module: string
  readonly export: string
  readonly parameters?: Parameters
  readonly mutant?: string
}

const { self, memory, limits, spec } = workerData as Task
parentPort?.postMessage(await work())

async function work(): Promise<Odd> {
  const made = (await load(`${spec.module}#${spec.export}`)) as Spec
  const system = modelSystem(made.name, made.make(spec.parameters, spec.mutant))
  for (const turns = takePart(system, memory, self, limits); ; ) {
    const turn = turns.next()
    if (turn.done === true) return turn.value
    if (turn.value === 'barrier' && !waitForAll(memory.control, memory.workers)) return ODD.asked
  }
}
