import type { Deadlines } from './collection-crashes.ts'
import { endsOf, operationsOn } from './collection-spans.ts'
import type { Spans } from './collection-spans.ts'
import type { Collection } from './collection-values.ts'
import { rising } from './priority-queue-sweep.ts'

/**
 * A number that stayed has to be gone before a look at a larger one returns, or an answer 'empty',
 * if that was asked for when the number was in. The numbers are visited from the largest down, with
 * the looks at larger ones in a Fenwick tree: by call, from the end, the earliest return.
 */
export function priorityQueueDeadlines(collection: Collection, spans: Spans): Deadlines {
  const { called, empties, events, returned, values } = collection
  const { removal } = spans
  const earliest = new Int32Array(events + 2).fill(events)
  const add = (index: number): void => {
    const rank = returned[index]!
    for (let at = events - called[index]!; at <= events; at += at & -at) {
      earliest[at] = Math.min(earliest[at]!, rank)
    }
  }
  const after = (rank: number): number => {
    let best = events
    for (let at = events - rank; at > 0; at -= at & -at) best = Math.min(best, earliest[at]!)
    return best
  }
  for (const index of empties) add(index)
  const before = new Int32Array(values.length).fill(events)
  for (const v of (rising(collection) ?? new Int32Array(0)).reverse()) {
    if (removal[v] === -1) before[v] = after(spans.in[v]!)
    const all = operationsOn(collection, v, removal)
    for (const index of collection.insertion[v] === -1 ? all : all.slice(1)) add(index)
  }
  return { before, forcedBy: (v) => forcing(collection, removal, before[v]!) }
}

/** The operation that returns at a rank, after what it rests on. */
function forcing(collection: Collection, removal: Int32Array, rank: number): number[] {
  const { empties, returned, values } = collection
  const empty = empties.find((index) => returned[index] === rank)
  if (empty !== undefined) return [empty]
  for (let v = 0; v < values.length; v++) {
    const look = operationsOn(collection, v, removal).find((index) => returned[index] === rank)
    if (look !== undefined) return [...endsOf(collection, v, removal), look]
  }
  return []
}
