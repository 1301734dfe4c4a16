import { CONTROL } from './shared-memory.ts'

/** Why a round is not settled, or none follows it. */
export const ODD = {
  /** Nothing is odd. */
  no: 0,
  /** All is done. */
  done: 1,
  /** A violation, a deadlock, an exception: one thread goes through the round again and tells. */
  found: 2,
  states: 3,
  depth: 4,
  memory: 5,
  /** Somebody asked for an end. */
  asked: 6,
  /** The letters of a round do not fit into the mailboxes. */
  mail: 7,
  /** A universe has no room for one more value. */
  universe: 8,
} as const

export type Odd = (typeof ODD)[keyof typeof ODD]

/** Tells all that this round is not settled. What was told first stands. */
export function tellOdd(control: Int32Array, odd: Odd): void {
  Atomics.compareExchange(control, CONTROL.odd, ODD.no, odd)
}

export function oddOf(control: Int32Array): Odd {
  return Atomics.load(control, CONTROL.odd) as Odd
}
