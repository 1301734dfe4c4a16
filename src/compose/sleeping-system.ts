import type { Emit, Exploration, FalseClause, Runner, System } from '../explore/index.ts'
import type { ComposedSystem } from './composed-system.ts'
import { ComposedRunner } from './composed-runner.ts'
import { Sleeper } from './sleeper.ts'

/** A composed system with fewer steps, and as many states: see `Sleeper`. */
export class SleepingSystem implements System {
  readonly name: string
  readonly actions: readonly string[]
  readonly invariants: readonly string[]
  readonly sometimes: readonly string[]
  readonly falseClauses: (words: Int32Array, offset?: number) => readonly FalseClause[]
  readonly #whole: ComposedSystem
  readonly #sleepers: Sleeper[] = []

  constructor(whole: ComposedSystem) {
    this.#whole = whole
    this.name = whole.name
    this.actions = whole.actions
    this.invariants = whole.invariants
    this.sometimes = whole.sometimes
    this.falseClauses = whole.falseClauses
  }

  get words(): number {
    return this.#whole.words
  }

  runner(emit: Emit): Runner {
    const sleeper = new Sleeper()
    this.#sleepers.push(sleeper)
    return new ComposedRunner(this.#whole, emit, sleeper)
  }

  snapshot(words: Int32Array, offset?: number): Readonly<Record<string, unknown>> {
    return this.#whole.snapshot(words, offset)
  }

  report(): NonNullable<Exploration['reductions']>[number] {
    const [{ slept, taken } = new Sleeper()] = this.#sleepers
      .filter((sleeper) => sleeper.taken > 0)
      .slice(-1)
    return {
      kind: 'sleep sets',
      about: `${String(slept)} of ${String(slept + taken)} steps were not taken`,
      factor: (slept + taken) / Math.max(1, taken),
    }
  }
}
