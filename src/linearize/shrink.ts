/**
 * Makes a counterexample small. Deleting operations at will would prove nothing: a read of 7 fails
 * by itself once the write of 7 is gone. Only what keeps every legal history legal may be left out:
 *
 * - all that was called after some moment; what was open then counts as unknown,
 * - operations that never change the state,
 * - all operations on a value, where the model says so (`touches`).
 *
 * So what is left and cannot be ordered proves that the whole cannot be ordered either. The result
 * is minimal: no single one of these deletions can be made any more. The method is delta debugging
 * (Zeller & Hildebrandt 2002) with chunks that are halved.
 */
import type { Budget } from '../core/budget.ts'
import { Meter } from '../core/budget.ts'
import type { Problem } from '../core/engine.ts'
import type { Json } from '../core/json.ts'
import { Interner } from '../core/json.ts'
import { observes } from '../core/model.ts'
import type { Operation } from '../core/operation.ts'
import { cutShort } from './cut-short.ts'
import { decide, decideBySearch } from './decide.ts'

export interface Shrunk {
  /** What is left. Operations that were cut short have an unknown outcome here. */
  readonly problem: Problem
  /** By operation of `problem`: its index in the problem that was given. */
  readonly indices: readonly number[]
  /** False if the budget ended before the last deletion was tried. */
  readonly minimal: boolean
  /** True if the general search has found no order of what is left. */
  readonly proven: boolean
}

/** What an engine knows about a failure; see `Decision`. */
export interface Hints {
  readonly core: readonly number[]
  readonly impossible?: number
}

/** Shrinks a problem that is known to have no legal order. */
export function shrink(problem: Problem, hints: Hints, budget: Budget): Shrunk {
  const meter = new Meter(budget)
  const failing = new FailingPart(problem, meter)
  failing.startSmall(hints)
  failing.dropObservers((values) => values === undefined)
  for (let before = -1; before !== failing.size;) {
    before = failing.size
    failing.dropValues()
    failing.dropObservers(() => true)
  }
  const { operations, indices } = failing.current()
  const left = { ...problem, operations }
  const { rest } = meter
  const steps = Math.min(rest.steps ?? Infinity, STEPS_OF_PROOF)
  const proof = decideBySearch(left, new Meter({ ...rest, steps }))
  if (proof.outcome === 'pass') {
    throw new Error('the general search does not confirm the counterexample')
  }
  return {
    problem: left,
    indices,
    minimal: !meter.exhausted,
    proven: proof.outcome === 'fail',
  }
}

/**
 * A smaller part that takes the search more steps than this is as good as one that has an order.
 */
const stepsOfAttempt = (operations: number): number => 2000 + 20 * operations

/** For what is left, which is small, a hundred steps are usual. */
const STEPS_OF_PROOF = 20_000

/** What is left out of a problem. */
interface Cut {
  /** Events after this position are gone. */
  readonly end: number
  readonly goneObservers: ReadonlySet<number>
  readonly goneValues: ReadonlySet<number>
}

class FailingPart {
  readonly #problem: Problem
  readonly #meter: Meter
  readonly #values = new Interner()
  /** By operation: the numbers of the values it touches; `undefined` if it looks at everything. */
  readonly #touched: readonly (readonly number[] | undefined)[]
  readonly #isObserver: readonly boolean[]
  /** Values that are there at the beginning: leaving out who takes them would leave them in. */
  readonly #fixed = new Set<number>()
  #cut: Cut = { end: Infinity, goneObservers: new Set(), goneValues: new Set() }

  constructor(problem: Problem, meter: Meter) {
    const { model, operations } = problem
    this.#problem = problem
    this.#meter = meter
    this.#isObserver = operations.map((operation) => observes(model, operation))
    this.#touched = operations.map((operation) =>
      model.touches?.(operation)?.map((value) => this.#values.id(value)),
    )
    for (const value of model.values?.(problem.initial) ?? []) {
      this.#fixed.add(this.#values.find(value))
    }
  }

  get size(): number {
    return this.current().operations.length
  }

  current() {
    return this.#apply(this.#cut)
  }

