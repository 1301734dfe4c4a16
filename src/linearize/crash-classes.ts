import type { Events } from './events.ts'
import { CRASH } from './events.ts'
import type { Transitions } from './transitions.ts'

/**
 * Crashed operations, grouped: those with the same name and argument are interchangeable. Classes
 * are in order of their first call, so the ones that can be used at some event are the first few.
 */
export interface CrashClasses {
  readonly count: number
  /** By crash class: its class in the transitions. */
  readonly transition: Int32Array
  /** By crash class: its operations, in order of call. */
  readonly members: readonly Int32Array[]
  /** By crash class and rank: the event at which that member is called. */
  readonly calls: readonly Int32Array[]
}

export function crashClassesOf(events: Events, transitions: Transitions): CrashClasses {
  const members = new Map<number, number[]>()
  const calls = new Map<number, number[]>()
  for (let at = 0; at < events.kind.length; at++) {
    if (events.kind[at] !== CRASH) continue
    const operation = events.operation[at]!
    const classId = transitions.classOf[operation]!
    if (transitions.observer[classId] === 1) continue
    const list = members.get(classId)
    if (list === undefined) {
      members.set(classId, [operation])
      calls.set(classId, [at])
    } else {
      list.push(operation)
      calls.get(classId)!.push(at)
    }
  }
  return {
    count: members.size,
    transition: Int32Array.from(members.keys()),
    members: [...members.values()].map((list) => Int32Array.from(list)),
    calls: [...calls.values()].map((list) => Int32Array.from(list)),
  }
}
