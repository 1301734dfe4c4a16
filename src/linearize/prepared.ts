import type { Meter } from '../core/budget.ts'
import type { Problem } from '../core/engine.ts'
import type { Arrays } from './arrays.ts'
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
  /** Where the searches take their own arrays from. */
  readonly arrays: Arrays
}

export function prepare(problem: Problem, meter: Meter, arrays: Arrays): Prepared {
  const events = eventsOf(problem.operations, arrays)
  const transitions = new Transitions(problem, meter, arrays)
  const crashes = crashClassesOf(events, transitions)
  return { problem, events, transitions, crashes, arrays }
}
