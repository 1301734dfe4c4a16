import { availableParallelism } from 'node:os'
import { UniverseFull } from '../../state/index.ts'
import { withMoreRoom } from '../../state/shared-universe.ts'
import { DEFAULT_EXPLORE_BYTES } from '../bounds.ts'
import { BreadthFirst } from '../breadth-first.ts'
import { checkModel } from '../check-model.ts'
import type { Exploration } from '../exploration.ts'
import type { ExploreOptions } from '../explore.ts'
import { explore } from '../explore.ts'
import { UserError } from '../../core/user-error.ts'
import { judgeLongRun, longRunClaims } from '../long-run.ts'
import type { AnyModel } from '../model.ts'
import { SearchAgain } from '../reduce/reduction.ts'
import type { ModelSystem, System } from '../system.ts'
import { isSystem } from '../systems-of.ts'
import { ODD } from './odd.ts'
import type { Odd } from './odd.ts'
import type { ModelReference } from './reference.ts'
import { modelOf } from './reference.ts'
import type { Settled } from './settled.ts'
import { concluded, handOver, knownStates, resumed, settled } from './settled.ts'
import type { SharedMemory } from './shared-memory.ts'
import { CONTROL, reserve } from './shared-memory.ts'
import type { SystemPlan } from './shared-system.ts'
import { firstRooms, sharedSystem } from './shared-system.ts'
import type { Job } from './together.ts'
import { inThreads } from './together.ts'
import { watch } from './watch.ts'

export interface ParallelOptions extends ExploreOptions {
  /** Default: one for each processor. */
  readonly workers?: number
  /** For how long one thread searches alone, because small searches are not worth more. */
  readonly aloneMs?: number
  /** How many successors a worker can write in a round. */
  readonly mail?: number
  /** The file that workers begin with; another one where this runs from sources. */
  readonly entry?: URL
}

/** Workers take about as long to start. */
const ALONE_MS = 100
/** How long a search in this thread runs before others get a chance. */
const SLICE_MS = 200

/**
 * The same as `explore`, with the same counts, violations and traces, by several threads. What can
 * only be done in one is done in one: depth-first, by fingerprints, with reductions or checkpoints.
 *
 * @throws UserError as `explore` does, and where the reference names nothing that can be explored
 */
export async function exploreParallel(
  reference: ModelReference,
  options: ParallelOptions = {},
): Promise<Exploration> {
  const together = (job: Job) => inThreads(job, reference, options.entry)
  return exploreTogether(await modelOf(reference), together, options)
}

/** The same with a model at hand, by workers that somebody else starts. */
export async function exploreTogether(
  model: AnyModel | System,
  together: (job: Job) => Promise<Odd>,
  options: ParallelOptions = {},
): Promise<Exploration> {
  const started = performance.now()
  const { workers = availableParallelism() } = options
  const alone = isSystem(model) && model.oneThread === true
  if (workers < 2 || alone || needsOneThread(options)) return explore(model, options)
  const { name = 'model', generated = true } = options
  if (!isSystem(model)) checkModel(name, model)
  for (let rooms = isSystem(model) ? [] : firstRooms(model); ;) {
    const room = isSystem(model) ? model.numbering?.room : undefined
    const plan = { name, generated, rooms, room }
    const system = sharedSystem(model, plan)
    try {
      const run = { together, model, options, workers, started, plan, system }
      return { ...(await new Together(run).explore()), workers }
    } catch (error) {
      if (error instanceof SearchAgain && isSystem(model)) continue
      if (!(error instanceof UniverseFull)) throw error
      const { type } = system as ModelSystem
      rooms = withMoreRoom(rooms, type.plan.universes.all.indexOf(error.universe))
    }
  }
}

function needsOneThread(options: ParallelOptions): boolean {
  const { strategy, fingerprints, symmetry, partialOrder, sleepSets } = options
  const reduced = symmetry === true || partialOrder === true || sleepSets === true
  const saved = options.checkpoint !== undefined || options.resume !== undefined
  return strategy === 'depth-first' || fingerprints === true || reduced || saved
}

