import { UniverseFull } from '../state/index.ts'
import type { Bounds } from './bounds.ts'
import { BoundReached, stoppedBy } from './bounds.ts'
import { conclude } from './conclusion.ts'
import { Counts } from './coverage.ts'
import { explained } from './diagnose.ts'
import type { Trial } from './expander.ts'
import { Expander } from './expander.ts'
import type { Exploration, Stopped, Violation } from './exploration.ts'
import { SearchAgain } from './reduce/reduction.ts'
import type { Store } from './store.ts'
import { storeFor } from './store.ts'
import type { Runner, System } from './system.ts'
import { packedTrace, storyOf } from './trace.ts'

/** How states are searched; `explore` takes these and more. */
export interface SearchOptions {
  readonly budget?: Bounds
  readonly fingerprints?: boolean
  readonly generated?: boolean
  readonly keepGoing?: boolean
  /** Whether to go on from states by what changes. Default: where that turns out to be faster. */
  readonly changes?: 'always' | 'never' | Trial | undefined
}

/** What is wrong with a state, before its story is told. */
export interface Finding {
  readonly kind: 'invariant' | 'deadlock'
  readonly name: string
  /** The level of the state, which is as long as its story. */
  readonly level: number
  readonly state: number
  /** The state itself, where it is a successor of `state` outside of `within`. */
  readonly beyond?: Int32Array
}

export const DEADLOCK = 'some step can always be taken'

/** Between two looks at the clock. */
export const STATES_PER_LOOK = 32

/**
 * What searches have in common: they take the steps of a system, and judge the states they find.
 */
export abstract class Search {
  readonly system: System
  readonly options: SearchOptions
  readonly store: Store
  readonly counts: Counts
  readonly findings: Finding[] = []
  /** The state that is gone on from next, -1 before the first. */
  from = -1
  /** The level of that state, the first being that of the initial states. */
  level = 0
  /** Steps of `from` that were taken already, before a bound stopped the search. */
  partly = 0
  generated = 0
  cut = false
  done = false
  stopped: Stopped | undefined
  abstract readonly strategy: Exploration['strategy']
  protected readonly runner: Runner
  #skip = 0
  readonly #expander: Expander

  constructor(system: System, options: SearchOptions = {}) {
    this.system = system
    this.options = options
    this.store = storeFor(system.words, options.fingerprints ?? false, {
      ...options.budget,
      ...(options.generated === undefined ? {} : { generated: options.generated }),
    })
    this.counts = new Counts(system)
    this.runner = this.#newRunner()
    this.#expander = new Expander(this.runner, this.store, options.changes)
  }

  /** Levels that were reached, the first being that of the initial states. */
  abstract get depth(): number

  /** States that were found and not gone on from. */
  abstract get queue(): number

  /** Goes on from states until a moment of `performance.now()`. */
  protected abstract goOn(until: number): void

  /** Goes on until a moment of `performance.now()`; false when there is nothing left to do. */
  advance(until: number): boolean {
    if (this.done) return false
    try {
      if (this.from < 0) this.#begin()
      this.#skip = this.partly
      this.goOn(until)
    } catch (error) {
      if (!(error instanceof BoundReached)) return this.#givingUp(error)
      const taken = this.counts.total() - this.generated
      this.partly += taken
      this.generated += taken
      this.stop(error.bound, error.limit)
    }
    return !this.done
  }

  /** What is wrong already is told, whatever errors come after it on the same level. */
  #givingUp(error: unknown): boolean {
    if (error instanceof UniverseFull || error instanceof SearchAgain) throw error
    if (!this.ending) throw explained(this.system, this.#current(), error)
    this.done = true
    return false
  }

