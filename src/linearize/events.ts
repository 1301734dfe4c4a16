import type { Operation } from '../core/operation.ts'
import { isUnknown } from '../core/operation.ts'
import { fresh } from './arrays.ts'
import { answeredByReturn } from './by-return.ts'

/**
 * The history of a problem as a sequence of events, and a slot for each operation while it is open.
 */
export interface Events {
  /** `CALL`, `RETURN` or `CRASH`, in real-time order. */
  readonly kind: Uint8Array
  /** The operation, by its index in the problem. */
  readonly operation: Int32Array
  /** By operation: a number below `slots` that no other operation has while this one is open. */
  readonly slot: Int32Array
  /** The most operations that are ever open at once, crashed ones not counted. */
  readonly slots: number
}

export const CALL = 0
export const RETURN = 1
/** The call of an operation whose outcome is unknown: it is never forced to take effect. */
export const CRASH = 2

/**
 * Operations in order of `called`. At the same position calls come before returns: intervals are
 * closed.
 */
export function eventsOf(operations: readonly Operation[], arrays = fresh): Events {
  const total = operations.length
  const returns = answeredByReturn(operations, arrays)
  const kind = arrays.bytes(total + returns.length)
  const operation = arrays.ints(total + returns.length)
  const slot = arrays.ints(total).fill(-1)
  const free: number[] = []
  let slots = 0
  let next = 0
  for (let at = 0, index = 0; at < kind.length; at++) {
    const returning = returns[next]
    const calling = operations[index]
    const isReturn =
      returning !== undefined &&
      (calling === undefined || operations[returning]!.returned < calling.called)
    if (isReturn) {
      kind[at] = RETURN
      operation[at] = returning
      free.push(slot[returning]!)
      next++
    } else {
      const unknown = isUnknown(calling!)
      kind[at] = unknown ? CRASH : CALL
      operation[at] = index
      if (!unknown) slot[index] = free.pop() ?? slots++
      index++
    }
  }
  return { kind, operation, slot, slots }
}