interface Run {
  readonly together: (job: Job) => Promise<Odd>
  readonly model: AnyModel | System
  readonly options: ParallelOptions
  readonly workers: number
  readonly started: number
  readonly plan: SystemPlan
  readonly system: System
}

/** One search by several threads: at first alone, then together, at the end alone again. */
class Together {
  readonly #run: Run
  readonly #deadline: number

  constructor(run: Run) {
    this.#run = run
    this.#deadline = run.started + (run.options.budget?.seconds ?? Infinity) * 1000
  }

  async explore(): Promise<Exploration> {
    const { options, system } = this.#run
    const alone = new BreadthFirst(system, options)
    const until = performance.now() + (options.aloneMs ?? ALONE_MS)
    const more = alone.advance(Math.min(this.#deadline, until))
    // The others could do nothing, or not tell what is known already.
    if (!more || alone.queue === 0 || alone.findings.length > 0) return this.#alone(alone)
    const memory = this.#memory()
    if (alone.store.count > memory.mostStates) return this.#alone(alone)
    handOver(alone, memory)
    const odd = await this.#together(memory)
    if (odd === ODD.universe) {
      const { type } = system as ModelSystem
      const full = type.plan.universes.all[memory.control[CONTROL.full]!]
      if (full !== undefined) throw new UniverseFull(full)
    }
    learnFrom(system, memory, odd)
    return this.#end(odd, settled(system, memory))
  }

  async #together(memory: SharedMemory): Promise<Odd> {
    const { together, options, plan, started } = this.#run
    const { states = Infinity, depth = Infinity } = options.budget ?? {}
    const unwatch = watch(memory, options, started, this.#deadline)
    try {
      return await together({ plan, memory, limits: { states, depth } })
    } finally {
      unwatch()
    }
  }

  async #end(odd: Odd, found: Settled): Promise<Exploration> {
    const { options, model, system } = this.#run
    const stop = stopFor(odd, options)
    if (odd !== ODD.done && stop === undefined) return this.#alone(resumed(system, found, options))
    const result = concluded(system, found, this.#seconds(), stop)
    if (isSystem(model)) return result
    const { properties, refinements } = longRunClaims(model, options)
    if (properties.length + refinements.length === 0) return result
    return judgeLongRun(result, system, knownStates(system, found), options)
  }

  /** In this thread, to the end. */
  async #alone(search: BreadthFirst): Promise<Exploration> {
    const { options, system } = this.#run
    while (search.advance(Math.min(this.#deadline, performance.now() + SLICE_MS))) {
      if (performance.now() >= this.#deadline) search.stop('time', options.budget?.seconds ?? 0)
      await new Promise((resume) => setImmediate(resume))
      if (options.signal?.aborted === true) search.stop('interrupted', 0)
    }
    const found = search.exploration(this.#seconds())
    return judgeLongRun(found, system, search.store, options)
  }

  #memory(): SharedMemory {
    const { workers, system, options } = this.#run
    return reserve({
      workers,
      words: system.words,
      actions: system.actions.length,
      claims: system.sometimes.length,
      bytes: options.budget?.bytes ?? DEFAULT_EXPLORE_BYTES,
      ...(options.mail === undefined ? {} : { mail: options.mail }),
    })
  }

  #seconds(): number {
    return (performance.now() - this.#run.started) / 1000
  }
}

/**
 * What the workers have numbered gets the same numbers here, where the story is told.
 *
 * @throws SearchAgain if there are more messages than states have room for
 * @throws UserError if the workers have not seen the same
 */
function learnFrom(system: System, { control, lessons, states, words }: SharedMemory, odd: Odd) {
  const runner = system.runner(() => false)
  try {
    for (const state of lessons.subarray(0, control[CONTROL.lessons])) {
      runner.expand(states, state * words)
    }
  } catch (error) {
    // Whatever else it is, the search that goes on here comes to it in its turn.
    if (error instanceof SearchAgain) throw error
  }
  if (odd !== ODD.unlike) return
  throw new UserError('two threads have seen different things come of the same event', {
    where: system.name,
    hint: 'explore with one worker: handlers that depend on more than their state are named there',
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
