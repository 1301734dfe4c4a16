import { CALL, CRASH } from './events.ts'
import type { Prepared } from './prepared.ts'
import { IMPOSSIBLE } from './transitions.ts'

/** Where the parts of a configuration stand in its row. */
export const EVENT_AT = 0
export const STATE_AT = 1
/** From here on: a bit for each slot whose operation is ordered already. */
export const ORDERED_AT = 2

/**
 * The configuration that a search is looking at: an event, which is the return of an operation that
 * is not ordered yet, the state, and which of the open operations are ordered already.
 *
 * Which operations are open follows from the event alone. It is kept up to date by walking along
 * the events, forward and back, so that no configuration has to store it.
 */
export class Configuration {
  /** What tells configurations apart; `Visited` compares it. */
  readonly row: Int32Array
  /** The operation open in each slot just before the event at hand; -1 for none. */
  readonly open: Int32Array
  /** Where operations go that get ordered on the way, if anybody wants to know. */
  noting: number[] | undefined
  readonly #prepared: Prepared
  #event = 0

  constructor(prepared: Prepared) {
    const { arrays, events } = prepared
    this.#prepared = prepared
    this.row = arrays.ints(ORDERED_AT + ((events.slots + 31) >>> 5))
    this.open = arrays.ints(events.slots).fill(-1)
    this.row[STATE_AT] = prepared.transitions.initial
  }

  get event(): number {
    return this.#event
  }

  /** Back to the beginning. */
  reset(): void {
    this.seek(0)
    this.row.fill(0)
    this.row[STATE_AT] = this.#prepared.transitions.initial
  }

  mark(slot: number): void {
    this.row[ORDERED_AT + (slot >>> 5)]! |= 1 << (slot & 31)
  }

  isOrdered(slot: number): boolean {
    return (this.row[ORDERED_AT + (slot >>> 5)]! & (1 << (slot & 31))) !== 0
  }

  /** Puts `open` back to what it was just before an earlier event. */
  seek(event: number): void {
    const { events } = this.#prepared
    while (this.#event > event) {
      const at = --this.#event
      const kind = events.kind[at]!
      if (kind === CRASH) continue
      const operation = events.operation[at]!
      this.open[events.slot[operation]!] = kind === CALL ? -1 : operation
    }
  }

  /** Orders every open observer that is legal in the state. */
  orderObservers(): void {
    for (let slot = 0; slot < this.open.length; slot++) {
      const operation = this.open[slot]!
      if (operation !== -1 && !this.isOrdered(slot)) this.#orderIfObserver(operation, slot)
    }
  }

  /**
   * Goes on to the next return of an operation that is not ordered yet, and orders observers as
   * they are called. True if there is no such return: everything is ordered.
   */
  advance(): boolean {
    const { events } = this.#prepared
    const end = events.kind.length
    let at = this.#event
    for (; at < end; at++) {
      const kind = events.kind[at]!
      if (kind === CRASH) continue
      const operation = events.operation[at]!
      const slot = events.slot[operation]!
      if (kind === CALL) {
        this.open[slot] = operation
        this.#orderIfObserver(operation, slot)
      } else {
        if (!this.isOrdered(slot)) break
        this.row[ORDERED_AT + (slot >>> 5)]! &= ~(1 << (slot & 31))
        this.open[slot] = -1
      }
    }
    this.#event = at
    this.row[EVENT_AT] = at
    return at === end
  }

  #orderIfObserver(operation: number, slot: number): void {
    const { transitions } = this.#prepared
    const classId = transitions.classOf[operation]!
    if (transitions.observer[classId] === 0) return
    if (transitions.next(this.row[STATE_AT]!, classId) === IMPOSSIBLE) return
    this.mark(slot)
    this.noting?.push(operation)
  }
}
