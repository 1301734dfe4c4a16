import { UserError } from '../core/user-error.ts'
import { UniverseFull } from '../state/index.ts'
import type { Bounds } from './bounds.ts'
import { BreadthFirst } from './breadth-first.ts'
import type * as checkpoints from './checkpoint.ts'
import { checkModel } from './check-model.ts'
import { trySteps } from './diagnose.ts'
import type { Exploration, ExplorationProgress } from './exploration.ts'
import { judgeLongRun, withReductions } from './long-run.ts'
import type { AnyModel } from './model.ts'
import { SearchAgain } from './reduce/reduction.ts'
import { reductionOf } from './reductions.ts'
import type { Search, SearchOptions } from './search.ts'
import type { ModelSystem, System } from './system.ts'
import { isSystem, systemsOf } from './systems-of.ts'

/** How a model is explored, and for how long. */
export interface ExploreOptions {
  /** What the model is called in the result and in errors. Default: `model`. */
  readonly name?: string
  /** Default: breadth-first, whose traces are the shortest. */
  readonly strategy?: 'breadth-first' | 'depth-first'
  /** Whether code may be generated for the model. Default: true, where the platform allows it. */
  readonly generated?: boolean
  /**
   * Tell states apart by 64 bits each instead of by all of them: less memory, tiny odds of a miss.
   */
  readonly fingerprints?: boolean
  /** See `SearchOptions`. */
  readonly changes?: SearchOptions['changes']
  readonly symmetry?: boolean
  readonly partialOrder?: boolean
  readonly sleepSets?: boolean
  /** Whether properties are checked, or which. Default: all. */
  readonly properties?: boolean | readonly string[]
  /** Whether refinements are checked. Default: true. */
  readonly refinements?: boolean
  readonly budget?: Bounds
  /** Where and how often the search is written down, so that it can be resumed. */
  readonly checkpoint?: { readonly file: string; readonly everySeconds?: number }
  /** The file of a checkpoint from which to go on. */
  readonly resume?: string
  /** What a checkpoint is of, besides the name: the parameters and the planted bug, for example. */
  readonly identity?: string
  /** Go on after a violation, and report the nearest of each name. */
  readonly keepGoing?: boolean
  /** Told about once a second how far the search is. */
  readonly onProgress?: (progress: ExplorationProgress) => void
  /** Stops the search early, with what is known until then. */
  readonly signal?: AbortSignal
}

type Files = typeof checkpoints

/** How long a search runs before others get a chance: timers, signals, progress. */
const SLICE_MS = 200
const PROGRESS_MS = 1000

/**
 * Looks at all states that a model can reach, and says whether what it claims is true of them.
 * Throws a `UserError` where the model itself is wrong.
 */
export async function explore(
  model: AnyModel | System,
  options: ExploreOptions = {},
): Promise<Exploration> {
  refuseCombinations(options)
  if (!isSystem(model)) checkModel(options.name ?? 'model', model)
  const systems = systemsOf(model, options)
  const reduce = await reductionOf(options)
  let system = reduce(systems.make())
  // Loaded only where it is wanted, as most searches are over before that.
  const files =
    options.resume === undefined && options.checkpoint === undefined
      ? undefined
      : await import('./checkpoint.ts')
  let checkpoint =
    options.resume === undefined
      ? undefined
      : files?.readCheckpoint(options.resume, files.originOf(system, options))
  const started = performance.now() - (checkpoint?.header.seconds ?? 0) * 1000
  if (checkpoint !== undefined) {
    systems.restore(checkpoint.header.universes)
    system = reduce(systems.make())
  }
  for (let tried = checkpoint !== undefined; ; checkpoint = undefined) {
    try {
      if (!tried && 'model' in system) trySteps(system as ModelSystem)
      tried = true
      const search = await newSearch(system, options)
      if (checkpoint !== undefined) files?.restoreSearch(checkpoint, search)
      const found = withReductions(await run(search, options, started, files), system)
      return await judgeLongRun(found, system, search.store, options)
    } catch (error) {
      if (error instanceof UniverseFull) {
        // A layout turned out to have more values than there was room for: all states get longer.
        systems.makeRoom(error)
        system = reduce(systems.make())
      } else if (!(error instanceof SearchAgain)) throw error
    }
  }
}

async function newSearch(system: System, options: ExploreOptions): Promise<Search> {
  if (options.strategy !== 'depth-first') return new BreadthFirst(system, options)
  const { DepthFirst } = await import('./depth-first.ts')
  return new DepthFirst(system, options)
}

/** What one kind of search keeps in mind, and a file or another kind of search does not. */
function refuseCombinations(options: ExploreOptions): void {
  const { strategy, fingerprints, checkpoint, resume, partialOrder, sleepSets } = options
  const written = checkpoint !== undefined || resume !== undefined
  const refuse = (fact: string, hint: string): never => {
    throw new UserError(fact, { hint })
  }
  if (strategy === 'depth-first' && fingerprints === true)
    refuse('a depth-first search has no fingerprints', 'search breadth-first, or without them')
  if (strategy === 'depth-first' && written)
    refuse('a depth-first search has no checkpoints', 'search breadth-first, or without them')
  if ((partialOrder === true || sleepSets === true) && written)
    refuse(
      'a search that leaves out orders of steps has no checkpoints',
      'leave one of the two away',
    )
}

async function run(
  search: Search,
  options: ExploreOptions,
  started: number,
  files: Files | undefined,
): Promise<Exploration> {
  const seconds = () => (performance.now() - started) / 1000
  const { seconds: most = Infinity } = options.budget ?? {}
  const deadline = started + most * 1000
  const tell = progressTeller(options, seconds)
  const save = saver(options, search.system, files)
  for (;;) {
    const now = performance.now()
    if (!search.advance(Math.min(deadline, now + SLICE_MS))) break
    if (performance.now() >= deadline) search.stop('time', most)
    tell(search)
    save(search, seconds())
    await new Promise((resume) => setImmediate(resume))
    if (options.signal?.aborted === true) search.stop('interrupted', 0)
  }
  // A search that a bound has stopped begins again only for what it has found.
  if (search.stopped === undefined || search.findings.length > 0) search.system.finished?.()
  // What a bound has stopped can be gone on with, under a wider one.
  if (search.stopped !== undefined) save(search, seconds(), true)
  return search.exploration(seconds())
}

function saver(
  { checkpoint, ...options }: ExploreOptions,
  system: System,
  files: Files | undefined,
) {
  if (checkpoint === undefined || files === undefined) return () => undefined
  const { file, everySeconds = 60 } = checkpoint
  const origin = files.originOf(system, options)
  let last = performance.now()
  return (search: Search, seconds: number, now = false) => {
    if (search.from < 0 || !(search instanceof BreadthFirst)) return
    if (!now && performance.now() - last < everySeconds * 1000) return
    files.writeCheckpoint(file, origin, search, seconds)
    last = performance.now()
  }
}

function progressTeller(options: ExploreOptions, seconds: () => number) {
  const { onProgress } = options
  let last = { at: performance.now(), states: 0 }
  return ({ store, generated, queue, depth }: Search) => {
    const now = performance.now()
    if (onProgress === undefined || now - last.at < PROGRESS_MS) return
    const rate = ((store.count - last.states) * 1000) / (now - last.at)
    last = { at: now, states: store.count }
    onProgress({
      distinctStates: store.count,
      generatedStates: generated,
      queue,
      depth,
      seconds: seconds(),
      rate,
    })
  }
}
