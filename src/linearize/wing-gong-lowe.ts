/**
 * Linearizability by search (Wing & Gong 1993) that remembers where it has been (Lowe 2017): the
 * algorithm of Porcupine, in its shape. A configuration is the set of all operations ordered so
 * far, as a bit set as long as the history, and the state. Kept as the slow twin of `just-in-time`
 * and for comparison: the memory is quadratic in the history, the time exponential in the
 * concurrency.
 */
import type { Meter } from '../core/budget.ts'
import type { Decision, Engine, Problem } from '../core/engine.ts'
import { eventsOf, RETURN } from './events.ts'
import { IMPOSSIBLE, Transitions } from './transitions.ts'

export const wingGongLowe: Engine = {
  name: 'wing-gong-lowe',
  decide: (problem, meter) => new Search(problem, meter).run(),
}

interface Frame {
  readonly operation: number
  readonly state: number
  /** The outcomes of the operation that are still to be tried. */
  readonly rest: readonly number[]
}

class Search {
  readonly #problem: Problem
  readonly #meter: Meter
  readonly #transitions: Transitions
  /** A doubly linked list of entries: 0 is the head, event e stands at e + 1. */
  readonly #next: Int32Array
  readonly #previous: Int32Array
  readonly #kind: Uint8Array
  readonly #operation: Int32Array
  readonly #callEntry: Int32Array
  readonly #returnEntry: Int32Array
  readonly #ordered: Uint32Array
  readonly #seen = new Map<number, { readonly ordered: Uint32Array; readonly state: number }[]>()
  readonly #stack: Frame[] = []
  #pending: number
  #longest: number[] = []
  #impossible = 0

  constructor(problem: Problem, meter: Meter) {
    const events = eventsOf(problem.operations)
    const entries = events.kind.length
    this.#problem = problem
    this.#meter = meter
    this.#transitions = new Transitions(problem, meter)
    this.#kind = events.kind
    this.#operation = events.operation
    this.#next = Int32Array.from({ length: entries + 2 }, (_, at) => at + 1)
    this.#previous = Int32Array.from({ length: entries + 2 }, (_, at) => at - 1)
    this.#callEntry = new Int32Array(problem.operations.length)
    this.#returnEntry = new Int32Array(problem.operations.length)
    events.kind.forEach((kind, at) => {
      const entry = kind === RETURN ? this.#returnEntry : this.#callEntry
      entry[events.operation[at]!] = at + 1
    })
    this.#ordered = new Uint32Array((problem.operations.length + 31) >>> 5)
    this.#pending = entries - problem.operations.length
  }

  run(): Decision {
    let state = this.#transitions.initial
    let at = this.#next[0]!
    while (this.#pending > 0) {
      if (!this.#meter.step()) return this.#unknown()
      if (this.#kind[at - 1] === RETURN) {
        this.#noteProgress(this.#operation[at - 1]!)
        const back = this.#backtrack()
        if (back === undefined) return this.#fail()
        ;({ at, state } = back)
        continue
      }
      const operation = this.#operation[at - 1]!
      const went = this.#tryOutcomes(operation, state, this.#outcomes(operation, state))
      if (went === 'out of memory') return this.#unknown()
      if (went === undefined) at = this.#next[at]!
      else {
        state = went
        at = this.#next[0]!
      }
    }
    return { outcome: 'pass', order: this.#stack.map((frame) => frame.operation) }
  }

  #outcomes(operation: number, state: number): readonly number[] {
    const answer = this.#transitions.next(state, this.#transitions.classOf[operation]!)
    if (answer === IMPOSSIBLE) return []
    return answer >= 0 ? [answer] : [...this.#transitions.outcomes(answer)]
  }

  /** Orders the operation with the first outcome that leads to a new configuration. */
  #tryOutcomes(
    operation: number,
    state: number,
    outcomes: readonly number[],
  ): number | undefined | 'out of memory' {
    for (const [rank, after] of outcomes.entries()) {
      this.#flip(operation)
      const added = this.#remember(after)
      if (added === 'out of memory') return added
      if (added) {
        this.#stack.push({ operation, state, rest: outcomes.slice(rank + 1) })
        this.#lift(operation)
        return after
      }
      this.#flip(operation)
    }
    return undefined
  }

  #backtrack(): { at: number; state: number } | undefined {
    for (let frame = this.#stack.pop(); frame !== undefined; frame = this.#stack.pop()) {
      this.#flip(frame.operation)
      this.#unlift(frame.operation)
      const went = this.#tryOutcomes(frame.operation, frame.state, frame.rest)
      if (typeof went === 'number') return { at: this.#next[0]!, state: went }
      const entry = this.#callEntry[frame.operation]!
      return { at: this.#next[entry]!, state: frame.state }
    }
    return undefined
  }

  #flip(operation: number): void {
    this.#ordered[operation >>> 5]! ^= 1 << (operation & 31)
  }

  #remember(state: number): boolean | 'out of memory' {
    let hash = state
    for (const word of this.#ordered) hash = Math.imul(hash ^ word, 0x01000193) ^ (hash >>> 13)
    const bucket = this.#seen.get(hash) ?? []
    const known = bucket.some(
      (entry) => entry.state === state && entry.ordered.every((w, i) => w === this.#ordered[i]),
    )
    if (known) return false
    if (!this.#meter.reserve(this.#ordered.byteLength + 200)) return 'out of memory'
    if (bucket.length === 0) this.#seen.set(hash, bucket)
    bucket.push({ ordered: this.#ordered.slice(), state })
    return true
  }

  #lift(operation: number): void {
    this.#unlink(this.#callEntry[operation]!)
    const entry = this.#returnEntry[operation]!
    if (entry === 0) return
    this.#unlink(entry)
    this.#pending--
  }

  #unlift(operation: number): void {
    const entry = this.#returnEntry[operation]!
    if (entry !== 0) {
      this.#relink(entry)
      this.#pending++
    }
    this.#relink(this.#callEntry[operation]!)
  }

  #unlink(entry: number): void {
    this.#next[this.#previous[entry]!] = this.#next[entry]!
    this.#previous[this.#next[entry]!] = this.#previous[entry]!
  }

  #relink(entry: number): void {
    this.#next[this.#previous[entry]!] = entry
    this.#previous[this.#next[entry]!] = entry
  }

  #noteProgress(impossible: number): void {
    if (this.#stack.length < this.#longest.length) return
    this.#longest = this.#stack.map((frame) => frame.operation)
    this.#impossible = impossible
  }

  #fail(): Decision {
    const { [this.#impossible]: operation } = this.#problem.operations
    if (operation === undefined) throw new RangeError('a failing history has operations')
    return {
      outcome: 'fail',
      core: [],
      reason: '',
      longest: this.#longest,
      impossible: this.#impossible,
    }
  }

  #unknown(): Decision {
    const covered = `at most ${this.#longest.length} operations could be put in order`
    return { outcome: 'unknown', hit: this.#meter.hit(covered) }
  }
}
