import { UniverseFull } from '../../state/index.ts'
import { SearchAgain } from '../reduce/reduction.ts'
import type { ModelSystem, System } from '../system.ts'
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
  /** States need more room. */
  room: 9,
  /** Threads have seen different things come of the same. */
  unlike: 10,
} as const

export type Odd = (typeof ODD)[keyof typeof ODD]

/**
 * Where it is told that something is odd: a word for each step, because some workers may already be
 * in the next step while others still read what was told in the last one.
 */
export type Told = typeof CONTROL.oddWriting | typeof CONTROL.oddReading

/** Tells all that this round is not settled. What was told first stands. */
export function tellOdd(control: Int32Array, told: Told, odd: Odd): void {
  Atomics.compareExchange(control, told, ODD.no, odd)
}

export function oddOf(control: Int32Array, told: Told): Odd {
  return Atomics.load(control, told) as Odd
}

/** Does what runs the code of a spec: one thread will find the same error, and tell it. */
export function attempt(system: System, control: Int32Array, told: Told, work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof UniverseFull)) {
      tellOdd(control, told, error instanceof SearchAgain ? ODD.room : ODD.found)
      return
    }
    const { type } = system as ModelSystem
    Atomics.store(control, CONTROL.full, type.plan.universes.all.indexOf(error.universe))
    tellOdd(control, told, ODD.universe)
  }
}
