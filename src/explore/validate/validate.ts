import type { Budget } from '../../core/budget.ts'
import { Meter } from '../../core/budget.ts'
import type { TraceHeader, TraceStep } from '../../core/trace.ts'
import type { BoundHit, Outcome } from '../../core/verdict.ts'
import { OutOfBounds, UniverseFull } from '../../state/index.ts'
import { stepsOf } from '../model-steps.ts'
import type { Parameters } from '../spec.ts'
import type { ModelSystem } from '../system.ts'
import { systemsOf } from '../systems-of.ts'
import type { Put } from './disks.ts'
import { Disks } from './disks.ts'
import { Fitting, TooManyFit } from './fitting.ts'
import type { Mapping, Reader, Window } from './mapping.ts'
import { NeedsRoom, NotCovered } from './mapping.ts'
import type { Nearest } from './nearest-step.ts'
import { nearestStep } from './nearest-step.ts'

/** A trace that can be read more than once. */
export interface TraceSource {
  readonly header: TraceHeader
  steps(): Iterable<TraceStep>
}

export interface ValidateOptions {
  /** The spec with a bug planted in it: what traces it allows then. */
  readonly mutant?: string
  readonly budget?: Budget
  /** How many states of the spec may fit at a time. Default: 100,000. */
  readonly states?: number
  /** Parameters of the spec that are not to be found out by a look at the trace. */
  readonly parameters?: Parameters
}

export interface Validation {
  readonly outcome: Outcome
  readonly spec: string
  readonly mapping: string
  /** As they were found out from the trace. */
  readonly parameters: Parameters
  /** Steps of the trace that were looked at and explained. */
  readonly matched: number
  /** Actions of the spec that were taken for them. */
  readonly actions: number
  /** Parts of steps that wait for a write of which the trace never shows that it was done. */
  readonly waiting: number
  /** The most states of the spec that fitted at a time. */
  readonly states: number
  /** How far origins were moved in the end. */
  readonly origins: readonly number[]
  readonly seconds: number
  /** For `fail`: the first step that nothing explains. */
  readonly misfit?: Misfit
  /** For `unknown`. */
  readonly bound?: BoundHit
}

export interface Misfit {
  readonly step: TraceStep
  /** When it was to be taken, where that is later: somebody hears of what it did. */
  readonly at?: TraceStep
  readonly nearest: Nearest
}

const MOST_STATES = 100_000
/** A spec is made with so much more room at most than a trace seemed to need. */
const MOST_ROOM = 64
/** How many steps pass between looks at how far origins can be moved. */
const WINDOW_STEPS = 64

/**
 * Whether a trace is a behaviour of a spec, as a mapping sees it: keeps the states of the spec that
 * fit all steps so far, and goes on step by step. The verdict is about this trace and this mapping:
 * a pass names no other behaviour of the protocol right.
 */
export function validate(
  mapping: Mapping,
  source: TraceSource,
  options: ValidateOptions = {},
): Validation {
  const started = performance.now()
  const meter = new Meter(options.budget)
  const reader = mapping.reader(source.header)
  const seconds = (): number => (performance.now() - started) / 1000
  for (const step of source.steps()) {
    reader.see(step)
    if (meter.step()) continue
    const rest = { parameters: {}, matched: 0, actions: 0, waiting: 0, states: 0, origins: [] }
    const bound = meter.hit('the trace was being read for the first time')
    return { outcome: 'unknown', ...namesOf(mapping), ...rest, seconds: seconds(), bound }
  }
  for (let room = 1; ; room *= 2) {
    const parameters = { ...reader.parameters(room), ...options.parameters }
    const model = mapping.spec.make(parameters, options.mutant)
    const systems = systemsOf(model, { name: mapping.spec.name, generated: false })
    for (;;) {
      const { type } = systems.make() as ModelSystem
      const fitting = new Fitting(stepsOf(model), type, mapping, options.states ?? MOST_STATES)
      const run = new Run(mapping, source, { reader, parameters, fitting, meter })
      try {
        return { ...run.result(), seconds: seconds() }
      } catch (error) {
        if (error instanceof UniverseFull) {
          systems.makeRoom(error)
          continue
        }
        if (!(error instanceof OutOfBounds) && !(error instanceof NeedsRoom)) throw error
        if (room < MOST_ROOM) break
        return { ...run.ended('unknown'), bound: tooNarrow(error, run.matched), seconds: seconds() }
      }
    }
  }
}

