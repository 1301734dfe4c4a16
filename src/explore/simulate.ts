import { seeded } from '../core/random.ts'
import { UniverseFull } from '../state/index.ts'
import { checkModel } from './check-model.ts'
import { explained, trySteps } from './diagnose.ts'
import type { Violation } from './exploration.ts'
import type { AnyModel } from './model.ts'
import { DEADLOCK } from './search.ts'
import { shortened } from './shorten.ts'
import type { ModelSystem, System } from './system.ts'
import { isSystem, systemsOf } from './systems-of.ts'
import type { PackedStep } from './trace.ts'
import { storyOf } from './trace.ts'
import type { Walker } from './walks.ts'
import { walkerOf } from './walks.ts'

/** How many random walks are taken, and how long they are. */
export interface SimulateOptions {
  /** What the model is called in the result and in errors. Default: `model`. */
  readonly name?: string
  readonly generated?: boolean
  /** How many walks. Default: 10,000. */
  readonly traces?: number
  /** How many steps each walk has at most. Default: 100. */
  readonly steps?: number
  /** The same seed takes the same walks. Default: 1. */
  readonly seed?: number
  readonly budget?: { readonly seconds?: number }
  /** Told about once a second how far the walks are. */
  readonly onProgress?: (progress: SimulationProgress) => void
  readonly signal?: AbortSignal
}

/** How far random walks have come. */
export interface SimulationProgress {
  readonly traces: number
  readonly steps: number
  readonly seconds: number
}

/** What random walks say: that something is wrong, or nothing for sure. */
export interface Simulation {
  readonly name: string
  readonly outcome: 'fail' | 'unknown'
  readonly seed: number
  /** Walks that were taken. */
  readonly traces: number
  /** Steps of all walks together. */
  readonly steps: number
  /** Steps of the longest walk. */
  readonly longest: number
  /** Walks that came to a state without a step, where the machine may end. */
  readonly ended: number
  readonly seconds: number
  /** How often each action was taken. */
  readonly coverage: readonly { readonly action: string; readonly taken: number }[]
  /** Claims of `sometimes` that no walk fulfilled. */
  readonly unreached: readonly string[]
  /** At most one; its trace is a walk from which steps were left out as long as it stayed wrong. */
  readonly violations: readonly Violation[]
  /** The steps of the walk as it was found, where something is wrong. */
  readonly found?: number
}

const DEFAULT_TRACES = 10_000
const DEFAULT_STEPS = 100
const TRACES_PER_LOOK = 16
const SLICE_MS = 200
const PROGRESS_MS = 1000

/**
 * Walks at random: each enabled choice of an action and its parameters is as likely. Invariants are
 * judged in each state; the walks stop with the first that are false. Never says `pass`.
 */
export async function simulate(
  model: AnyModel | System,
  options: SimulateOptions = {},
): Promise<Simulation> {
  if (!isSystem(model)) checkModel(options.name ?? 'model', model)
  const systems = systemsOf(model, options)
  for (;;) {
    const system = systems.make()
    try {
      if ('model' in system) trySteps(system as ModelSystem)
      return await walkAbout(system, options)
    } catch (error) {
      if (!(error instanceof UniverseFull)) throw error
      systems.makeRoom(error)
    }
  }
}

async function walkAbout(system: System, options: SimulateOptions): Promise<Simulation> {
  const { traces = DEFAULT_TRACES, onProgress, signal } = options
  const started = performance.now()
  const deadline = started + (options.budget?.seconds ?? Infinity) * 1000
  const walks = new Walks(system, options)
  const seconds = () => (performance.now() - started) / 1000
  let slice = started + SLICE_MS
  let told = started
  while (walks.traces < traces && !walks.failed) {
    walks.take()
    if (walks.traces % TRACES_PER_LOOK !== 0) continue
    const now = performance.now()
    if (now >= deadline) break
    if (now < slice) continue
    if (now - told >= PROGRESS_MS) {
      told = now
      onProgress?.({ traces: walks.traces, steps: walks.steps, seconds: seconds() })
    }
    await new Promise((resume) => setImmediate(resume))
    if (signal?.aborted === true) break
    slice = performance.now() + SLICE_MS
  }
  return walks.simulation(seconds)
}

/** Walks one after the other. The draws of a walk are kept, so that it can be taken again. */
class Walks {
  traces = 0
  steps = 0
  failed = false
  readonly #system: System
  readonly #walker: Walker
  readonly #seed: number
  readonly #most: number
  readonly #taken: Float64Array
  readonly #draws: number[] = []
  readonly #draw: (below: number) => number
  #unseen: number[]
  #longest = 0
  #ended = 0

