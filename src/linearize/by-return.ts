import type { Operation } from '../core/operation.ts'

/**
 * The indices of operations in the order in which they returned; those of unknown outcome at the
 * end, in order of call.
 */
export function byReturn(operations: readonly Operation[]): Int32Array {
  const count = operations.length
  // Position and index in one number, which sorts ten times faster than with a comparison.
  const keys = new Float64Array(count)
  let answered = 0
  for (let i = 0; i < count; i++) {
    const { returned } = operations[i]!
    if (returned < Infinity) keys[answered++] = returned * count + i
  }
  const sorted = new Int32Array(count)
  const head = keys.subarray(0, answered).sort()
  for (let at = 0; at < answered; at++) sorted[at] = head[at]! % count
  for (let i = 0; i < count; i++) if (operations[i]!.returned === Infinity) sorted[answered++] = i
  return sorted
}
