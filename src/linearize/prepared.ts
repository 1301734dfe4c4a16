import type { Meter } from '../core/budget.ts'
import type { Problem } from '../core/engine.ts'
import type { CrashClasses } from './crash-classes.ts'
import { crashClassesOf } from './crash-classes.ts'
import type { Events } from './events.ts'
import { eventsOf } from './events.ts'
import { Transitions } from './transitions.ts'

/** A problem in integers: all that a search needs and does not change. */
export interface Prepared {
  readonly problem: Problem
  readonly events: Events
  readonly transitions: Transitions
  readonly crashes: CrashClasses
}

export function prepare(problem: Problem, meter: Meter): Prepared {
  const events = eventsOf(problem.operations)
  const transitions = new Transitions(problem, meter)
  const crashes = crashClassesOf(events, transitions)
  return { problem, events, transitions, crashes }
}
