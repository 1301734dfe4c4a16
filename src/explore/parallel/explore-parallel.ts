import { availableParallelism } from 'node:os'
import { DEFAULT_EXPLORE_BYTES } from '../bounds.ts'
import type { BreadthFirst } from '../breadth-first.ts'
import type { Exploration } from '../exploration.ts'
import type { ExploreOptions } from '../explore.ts'
import { explore } from '../explore.ts'
import type { System } from '../system.ts'
import { systemsOf } from '../systems-of.ts'
import { ODD } from './odd.ts'
import type { Odd } from './odd.ts'
import type { ModelReference } from './reference.ts'
import { modelOf } from './reference.ts'
import { concluded, resumed, settled, settledSteps } from './settled.ts'
import type { SharedMemory } from './shared-memory.ts'
import { CONTROL, reserve } from './shared-memory.ts'
import { searchTogether } from './together.ts'

export interface ParallelOptions extends ExploreOptions {
  /** Default: one for each processor. */
  readonly workers?: number
  /** The file that workers begin with; another one where this runs from sources. */
  readonly entry?: URL
}

/** How long the thread that watches leaves one that it took over to itself. */
const SLICE_MS = 200
const PROGRESS_MS = 1000

/**
 * The same as `explore`, with the same counts, violations and traces, by several threads. Some
 * searches are only possible in one thread, and are then done in one: depth-first, by fingerprints,
 * with partial orders or sleep sets, with checkpoints.
 */
export async function exploreParallel(
  reference: ModelReference,
  options: ParallelOptions = {},
): Promise<Exploration> {
  const started = performance.now()
  const model = await modelOf(reference)
  const { workers = availableParallelism(), entry, ...alone } = options
  if (workers < 2 || needsOneThread(options)) return explore(model, alone)
  const system = systemsOf(model, options).make()
  const memory = memoryFor(system, workers, options)
  const { seconds = Infinity, states = Infinity, depth = Infinity } = options.budget ?? {}
  const deadline = started + seconds * 1000
  const unwatch = watch(memory, options, started, deadline)
  let odd: Odd
  try {
    odd = await searchTogether({
      reference,
      options: systemOptions(options),
      memory,
      limits: { states, depth },
      ...(entry === undefined ? {} : { entry }),
    })
  } finally {
    unwatch()
  }
  if (odd === ODD.universe) return explore(model, alone)
  const found = settled(system, memory)
  const elapsed = () => (performance.now() - started) / 1000
  const stop = stopFor(odd, options)
  if (odd === ODD.done || stop !== undefined)
    return { ...concluded(system, found, elapsed(), stop), workers }
  const search = resumed(system, found, options)
  await goOn(search, options, deadline)
  return { ...search.exploration(elapsed()), workers }
}

function needsOneThread(options: ParallelOptions): boolean {
  const { strategy, fingerprints, partialOrder, sleepSets, checkpoint, resume } = options
  const ordered = strategy === 'depth-first' || partialOrder === true || sleepSets === true
  return ordered || fingerprints === true || checkpoint !== undefined || resume !== undefined
}

/** What the systems of the workers are made with: what can travel between threads. */
function systemOptions({ name, generated }: ParallelOptions) {
  return {
    ...(name === undefined ? {} : { name }),
    ...(generated === undefined ? {} : { generated }),
  }
}

function memoryFor(system: System, workers: number, { budget }: ParallelOptions): SharedMemory {
  return reserve({
    workers,
    words: system.words,
    actions: system.actions.length,
    claims: system.sometimes.length,
    bytes: budget?.bytes ?? DEFAULT_EXPLORE_BYTES,
  })
}

/** Which bound made the workers stop, if it was one that needs no more search. */
function stopFor(odd: Odd, { budget = {}, signal }: ParallelOptions) {
  const { bytes = DEFAULT_EXPLORE_BYTES, depth = 0, seconds = 0 } = budget
  if (odd === ODD.memory) return { bound: 'memory', limit: bytes } as const
  if (odd === ODD.depth) return { bound: 'depth', limit: depth } as const
  if (odd !== ODD.asked) return undefined
  return signal?.aborted === true
    ? ({ bound: 'interrupted', limit: 0 } as const)
    : ({ bound: 'time', limit: seconds } as const)
}

/** Tells of progress, and asks the workers for an end when it is time. Answers how to stop that. */
function watch(
  memory: SharedMemory,
  { onProgress, signal }: ParallelOptions,
  started: number,
  deadline: number,
): () => void {
  const { control } = memory
  const ask = () => Atomics.store(control, CONTROL.asked, 1)
  if (signal?.aborted === true) ask()
  signal?.addEventListener('abort', ask)
  const left = deadline - performance.now()
  const timer = left < MOST_MS ? setTimeout(ask, Math.max(0, left)) : undefined
  let before = 0
  const teller = setInterval(() => {
    const distinctStates = control[CONTROL.count]!
    onProgress?.({
      distinctStates,
      generatedStates: settledSteps(memory),
      queue: distinctStates - control[CONTROL.from]!,
      depth: control[CONTROL.depth]!,
      seconds: (performance.now() - started) / 1000,
      rate: ((distinctStates - before) * 1000) / PROGRESS_MS,
    })
    before = distinctStates
  }, PROGRESS_MS)
  return () => {
    signal?.removeEventListener('abort', ask)
    clearTimeout(timer)
    clearInterval(teller)
  }
}

/** The longest that a timer can wait. */
const MOST_MS = 2 ** 31 - 1

async function goOn(
  search: BreadthFirst,
  { budget, signal }: ParallelOptions,
  deadline: number,
): Promise<void> {
  while (search.advance(Math.min(deadline, performance.now() + SLICE_MS))) {
    if (performance.now() >= deadline) search.stop('time', budget?.seconds ?? 0)
    await new Promise((resume) => setImmediate(resume))
    if (signal?.aborted === true) search.stop('interrupted', 0)
  }
}
