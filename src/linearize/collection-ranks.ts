import type { Operation } from '../core/operation.ts'
import { sortNearlySorted } from './nearly-sorted.ts'

/** The events of a problem as consecutive integers, in the order of real time. */
export interface Ranks {
  /** By operation; the return of an unknown outcome has the rank `events`. */
  readonly called: Int32Array
  readonly returned: Int32Array
  readonly events: number
}

/**
 * Numbers the events from `start` on. Where a call and a return have the same position the call
 * comes first: the two operations are concurrent.
 */
export function rankEvents(operations: readonly Operation[], start: number): Ranks {
  const count = operations.length
  const byReturn = inOrderOfReturn(operations)
  const called = new Int32Array(count)
  const returned = new Int32Array(count)
  let rank = start
  let nextReturn = 0
  for (let index = 0; index < count; index++) {
    const position = operations[index]!.called
    while (nextReturn < byReturn.length) {
      const other = byReturn[nextReturn]!
      if (operations[other]!.returned >= position) break
      returned[other] = rank++
      nextReturn++
    }
    called[index] = rank++
  }
  for (; nextReturn < byReturn.length; nextReturn++) returned[byReturn[nextReturn]!] = rank++
  for (let index = 0; index < count; index++) {
    if (operations[index]!.returned === Infinity) returned[index] = rank
  }
  return { called, returned, events: rank }
}

/** The operations that returned, the first to return first. */
function inOrderOfReturn(operations: readonly Operation[]): Float64Array {
  const count = operations.length
  const keys = new Float64Array(count)
  let size = 0
  let largest = 0
  for (let index = 0; index < count; index++) {
    const { returned } = operations[index]!
    if (returned === Infinity) continue
    // Position and index in one number, as numbers sort several times faster than objects.
    keys[size++] = returned * count + index
    largest = Math.max(largest, returned)
  }
  const used = keys.subarray(0, size)
  if (largest < Number.MAX_SAFE_INTEGER / (count + 1)) {
    sortNearlySorted(used)
    for (let i = 0; i < size; i++) used[i] = used[i]! % count
    return used
  }
  const indices = operations.flatMap(({ returned }, index) =>
    returned === Infinity ? [] : [index],
  )
  indices.sort((a, b) => operations[a]!.returned - operations[b]!.returned || a - b)
  return Float64Array.from(indices)
}
