import type { Deadlines } from './collection-crashes.ts'
import { endsOf, operationsOn } from './collection-spans.ts'
import type { Spans } from './collection-spans.ts'
import type { Collection } from './collection-values.ts'

/**
 * When a value that stayed in the stack has to be gone: before a look at a value certainly below it
 * returns, or an answer 'empty', if that was asked for when the value was in. Time runs backwards;
 * a Fenwick tree holds, by when the lower value came, the earliest return of the looks so far.
 */
export function stackDeadlines(collection: Collection, spans: Spans): Deadlines {
  const { called, empties, events, returned, values } = collection
  const { from, in: into, removal } = spans
  const lookedAt = new Int32Array(events + 1).fill(-1)
  const look = new Int32Array(events + 1).fill(-1)
  const arrived = new Int32Array(events + 1).fill(-1)
  const looksOn = (v: number): number[] => {
    const all = operationsOn(collection, v, removal)
    return collection.insertion[v] === -1 ? all : all.slice(1)
  }
  for (let v = 0; v < values.length; v++) {
    if (removal[v] === -1) arrived[into[v]!] = v
    for (const index of looksOn(v)) {
      lookedAt[called[index]!] = v
      look[called[index]!] = index
    }
  }
  for (const index of empties) look[called[index]!] = index

  const earliest = new Int32Array(events + 2).fill(events)
  const before = new Int32Array(values.length).fill(events)
  const forcer = new Int32Array(values.length).fill(-1)
  const returns = new Map<number, number>()
  let empty = events
  for (let rank = events - 1; rank >= 0; rank--) {
    const index = look[rank]!
    const v = lookedAt[rank]!
    if (index !== -1) {
      returns.set(returned[index]!, index)
      if (v === -1) empty = Math.min(empty, returned[index]!)
      else {
        for (let at = into[v]! + 1; at <= events + 1; at += at & -at) {
          earliest[at] = Math.min(earliest[at]!, returned[index]!)
        }
      }
    }
    const u = arrived[rank]!
    if (u === -1) continue
    let best = empty
    for (let at = from[u]!; at > 0; at -= at & -at) best = Math.min(best, earliest[at]!)
    before[u] = best
    forcer[u] = returns.get(best) ?? -1
  }
  return {
    before,
    forcedBy: (u) => {
      const index = forcer[u]!
      const v = lookedAt[called[index]!]!
      return v === -1 ? [index] : [...endsOf(collection, v, removal), index]
    },
  }
}