  constructor(system: System, { steps = DEFAULT_STEPS, seed = 1 }: SimulateOptions) {
    this.#system = system
    this.#walker = walkerOf(system)
    this.#most = steps
    this.#seed = seed
    this.#taken = new Float64Array(system.actions.length)
    this.#unseen = [...system.sometimes.keys()]
    const random = seeded(seed)
    this.#draw = (below) => {
      const drawn = random.int(0, below - 1)
      this.#draws.push(drawn)
      return drawn
    }
  }

  take(): void {
    const { walk } = this.#walker
    const draws = this.#draws
    const taken = this.#taken
    draws.length = 0
    this.traces++
    try {
      if (!walk.start(this.#draw)) return
      let length = 0
      while (this.#judge() && length < this.#most) {
        const action = walk.step(this.#draw)
        if (action < 0) {
          this.#end()
          break
        }
        taken[action]!++
        length++
      }
      this.steps += length
      if (length > this.#longest) this.#longest = length
    } catch (error) {
      throw this.#explained(error)
    }
  }

  /** Whether the walk goes on from where it is. */
  #judge(): boolean {
    const { runner } = this.#walker
    if (this.#unseen.length > 0)
      for (const claim of this.#unseen)
        if (runner.sometimes(claim)) this.#unseen = this.#unseen.filter((one) => one !== claim)
    if (runner.falseInvariant() < 0) return runner.within()
    this.failed = true
    return false
  }

  #end(): void {
    if (this.#walker.runner.mayEnd()) this.#ended++
    else this.failed = true
  }

  /** The last walk once more, with all its states, which are put into `steps`. */
  #again(steps: PackedStep[] = []): PackedStep[] {
    const { walk } = this.#walker
    const draws = [...this.#draws]
    let drawn = 0
    const draw = () => draws[drawn++] ?? 0
    const packed = (action: number): PackedStep => {
      const words = new Int32Array(this.#system.words)
      walk.pack(words, 0)
      return { action, instance: 0, parameters: [...walk.parameters()], words }
    }
    if (!walk.start(draw)) return steps
    steps.push(packed(-1))
    for (let length = 0; length < this.#most; length++) {
      const { runner } = this.#walker
      if (runner.falseInvariant() >= 0 || !runner.within()) break
      const action = walk.step(draw)
      if (action < 0) break
      steps.push(packed(action))
    }
    return steps
  }

  #explained(error: unknown): unknown {
    if (error instanceof UniverseFull) return error
    const steps: PackedStep[] = []
    try {
      this.#again(steps)
    } catch {
      // The walk up to the error is all that is wanted.
    }
    return explained(this.#system, steps.at(-1)?.words, error)
  }

  simulation(seconds: () => number): Simulation {
    const system = this.#system
    const path = this.failed ? this.#again() : []
    const violations = path.length > 0 ? [violationOf(system, path)] : []
    return {
      name: system.name,
      outcome: violations.length > 0 ? 'fail' : 'unknown',
      seed: this.#seed,
      traces: this.traces,
      steps: this.steps,
      longest: this.#longest,
      ended: this.#ended,
      seconds: seconds(),
      coverage: system.actions.map((action, index) => ({
        action,
        taken: this.#taken[index] ?? 0,
      })),
      unreached: this.#unseen.map((claim) => system.sometimes[claim] ?? ''),
      violations,
      ...(violations.length > 0 ? { found: path.length - 1 } : {}),
    }
  }
}

/**
 * What is wrong at the end of a walk, and the shortest story of it that leaving out steps gives.
 */
function violationOf(system: System, path: readonly PackedStep[]): Violation {
  let successors = 0
  const runner = system.runner(() => {
    successors++
    return false
  })
  const wrongAt = (state: Int32Array): string | undefined => {
    runner.load(state, 0)
    const invariant = runner.falseInvariant()
    if (invariant >= 0) return system.invariants[invariant]
    if (runner.mayEnd()) return undefined
    successors = 0
    runner.expand(state, 0)
    return successors === 0 ? DEADLOCK : undefined
  }
  const name = wrongAt(path.at(-1)!.words) ?? ''
  const short = shortened(system, path, (state) => wrongAt(state) === name)
  const { trace, last } = storyOf(system, short)
  if (name === DEADLOCK) return { kind: 'deadlock', name, trace }
  const clauses = last === undefined ? undefined : system.falseClauses?.(last)
  return { kind: 'invariant', name, trace, ...(clauses === undefined ? {} : { clauses }) }
}
