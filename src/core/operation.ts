import type { Json } from './json.ts'

/** Who asked: a client, by number or name. */
export type Process = string | number

/**
 * One call of a client and its answer, from a history. Positions are those of the events in the
 * history, which is real-time order: operation `a` precedes `b` exactly if `a.returned < b.called`.
 */
export interface Operation {
  /** The position among the operations of its history, in order of invocation: 0, 1, 2, ... */
  readonly id: number
  readonly process: Process
  readonly f: string
  /** Which object; `undefined` when the history has only one. */
  readonly key: Json | undefined
  /** The argument; `null` when there is none. */
  readonly value: Json
  /** What the completion said; `undefined` when the outcome is unknown. */
  readonly result: Json | undefined
  /** The position of the invocation event. */
  readonly called: number
  /** The position of the completion event; `Infinity` when the outcome is unknown. */
  readonly returned: number
  /** Nanoseconds since the recording began; `undefined` where the history has no times. */
  readonly calledAt: number | undefined
  /** Nanoseconds; `undefined` also when the outcome is unknown. */
  readonly returnedAt: number | undefined
}

/**
 * An unknown outcome: the client timed out or crashed. It may take effect at any later time, or
 * never.
 */
export function isUnknown(operation: Operation): boolean {
  return operation.returned === Infinity
}

/** True if `a` returned before `b` was called. */
export function precedes(a: Operation, b: Operation): boolean {
  return a.returned < b.called
}
