import { Meter } from '../core/budget.ts'
import { UserError } from '../core/user-error.ts'
import { OutOfBounds, UniverseFull } from '../state/index.ts'
import type { RefinementFailure } from './exploration.ts'
import type { ClaimResult, KnownStates, LongRunOptions } from './liveness/index.ts'
import { OutOfBudget } from './liveness/graph.ts'
import { packedState, retaker } from './liveness/retake.ts'
import type { AnyModel } from './model.ts'
import { Pairs } from './pairs.ts'
import type { ModelSystem, Runner } from './system.ts'
import { systemsOf } from './systems-of.ts'
import { visitedFor } from './visited-source.ts'

interface Given {
  readonly model: AnyModel
  readonly map: (state: never, abstract: never) => void
}

export interface RefinementOptions extends LongRunOptions {
  /** Whether code may be generated for the other models. Default: yes. */
  readonly generated?: boolean
}

/**
 * Whether each behaviour, seen through a mapping, is a behaviour of another model: judges each
 * refinement that a model claims, on all steps between the states that a search found. Each initial
 * state has to be an initial state of the other model, and each step one of its steps or none at
 * all. What the other model says about `within`, fairness and the long run is not asked.
 */
export function checkRefinements(
  system: ModelSystem,
  known: KnownStates,
  options: RefinementOptions = {},
): readonly ClaimResult[] {
  const refinements = Object.entries(
    (system.model.refines ?? {}) as unknown as Readonly<Record<string, Given>>,
  )
  return refinements
    .filter(([name]) => options.only?.includes(name) ?? true)
    .map(([name, given]) => {
      const started = performance.now()
      options.onProgress?.(name)
      const result = withRoom(system, known, name, given, options)
      const seconds = (performance.now() - started) / 1000
      return { ...result, report: { ...result.report, seconds } }
    })
}

/** Starts again whenever the other model needs more room for its values. */
function withRoom(
  system: ModelSystem,
  known: KnownStates,
  name: string,
  given: Given,
  options: RefinementOptions,
): ClaimResult {
  const { generated = true } = options
  const systems = systemsOf(given.model, { name, generated })
  for (;;) {
    const abstract = systems.make() as ModelSystem
    try {
      return judge(system, known, name, new Abstraction(system, abstract, name, given), options)
    } catch (error) {
      if (error instanceof OutOfBudget)
        return {
          report: { name, kind: 'refinement', outcome: 'unknown', remarks: [error.message] },
        }
      if (!(error instanceof UniverseFull)) throw error
      if (abstract.type.plan.universes.of(error.universe.layout) !== error.universe) throw error
      systems.makeRoom(error)
    }
  }
}

function judge(
  system: ModelSystem,
  known: KnownStates,
  name: string,
  abstraction: Abstraction,
  options: RefinementOptions,
): ClaimResult {
  const meter = options.meter ?? new Meter({ bytes: Infinity })
  const failed = (before: number | undefined, after: Int32Array): ClaimResult => {
    const take = retaker(system, known)
    const trace = before === undefined ? [] : take.way(before)
    const refinement = abstraction.failure(before, after)
    return {
      report: { name, kind: 'refinement', outcome: 'fail' },
      violation: {
        kind: 'refinement',
        name,
        trace: [...trace, take.step(before, after)],
        refinement,
      },
    }
  }
  abstraction.seeAll(known, meter)
  for (let state = 0; state < known.count; state++)
    if (known.parents[state]! < 0 && !abstraction.mayBegin(state))
      return failed(undefined, packedState(system, known, state))

  let from = 0
  let wrong: Int32Array | undefined
  const runner: Runner = system.runner(() => {
    if (wrong !== undefined) return false
    if (!abstraction.mayStep(from, known.find(runner.out), runner.out)) wrong = runner.out.slice()
    return false
  })
  for (; from < known.count; from++) {
    runner.expand(known.states, from * system.words)
    if (wrong !== undefined) return failed(from, wrong)
    if (!meter.step()) throw OutOfBudget.of(meter)
  }
  const outcome = options.complete === false ? 'unknown' : 'pass'
  return { report: { name, kind: 'refinement', outcome } }
}

