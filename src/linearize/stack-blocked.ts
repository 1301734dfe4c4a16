import { orderBy } from './collection-sort.ts'
import type { Spans } from './collection-spans.ts'
import type { Collection } from './collection-values.ts'

/** The operations without a free gap: each may take effect from gap `low` to gap `high`. */
export interface Blocked {
  /** By entry; the entries are in order of their last gap. */
  readonly lows: Int32Array
  readonly highs: Int32Array
  readonly owners: Int32Array
  /** By entry: its position in `collection.peeks`, or -1 for an insertion or removal. */
  readonly peekOf: Int32Array
  /** By value: how many entries it has. */
  readonly blockedOf: Int32Array
  /**
   * The peeks once more, by value and then by last gap; value `v` has those from `peekStartOf[v]`.
   */
  readonly peekStartOf: Int32Array
  readonly peekLows: Int32Array
  readonly peekHighs: Int32Array
  readonly peekEntries: Int32Array
}

/**
 * Peeks that are not blocked get their free gap in `peeked`. `free` is by gap: the next free gap.
 */
export function blockedOperations(
  collection: Collection,
  spans: Spans,
  free: Int32Array,
  peeked: Int32Array,
): Blocked {
  const { called, events, peekStart, peeks, returned } = collection
  const { from, in: into, out, to, removal } = spans
  const count = into.length
  const most = 2 * count + peeks.length
  const draft = {
    lows: new Int32Array(most),
    highs: new Int32Array(most),
    owners: new Int32Array(most),
    peekOf: new Int32Array(most),
  }
  const blockedOf = new Int32Array(count)
  const peekStartOf = new Int32Array(count + 1)
  let size = 0
  const add = (v: number, low: number, high: number, peek: number): void => {
    const gap = free[low]!
    if (peek !== -1) peeked[peek] = gap
    if (gap <= high) return
    draft.lows[size] = low
    draft.highs[size] = high
    draft.owners[size] = v
    draft.peekOf[size++] = peek
    blockedOf[v]!++
    if (peek !== -1) peekStartOf[v + 1]!++
  }
  for (let v = 0; v < count; v++) {
    if (into[v]! >= out[v]!) {
      for (let p = peekStart[v]!; p < peekStart[v + 1]!; p++) peeked[p] = out[v]!
      continue
    }
    add(v, from[v]!, into[v]! - 1, -1)
    // A removal of unknown outcome may also not happen, which is the same as in gap `events`.
    if (removal[v] !== -1 && to[v] !== events) add(v, out[v]!, to[v]! - 1, -1)
    for (let p = peekStart[v]!; p < peekStart[v + 1]!; p++) {
      const peek = peeks[p]!
      add(v, Math.max(called[peek]!, from[v]!), Math.min(returned[peek]!, to[v]!) - 1, p)
    }
  }
  for (let v = 0; v < count; v++) peekStartOf[v + 1]! += peekStartOf[v]!

  const byHigh = orderBy(draft.highs.subarray(0, size), events)
  const sorted = (column: Int32Array) => byHigh.map((entry) => column[entry]!)
  const lows = sorted(draft.lows)
  const highs = sorted(draft.highs)
  const owners = sorted(draft.owners)
  const peekOf = sorted(draft.peekOf)
  const peekEntries = new Int32Array(peekStartOf[count]!)
  const next = peekStartOf.slice()
  for (let entry = 0; entry < size; entry++) {
    if (peekOf[entry] !== -1) peekEntries[next[owners[entry]!]!++] = entry
  }
  return {
    lows,
    highs,
    owners,
    peekOf,
    blockedOf,
    peekStartOf,
    peekEntries,
    peekLows: peekEntries.map((entry) => lows[entry]!),
    peekHighs: peekEntries.map((entry) => highs[entry]!),
  }
}
