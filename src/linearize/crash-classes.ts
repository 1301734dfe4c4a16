import type { Operation } from '../core/operation.ts'
import { isUnknown } from '../core/operation.ts'
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

export function crashClassesOf(
  operations: readonly Operation[],
  eventOfCall: Int32Array,
  transitions: Transitions,
): CrashClasses {
  const members = new Map<number, number[]>()
  operations.forEach((operation, index) => {
    if (!isUnknown(operation)) return
    const classId = transitions.classOf[index]!
    if (transitions.observer[classId] === 1) return
    const list = members.get(classId)
    if (list === undefined) members.set(classId, [index])
    else list.push(index)
  })
  const lists = [...members.values()].map((list) => Int32Array.from(list))
  return {
    count: lists.length,
    transition: Int32Array.from(members.keys()),
    members: lists,
    calls: lists.map((list) => list.map((index) => eventOfCall[index]!)),
  }
}