/** The states of the other model that states stand for, and the steps between those that it has. */
class Abstraction {
  readonly #system: ModelSystem
  readonly #abstract: ModelSystem
  readonly #known
  readonly #runner: Runner
  readonly #initial = new Set<number>()
  readonly #steps = new Pairs()
  readonly #gone = new Set<number>()
  readonly #see: (words: Int32Array, offset: number) => number
  #images = new Int32Array(0)
  #from = -1

  constructor(system: ModelSystem, abstract: ModelSystem, name: string, given: Given) {
    this.#system = system
    this.#abstract = abstract
    const known = visitedFor(abstract.words)
    this.#known = known
    this.#runner = abstract.runner(() => {
      const number = known.add(this.#runner.out)
      const to = number < 0 ? ~number : number
      if (this.#from < 0) this.#initial.add(to)
      else this.#steps.add(this.#from, to)
      return number < 0
    })
    this.#runner.initial()
    this.#see = seeing(system, abstract, name, given, (words) => {
      const number = known.add(words)
      return number < 0 ? ~number : number
    })
  }

  seeAll(known: KnownStates, meter: Meter): void {
    if (!meter.reserve(4 * known.count)) throw OutOfBudget.of(meter)
    this.#images = new Int32Array(known.count)
    for (let state = 0; state < known.count; state++)
      this.#images[state] = this.#see(known.states, state * this.#system.words)
  }

  mayBegin(state: number): boolean {
    return this.#initial.has(this.#images[state]!)
  }

  /** `to` is -1 for a state that was not gone on from, and which is then given by its words. */
  mayStep(from: number, to: number, words: Int32Array): boolean {
    const before = this.#images[from]!
    const after = to < 0 ? this.#see(words, 0) : this.#images[to]!
    if (before === after || this.#steps.has(before, after)) return true
    if (this.#gone.has(before)) return false
    this.#gone.add(before)
    this.#from = before
    this.#runner.expand(this.#known.states, before * this.#abstract.words)
    return this.#steps.has(before, after)
  }

  failure(from: number | undefined, words: Int32Array): RefinementFailure {
    const { states } = this.#known
    const size = this.#abstract.words
    const of = this.#abstract.name
    const after = this.#abstract.snapshot(states, this.#see(words, 0) * size)
    if (from === undefined) return { of, after, enabled: [] }
    const before = this.#images[from]!
    const enabled = new Set<string>()
    const runner = this.#abstract.runner((action) => {
      enabled.add(this.#abstract.actions[action] ?? '')
      return false
    })
    runner.expand(this.#known.states, before * size)
    return {
      of,
      before: this.#abstract.snapshot(states, before * size),
      after,
      enabled: [...enabled],
    }
  }
}

/** Maps a packed state and says which number the packed result has. */
function seeing(
  system: ModelSystem,
  abstract: ModelSystem,
  name: string,
  given: Given,
  number: (words: Int32Array) => number,
): (words: Int32Array, offset: number) => number {
  const source = system.type.workspace()
  const image = abstract.type.workspace()
  const first = image.slots.slice()
  const packed = new Int32Array(abstract.words)
  return (words, offset) => {
    system.type.unpack(words, offset, source.slots)
    image.slots.set(first)
    try {
      given.map(source.state as never, image.state as never)
    } catch (error) {
      if (!(error instanceof OutOfBounds)) throw error
      throw new UserError(`the state that it stands for has a wrong value: ${error.message}`, {
        where: `${system.name}, refinement '${name}'`,
        hint: 'widen the layouts of the other model, or map to a state that it has',
        cause: error,
      })
    }
    abstract.type.pack(image.slots, packed, 0)
    return number(packed)
  }
}