function namesOf({ spec, name }: Mapping): Pick<Validation, 'spec' | 'mapping'> {
  return { spec: spec.name, mapping: name }
}

function tooNarrow(error: Error, matched: number): BoundHit {
  const covered = `the first ${matched} steps are explained; then ${error.message}`
  return { bound: 'method', limit: 0, covered }
}

interface Made {
  readonly reader: Reader
  readonly parameters: Parameters
  readonly fitting: Fitting
  readonly meter: Meter
}

/** One way through the trace. */
class Run {
  matched = 0
  readonly #mapping: Mapping
  readonly #source: TraceSource
  readonly #made: Made
  readonly #disks = new Disks()
  readonly #origins: number[] = []
  readonly #window: Window | undefined
  #misfit: Misfit | undefined

  constructor(mapping: Mapping, source: TraceSource, made: Made) {
    this.#mapping = mapping
    this.#source = source
    this.#made = made
    this.#window = made.reader.window?.(made.parameters)
    if (this.#window !== undefined) this.#origins = this.#spare().map(() => 0)
  }

  result(): Omit<Validation, 'seconds'> {
    const { meter } = this.#made
    try {
      if (!this.#walk()) {
        const covered = `the first ${this.matched} steps are explained`
        return { ...this.ended('unknown'), bound: meter.hit(covered) }
      }
    } catch (error) {
      if (!(error instanceof TooManyFit) && !(error instanceof NotCovered)) throw error
      const covered = `the first ${this.matched} steps are explained; then ${error.message}`
      return { ...this.ended('unknown'), bound: { bound: 'method', limit: 0, covered } }
    }
    if (this.#misfit === undefined) return this.ended('pass')
    return { ...this.ended('fail'), misfit: this.#misfit }
  }

  ended(outcome: Outcome): Omit<Validation, 'seconds'> {
    const { parameters, fitting } = this.#made
    return {
      outcome,
      ...namesOf(this.#mapping),
      parameters,
      matched: this.matched,
      actions: fitting.taken,
      waiting: this.#disks.waiting,
      states: fitting.most,
      origins: this.#origins,
    }
  }

  /** False: a bound was hit. */
  #walk(): boolean {
    const { reader, parameters, meter } = this.#made
    const explain = reader.explain(parameters, this.#origins)
    for (const step of this.#source.steps()) {
      if (!meter.step()) return false
      const told = explain(step)
      for (const earlier of this.#disks.before(step)) if (!this.#take(earlier, step)) return true
      this.#disks.note(step)
      for (const part of told) if (!this.#begin({ part, step })) return true
      this.matched++
      if (this.#window !== undefined && this.matched % WINDOW_STEPS === 0) this.#move()
    }
    return true
  }

  #begin(put: Put): boolean {
    const { node } = put.step
    const { after } = put.part
    if (node === undefined || after === undefined || this.#disks.isDone(node, after)) {
      return this.#take(put, put.step)
    }
    this.#disks.wait(node, put, after)
    return true
  }

  #take({ part, step }: Put, now: TraceStep): boolean {
    const { fitting } = this.#made
    if (fitting.take(part)) return true
    const nearest = nearestStep(fitting, part)
    this.#misfit = { step, ...(step === now ? {} : { at: now }), nearest }
    return false
  }

  #spare(): readonly number[] {
    let least: number[] | undefined
    this.#made.fitting.look(undefined, ({ state }) => {
      const spare = this.#window!.spare(state as never)
      least = least === undefined ? [...spare] : least.map((one, at) => Math.min(one, spare[at]!))
    })
    return least ?? []
  }

  #move(): void {
    const by = this.#spare()
    if (by.every((one) => one <= 0)) return
    this.#made.fitting.rewrite((state) => {
      this.#window!.move(state as never, by)
    })
    for (const [at, one] of by.entries()) this.#origins[at] = this.#origins[at]! + one
  }
}
