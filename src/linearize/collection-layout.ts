import { orderBy } from './collection-sort.ts'
import type { Collection } from './collection-values.ts'

/** In which gap everything takes effect. */
export interface Places {
  /** The values; within a gap, one further down comes before and leaves after those above it. */
  readonly bottomUp: Int32Array
  /** By value. A removal in gap `events` does not happen. */
  readonly inserted: Int32Array
  readonly removed: Int32Array
  /** By position in `collection.peeks`. */
  readonly peeked: Int32Array
  /** By position in `collection.empties`. */
  readonly empty: Int32Array
}

/**
 * The operations in order. In one gap, first the values that came earlier leave, from the top down,
 * each after the last looks at it. Now only values that are there before and after the gap are in;
 * they are looked at, values come and leave at once, and where nothing is in, that is seen. Then
 * the values that leave later come in, from the bottom up, each with the first looks at it.
 */
export function layOut(collection: Collection, removal: Int32Array, places: Places): Int32Array {
  const { empties, events, insertion, operations, peekStart, peeks } = collection
  const { bottomUp, inserted, removed, peeked, empty } = places
  const sequence = new Int32Array(operations.length)
  const gaps = new Int32Array(operations.length)
  let size = 0
  const put = (index: number, gap: number): void => {
    if (index === -1 || gap === events) return
    sequence[size] = index
    gaps[size++] = gap
  }
  const putPeeks = (v: number, low: number, high: number): void => {
    for (let p = peekStart[v]!; p < peekStart[v + 1]!; p++) {
      if (peeked[p]! >= low && peeked[p]! <= high) put(peeks[p]!, peeked[p]!)
    }
  }
  for (let i = bottomUp.length - 1; i >= 0; i--) {
    const v = bottomUp[i]!
    if (inserted[v] === removed[v]) continue
    putPeeks(v, removed[v]!, removed[v]!)
    put(removal[v]!, removed[v]!)
  }
  for (let v = 0; v < insertion.length; v++) {
    if (inserted[v] !== removed[v]) {
      putPeeks(v, inserted[v]! + 1, removed[v]! - 1)
      continue
    }
    put(insertion[v]!, inserted[v]!)
    putPeeks(v, inserted[v]!, inserted[v]!)
    put(removal[v]!, removed[v]!)
  }
  for (let i = 0; i < empties.length; i++) put(empties[i]!, empty[i]!)
  for (const v of bottomUp) {
    if (inserted[v] === removed[v]) continue
    put(insertion[v]!, inserted[v]!)
    putPeeks(v, inserted[v]!, inserted[v]!)
  }
  const order = orderBy(gaps.subarray(0, size), events)
  for (let i = 0; i < size; i++) order[i] = sequence[order[i]!]!
  return order
}