  /** Begins with the part that the engine pointed at, if that fails by itself. */
  startSmall({ core, impossible }: Hints): void {
    const last = impossible === undefined ? undefined : this.#problem.operations[impossible]
    const end = last?.returned ?? Infinity
    const goneValues = new Set<number>()
    const goneObservers = new Set<number>()
    if (core.length > 0) {
      const kept = new Set(core.flatMap((index) => this.#touched[index] ?? []))
      for (let id = 0; id < this.#values.size; id++) {
        if (!kept.has(id) && !this.#fixed.has(id)) goneValues.add(id)
      }
      const inCore = new Set(core)
      this.#isObserver.forEach((observer, index) => {
        if (observer && !inCore.has(index)) goneObservers.add(index)
      })
      if (this.#accept({ end, goneObservers, goneValues })) return
      if (this.#accept({ end: Infinity, goneObservers, goneValues })) return
    }
    this.#accept({ ...this.#cut, end })
  }

  dropObservers(which: (values: readonly number[] | undefined) => boolean): void {
    const { indices, operations } = this.current()
    // What is left of an operation may observe only, where the whole does not.
    const candidates = indices.filter(
      (index, at) => observes(this.#problem.model, operations[at]!) && which(this.#touched[index]),
    )
    this.#drop(candidates, (gone) => ({
      ...this.#cut,
      goneObservers: new Set([...this.#cut.goneObservers, ...gone]),
    }))
  }

  dropValues(): void {
    const { indices } = this.current()
    const present = new Set(indices.flatMap((index) => this.#touched[index] ?? []))
    const { goneValues } = this.#cut
    const candidates = [...present].filter((id) => !goneValues.has(id) && !this.#fixed.has(id))
    this.#drop(candidates, (gone) => ({
      ...this.#cut,
      goneValues: new Set([...goneValues, ...gone]),
    }))
  }

  /** Tries to leave out half of the candidates, then quarters, and so on to single ones. */
  #drop(candidates: readonly number[], without: (gone: readonly number[]) => Cut): void {
    let left = candidates
    for (let size = Math.ceil(left.length / 2); size >= 1; size = size > 1 ? size >> 1 : 0) {
      for (let from = left.length - size; from > -size; from -= size) {
        const chunk = left.slice(Math.max(0, from), from + size)
        if (chunk.length === 0 || !this.#meter.look()) continue
        if (!this.#accept(without(chunk))) continue
        const gone = new Set(chunk)
        left = left.filter((item) => !gone.has(item))
      }
    }
  }

  /** Makes a cut if what is left still cannot be ordered. */
  #accept(cut: Cut): boolean {
    const { operations, indices } = this.#apply(cut)
    // An operation that looks at everything would be judged wrongly if a value were missing.
    if (cut.goneValues.size > 0 && indices.some((index) => this.#touched[index] === undefined)) {
      return false
    }
    const { rest } = this.#meter
    const limit = stepsOfAttempt(operations.length)
    const attempt = new Meter({
      ...rest,
      steps: Math.min(rest.steps ?? Infinity, limit),
    })
    const { decision } = decide({ ...this.#problem, operations }, attempt)
    this.#meter.step(attempt.steps)
    if (decision.outcome !== 'fail') return false
    this.#cut = cut
    return true
  }

  #apply({ end, goneObservers, goneValues }: Cut) {
    const operations: Operation[] = []
    const indices: number[] = []
    this.#problem.operations.forEach((whole, index) => {
      if (goneObservers.has(index)) return
      const known = cutShort(whole, end, this.#problem.model)
      const kept = known === undefined ? undefined : this.#without(whole, index, goneValues)
      if (known === undefined || kept === undefined) return
      operations.push(known === whole ? kept : { ...kept, returned: Infinity, result: undefined })
      indices.push(index)
    })
    return { operations, indices }
  }

  #without(whole: Operation, index: number, gone: ReadonlySet<number>): Operation | undefined {
    const touched = this.#touched[index]
    if (gone.size === 0 || touched === undefined) return whole
    const missing = touched.filter((value) => gone.has(value))
    if (missing.length === 0) return whole
    if (missing.length === touched.length) return undefined
    const isGone = (value: Json) => gone.has(this.#values.find(value))
    return this.#problem.model.without?.(whole, isGone)
  }
}
