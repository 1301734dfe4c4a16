import { UniverseFull } from '../state/index.ts'
import type { Bounds } from './bounds.ts'
import { BoundReached, stoppedBy } from './bounds.ts'
import { conclude } from './conclusion.ts'
import { Counts } from './coverage.ts'
import type { Exploration, Stopped, Violation } from './exploration.ts'
import type { Store } from './store.ts'
import { storeFor } from './store.ts'
import type { Runner, System } from './system.ts'
import { packedTrace, plainStep } from './trace.ts'

export interface SearchOptions {
  readonly budget?: Bounds
  readonly fingerprints?: boolean
  readonly generated?: boolean
  readonly keepGoing?: boolean
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
const STATES_PER_LOOK = 32

/**
 * Looks at all reachable states, the nearest first, so that the traces are the shortest. A search
 * is gone on with in slices; between them it may be looked at or written down.
 *
 * When something is wrong the search still ends the level that it is in: what it reports is then the
 * nearest, and how much it saw does not depend on how the work is shared out.
 */
export class BreadthFirst {
  readonly system: System
  readonly options: SearchOptions
  readonly store: Store
  readonly counts: Counts
  readonly findings: Finding[] = []
  /** The state that is gone on from next, -1 before the first. */
  from = -1
  /** The level of that state, the first being that of the initial states. */
  level = 0
  /** The first state that is not of that level. */
  levelEnd = 0
  /** Steps of `from` that were taken already, before a bound stopped the search. */
  partly = 0
  generated = 0
  cut = false
  done = false
  stopped: Stopped | undefined
  readonly #runner: Runner
  #skip = 0

  constructor(system: System, options: SearchOptions = {}) {
    this.system = system
    this.options = options
    this.store = storeFor(system.words, options.fingerprints ?? false, {
      ...options.budget,
      ...(options.generated === undefined ? {} : { generated: options.generated }),
    })
    this.counts = new Counts(system)
    this.#runner = this.#newRunner()
  }

  get depth(): number {
    return this.level + (this.store.count > this.levelEnd ? 1 : 0)
  }

  /** Goes on until a moment of `performance.now()`; false when there is nothing left to do. */
  advance(until: number): boolean {
    try {
      if (this.from < 0) this.#begin()
      this.#goOn(until)
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
    if (!this.#ending || error instanceof UniverseFull) throw error
    this.done = true
    return false
  }

  get #ending(): boolean {
    return this.findings.length > 0 && this.options.keepGoing !== true
  }

  /** Stops early, between two slices. */
  stop(bound: Stopped['bound'], limit: number): void {
    if (this.done) return
    this.done = true
    const frontier = this.store.count - Math.max(this.from, 0)
    this.stopped = stoppedBy(bound, limit, {
      levels: Math.max(this.level - 1, 0),
      states: this.store.count,
      frontier,
    })
  }

  #begin(): void {
    this.#runner.initial()
    this.generated = this.counts.initial
    this.from = 0
  }

  #goOn(until: number): void {
    const { store, system } = this
    const words = system.words
    this.#skip = this.partly
    for (let untilLook = STATES_PER_LOOK; !this.done;) {
      if (this.from === this.levelEnd && !this.#nextLevel()) return
      const emitted = this.#runner.expand(store.states, (this.from - store.first) * words)
      this.generated += emitted - this.partly
      this.partly = 0
      if (emitted === 0) this.#meetEnd()
      this.from++
      if (--untilLook > 0) continue
      if (performance.now() >= until) return
      untilLook = STATES_PER_LOOK
    }
  }

  #nextLevel(): boolean {
    const { store } = this
    const { depth = Infinity } = this.options.budget ?? {}
    if (this.from === store.count || this.#ending) {
      this.done = true
      return false
    }
    this.level++
    this.levelEnd = store.count
    store.forget(this.from)
    if (this.level >= depth) this.stop('depth', depth)
    return !this.done
  }

  /** Told of each successor: the innermost loop of the search. */
  #newRunner(): Runner {
    const { store, counts, system } = this
    const { taken, found, idle } = counts
    const claimed = system.invariants.length > 0
    const runner: Runner = system.runner((action) => {
      if (this.#skip > 0) return this.#wasNew(runner.out)
      if (!runner.within()) {
        taken[action + 1]!++
        this.#meetOutside(runner)
        return false
      }
      const number = store.add(runner.out, this.from)
      taken[action + 1]!++
      if (number >= 0) {
        if (number === this.from) idle[action + 1]!++
        return false
      }
      found[action + 1]!++
      if (counts.unseen.length > 0) counts.look(runner)
      if (claimed) {
        const invariant = runner.falseInvariant()
        if (invariant >= 0) this.#meetFalse(runner, invariant, ~number)
      }
      return true
    })
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
    this.#runner.load(store.states, (this.from - store.first) * this.system.words)
    if (this.#runner.mayEnd()) return
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
      strategy: 'breadth-first',
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
  const trace = packedTrace(system, store, state, beyond)
  const last = trace.at(-1)?.words
  const clauses = kind === 'invariant' && last !== undefined && system.falseClauses?.(last)
  return {
    kind,
    name,
    trace: trace.map((step) => plainStep(system, step)),
    ...(clauses ? { clauses } : {}),
  }
}

/** The whole search at once. */
export function breadthFirst(system: System, options: SearchOptions = {}): Exploration {
  const started = performance.now()
  const search = new BreadthFirst(system, options)
  const { seconds = Infinity } = options.budget ?? {}
  if (search.advance(started + seconds * 1000)) search.stop('time', seconds)
  return search.exploration((performance.now() - started) / 1000)
}