  #current(): Int32Array | undefined {
    const { states, first, words } = this.store
    const at = (this.from - first) * words
    return this.from < 0 ? undefined : states.slice(at, at + words)
  }

  protected get ending(): boolean {
    return this.findings.length > 0 && this.options.keepGoing !== true
  }

  /** Stops early, between two slices. */
  stop(bound: Stopped['bound'], limit: number): void {
    if (this.done) return
    this.done = true
    this.stopped = stoppedBy(bound, limit, {
      levels: Math.max(this.level - 1, 0),
      states: this.store.count,
      frontier: this.queue,
    })
  }

  #begin(): void {
    this.runner.initial()
    this.generated = this.counts.initial
    this.from = 0
  }

  /** Goes on from the state `from`. */
  protected expand(): void {
    const { store } = this
    this.runner.goOnFrom?.(this.from)
    const emitted = this.#expander.expand(store.states, (this.from - store.first) * store.words)
    this.generated += emitted - this.partly
    this.partly = 0
    if (emitted === 0) this.#meetEnd()
  }

  /** Told of each successor: the innermost loop of the search. */
  #newRunner(): Runner {
    const { store, counts, system } = this
    const { taken, found, idle } = counts
    const claimed = system.invariants.length > 0
    let met: Runner['met'] = undefined
    const runner: Runner = system.runner((action) => {
      if (this.#skip > 0) return this.#wasNew(runner.out)
      if (!runner.within()) {
        taken[action + 1]!++
        this.#meetOutside(runner)
        return false
      }
      const number = store.add(runner.out, this.from)
      if (met !== undefined) met(number)
      taken[action + 1]!++
      if (number >= 0) {
        if (number === this.from) idle[action + 1]!++
        return false
      }
      found[action + 1]!++
      if (counts.unseen.length > 0) counts.look(runner)
      if (claimed) {
        const invariant = this.#expander.falseInvariant(this.from, this.findings.length === 0)
        if (invariant >= 0) this.#meetFalse(runner, invariant, ~number)
      }
      return true
    })
    met = runner.met
    return runner
  }

  /** For a step that was taken before the search was resumed: what was answered then. */
  #wasNew(out: Int32Array): boolean {
    this.#skip--
    const number = this.store.find(out)
    return number > this.from && this.store.parents[number] === this.from
  }

  #meetFalse(runner: Runner, first: number, state: number, beyond?: Int32Array): void {
    const { invariants, falseClauses } = this.system
    const level = this.level + 1
    const meet = (name: string) => {
      const finding = { kind: 'invariant', name, level, state } as const
      this.#meet(beyond === undefined ? finding : { ...finding, beyond })
    }
    if (this.options.keepGoing !== true || falseClauses === undefined) meet(invariants[first] ?? '')
    else if (this.findings.length <= invariants.length)
      for (const { name } of falseClauses(runner.out)) meet(name)
  }

  #meetOutside(runner: Runner): void {
    this.cut = true
    const invariant = runner.falseInvariant()
    if (invariant >= 0) this.#meetFalse(runner, invariant, this.from, runner.out.slice())
  }

  #meetEnd(): void {
    const { store } = this
    this.runner.load(store.states, (this.from - store.first) * this.system.words)
    if (this.runner.mayEnd()) return
    this.#meet({ kind: 'deadlock', name: DEADLOCK, level: this.level, state: this.from })
  }

  /** The nearest of each name is kept, and of those the first. */
  #meet(finding: Finding): void {
    const known = this.findings.findIndex(({ name }) => name === finding.name)
    if (known < 0) this.findings.push(finding)
    else if (finding.level < this.findings[known]!.level) this.findings[known] = finding
  }

  /** What is wrong, the nearest first; only the first of it unless the search was to go on. */
  violations(): Violation[] {
    const nearest = this.findings.toSorted((one, other) => one.level - other.level)
    const told = this.options.keepGoing === true ? nearest : nearest.slice(0, 1)
    return told.map((finding) => violationOf(this.system, this.store, finding))
  }

  exploration(seconds: number): Exploration {
    const { system, counts, store, depth, cut, stopped } = this
    return conclude({
      system,
      counts,
      violations: this.violations(),
      distinctStates: store.count,
      generatedStates: this.generated,
      depth,
      seconds,
      strategy: this.strategy,
      cut,
      stopped,
      fingerprints: this.options.fingerprints ?? false,
      bytes: store.bytes,
    })
  }
}

/** The story of a finding, and all that is false in its last state. */
export function violationOf(system: System, store: Store, finding: Finding): Violation {
  const { kind, name, state, beyond } = finding
  const path = packedTrace(system, store, state, beyond)
  const { trace, last } = storyOf(system, path)
  const clauses = kind === 'invariant' && last !== undefined && system.falseClauses?.(last)
  return {
    kind,
    name,
    trace,
    ...(clauses ? { clauses } : {}),
  }
}
