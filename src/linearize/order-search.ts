/**
 * Sequential consistency of any object by search: every way to merge what the clients did, with the
 * configurations remembered that were tried before. A configuration is how far every client has
 * come and the state of every part. What cannot change the state and is legal now happens at once,
 * as that can only help.
 */
import type { Meter } from '../core/budget.ts'
import type { Problem } from '../core/engine.ts'
import { Interner, sameJson } from '../core/json.ts'
import type { Json } from '../core/json.ts'
import { normalResult, observes } from '../core/model.ts'
import type { Operation } from '../core/operation.ts'
import { isUnknown } from '../core/operation.ts'
import { IntList } from './int-list.ts'
import { chainsOf } from './order-accesses.ts'
import { RowSet } from './order-rows.ts'

export type Merge =
  /** Indices of operations; those of unknown outcome that are absent never took effect. */
  | { readonly type: 'order'; readonly order: Int32Array }
  /** There is none; `longest` is how far it went. */
  | { readonly type: 'none'; readonly longest: readonly number[] }
  | { readonly type: 'bound'; readonly longest: readonly number[] }

/** Looks for a legal order that respects every client's own order, and no other. */
export function mergeClients(problem: Problem, meter: Meter): Merge {
  const merging = new Merging(problem, meter)
  const result = merging.run()
  merging.free()
  return result
}

const NONE = -1
/** An entry of the table of transitions, in bytes, roughly. */
const TRANSITION_BYTES = 120

class Merging {
  readonly #problem: Problem
  readonly #meter: Meter
  readonly #chains: readonly (readonly number[])[]
  /** By chain: a chain and how far that must have come before this one may begin. */
  readonly #waits: readonly { readonly chain: number; readonly done: number }[]
  readonly #part: Int32Array
  readonly #observer: Uint8Array
  readonly #states = new Interner()
  /** By operation: those with equal calls and answers have the same number. */
  readonly #kind: Int32Array
  readonly #transitions = new Map<number, readonly number[]>()
  /** How far every chain has come, then the state of every part. */
  readonly #row: Int32Array
  readonly #order: Int32Array
  /** By depth: the chain that moved and the state it found. */
  readonly #movedChain: Int32Array
  readonly #foundState: Int32Array
  #depth = 0
  #answered: number
  #longest: readonly number[] = []
  readonly #choices: IntList
  /** Pairs: a chain, the state after its next operation. */
  readonly #alternatives: IntList
  readonly #visited: RowSet
  #hitBound = false

