import type { Invariant } from '../core/invariant.ts'
import type { Budgets, ComposeOptions } from './bounds.ts'
import { PairTable } from '../core/int-table.ts'
import type { LocalSteps, ScriptedRequest, Told } from './local-steps.ts'
import type { HistoryMoment, Monitor } from '../core/monitor.ts'
import type { NumberingState } from '../explore/index.ts'
import { PlainNumbers } from './plain-text.ts'

export const ACTIONS = [
  'deliver',
  'timer',
  'ask',
  'write',
  'crash',
  'crash while writing',
  'restart',
  'lose',
  'give up',
] as const

/** What everything in a composed system refers to. */
export interface Parts {
  readonly name: string
  readonly names: readonly string[]
  readonly options: ComposeOptions
  readonly steps: LocalSteps
  readonly numbering: NumberingState
  readonly requests: readonly ScriptedRequest[]
  /** Of each client the numbers of its requests, in order. */
  readonly scripts: readonly (readonly number[])[]
  readonly budgets: Budgets
  readonly invariants: readonly Invariant[]
  readonly histories: readonly History[]
}

/** A monitor, its states numbered and its steps remembered. */
export class History {
  readonly monitor: Monitor
  readonly states: PlainNumbers<unknown>
  readonly #next = new PairTable()
  readonly #numbering: NumberingState
  readonly #violated: (string | undefined)[] = []

  constructor(monitor: Monitor, numbering: NumberingState) {
    this.monitor = monitor
    this.#numbering = numbering
    this.states = new PlainNumbers(numbering)
    this.stateOf(monitor.initial)
  }

  next(state: number, moment: number, what: HistoryMoment): number {
    const known = this.#next.get(state, moment)
    if (known !== -1) return known
    this.#numbering.open()
    const next = this.stateOf(this.monitor.next(this.states.values[state], what))
    this.#next.set(state, moment, next)
    return next
  }

  violated(state: number): string | undefined {
    return this.#violated[state]
  }

  /** The number of a state. */
  stateOf(state: unknown): number {
    const number = this.states.of(state)
    if (number === this.#violated.length) this.#violated.push(this.monitor.violated(state))
    return number
  }
}

/** Where what is in a packed state: nodes first, then bytes, histories and messages. */
export interface Places {
  readonly nodes: number
  /** The first word of the bytes: of each client how far it is, then the budgets. */
  readonly bytes: number
  readonly histories: number
  readonly network: number
}

export function byteAt(words: Int32Array, base: number, at: number): number {
  return (words[base + (at >> 2)]! >>> ((at & 3) << 3)) & 255
}

export function setByteAt(words: Int32Array, base: number, at: number, value: number): void {
  const word = base + (at >> 2)
  const shift = (at & 3) << 3
  words[word] = (words[word]! & ~(255 << shift)) | (value << shift)
}

/** What a client did or saw, as monitors are told. */
export function momentOf(
  requests: readonly ScriptedRequest[],
  request: number,
  told: Told | undefined,
): HistoryMoment {
  const { name, f, key, value } = requests[request]!
  return {
    type: told?.type ?? 'invoke',
    operation: request,
    process: name,
    f,
    ...(key === undefined ? {} : { key }),
    value,
    ...(told?.type === 'ok' ? { result: told.result } : {}),
  }
}
