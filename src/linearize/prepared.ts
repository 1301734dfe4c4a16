import type { Meter } from '../core/budget.ts'
import type { Problem } from '../core/engine.ts'
import type { CrashClasses } from './crash-classes.ts'
import { crashClassesOf } from './crash-classes.ts'
import type { Events } from './events.ts'
import { eventsOf, RETURN } from './events.ts'
import { Transitions } from './transitions.ts'

/** A problem in integers: all that a search needs and does not change. */
export interface Prepared {
  readonly problem: Problem
  readonly events: Events
  readonly transitions: Transitions
  readonly crashes: CrashClasses
}

export function prepare(problem: Problem, meter: Meter): Prepared {
  const { operations } = problem
  const events = eventsOf(operations)
  const transitions = new Transitions(problem, meter)
  const eventOfCall = new Int32Array(operations.length)
  events.kind.forEach((kind, at) => {
    if (kind !== RETURN) eventOfCall[events.operation[at]!] = at
  })
  const crashes = crashClassesOf(operations, eventOfCall, transitions)
  return { problem, events, transitions, crashes }
}