  constructor(problem: Problem, meter: Meter) {
    const { model, operations, initial } = problem
    this.#problem = problem
    this.#meter = meter
    const counts = operations.map((op) => (isUnknown(op) && neverChanges(problem, op) ? 0 : 1))
    const { chains, afterOperation } = chainsOf(operations, Uint8Array.from(counts))
    this.#chains = chains
    this.#waits = afterOperation.map((before) => {
      const chain = chains.findIndex((list) => before !== -1 && list.includes(before))
      return { chain, done: chain === -1 ? 0 : (chains[chain] as number[]).indexOf(before) + 1 }
    })
    const parts = new Interner()
    const whole = model.partitioned === false
    this.#part = Int32Array.from(operations, (op) => (whole ? 0 : parts.id(op.key)))
    this.#observer = Uint8Array.from(operations, (op) =>
      !isUnknown(op) && observes(model, op) ? 1 : 0,
    )
    const kinds = new Interner()
    this.#kind = Int32Array.from(operations, (op) => kinds.id(kindOf(problem, op)))
    const width = chains.length + Math.max(1, parts.size)
    this.#row = new Int32Array(width).fill(this.#states.id(initial), chains.length)
    this.#row.fill(0, 0, chains.length)
    const total = chains.reduce((sum, chain) => sum + chain.length, 0)
    this.#order = new Int32Array(total)
    this.#movedChain = new Int32Array(total)
    this.#foundState = new Int32Array(total)
    this.#answered = operations.reduce((sum, op) => sum + (isUnknown(op) ? 0 : 1), 0)
    this.#choices = new IntList(meter)
    this.#alternatives = new IntList(meter)
    this.#visited = new RowSet(width, meter)
  }

  run(): Merge {
    while (this.#answered > 0) {
      if (!this.#meter.step()) return this.#ended('bound')
      if (this.#observe()) continue
      const went = this.#branch()
      if (went === 'bound' || this.#hitBound) return this.#ended('bound')
      if (went === 'stuck' && !this.#goBack()) return this.#ended('none')
    }
    return { type: 'order', order: this.#order.slice(0, this.#depth) }
  }

  free(): void {
    this.#choices.free()
    this.#alternatives.free()
    this.#visited.free()
    this.#meter.release(this.#transitions.size * TRANSITION_BYTES)
  }

  #ended(type: 'none' | 'bound'): Merge {
    this.#keepLongest()
    return { type, longest: this.#longest }
  }

  /** Performs one operation that changes nothing and is legal now, if there is one. */
  #observe(): boolean {
    for (let c = 0; c < this.#chains.length; c++) {
      const i = this.#nextOf(c)
      if (i === NONE || this.#observer[i] === 0) continue
      const state = this.#row[this.#chains.length + this.#part[i]!]!
      if (this.#after(i, state).length === 0) continue
      this.#perform(c, state)
      return true
    }
    return false
  }

  #branch(): 'went' | 'stuck' | 'bound' {
    const seen = this.#visited.add(this.#row)
    if (seen !== 'new') return seen === 'old' ? 'stuck' : 'bound'
    const alternatives = this.#alternatives
    const from = alternatives.length
    for (const c of this.#byUrgency()) {
      const i = this.#nextOf(c)
      const state = this.#row[this.#chains.length + this.#part[i]!]!
      for (const next of this.#after(i, state)) {
        // Without an answer and without an effect it may as well never happen.
        if (next === state && isUnknown(this.#problem.operations[i]!)) continue
        if (!alternatives.reserve(2)) return 'bound'
        alternatives.items[alternatives.length++] = c
        alternatives.items[alternatives.length++] = next
      }
    }
    if (alternatives.length === from) return 'stuck'
    if (!this.#choices.reserve(2)) return 'bound'
    this.#choices.items[this.#choices.length++] = this.#depth
    this.#choices.items[this.#choices.length++] = from
    this.#takeAlternative()
    return 'went'
  }

  /** Chains that could go on, the one whose operation returned first at the end. */
  #byUrgency(): number[] {
    const { operations } = this.#problem
    const returned = (c: number) => operations[this.#nextOf(c)]!.returned
    const able: number[] = []
    for (let c = 0; c < this.#chains.length; c++) if (this.#nextOf(c) !== NONE) able.push(c)
    return able.sort((a, b) => (returned(a) < returned(b) ? 1 : -1))
  }

  #takeAlternative(): void {
    const alternatives = this.#alternatives
    const next = alternatives.items[--alternatives.length]!
    const c = alternatives.items[--alternatives.length]!
    if (alternatives.length === this.#choices.items[this.#choices.length - 1]) {
      this.#choices.length -= 2
    }
    this.#perform(c, next)
  }

  #goBack(): boolean {
    if (this.#depth > this.#longest.length) this.#keepLongest()
    if (this.#choices.length === 0) return false
    const depth = this.#choices.items[this.#choices.length - 2]!
    while (this.#depth > depth) this.#undo()
    this.#takeAlternative()
    return true
  }

  #keepLongest(): void {
    if (this.#depth <= this.#longest.length) return
    this.#longest = Array.from(this.#order.subarray(0, this.#depth))
  }

  #nextOf(c: number): number {
    const i = this.#chains[c]![this.#row[c]!]
    if (i === undefined) return NONE
    const { chain, done } = this.#waits[c]!
    return chain === -1 || this.#row[chain]! >= done ? i : NONE
  }

  #perform(c: number, next: number): void {
    const i = this.#nextOf(c)
    const at = this.#chains.length + this.#part[i]!
    this.#order[this.#depth] = i
    this.#movedChain[this.#depth] = c
    this.#foundState[this.#depth++] = this.#row[at]!
    this.#row[at] = next
    this.#row[c]!++
    if (!isUnknown(this.#problem.operations[i]!)) this.#answered--
  }

  #undo(): void {
    const i = this.#order[--this.#depth]!
    this.#row[this.#movedChain[this.#depth]!]!--
    this.#row[this.#chains.length + this.#part[i]!] = this.#foundState[this.#depth]!
    if (!isUnknown(this.#problem.operations[i]!)) this.#answered++
  }

  /** The states that an operation may lead to with the answer it had. */
  #after(i: number, state: number): readonly number[] {
    const entry = state * this.#problem.operations.length + this.#kind[i]!
    const known = this.#transitions.get(entry)
    if (known !== undefined) return known
    if (!this.#meter.reserve(TRANSITION_BYTES)) {
      this.#hitBound = true
      return []
    }
    const { model, operations } = this.#problem
    const operation = operations[i]!
    const seen = normalResult(model, operation)
    const next = new Set<number>()
    for (const step of model.step(this.#states.value(state), operation)) {
      if (isUnknown(operation) || sameJson(step.result, seen)) next.add(this.#states.id(step.state))
    }
    this.#transitions.set(entry, [...next])
    return [...next]
  }
}

function neverChanges({ model }: Problem, operation: Operation): boolean {
  return model.operations[operation.f]?.observes === true
}

function kindOf({ model }: Problem, operation: Operation): Json {
  const { f, value, result, process } = operation
  const who = model.knowsProcess === true ? process : null
  return [f, value, result ?? null, isUnknown(operation), who]
}
