import type { Deadlines } from './collection-crashes.ts'
import { endsOf, operationsOn } from './collection-spans.ts'
import type { Spans } from './collection-spans.ts'
import type { Collection } from './collection-values.ts'

/**
 * When a value that stayed in the queue has to be gone: before a value that came after it is seen
 * at the front, and before an answer 'empty' that was asked for when the value was in. A value that
 * was itself seen at the front has to be gone before any other that is looked at afterwards.
 */
export function queueDeadlines(collection: Collection, spans: Spans): Deadlines {
  const { called, empties, events, returned, values } = collection
  const { from, in: into, out, removal, seen } = spans

  // By rank: the first sight of a value that came, or was last looked at, after this rank.
  const seenOfLater = new Int32Array(events + 2).fill(events)
  const seenOfLooked = new Int32Array(events + 2).fill(events)
  const emptyAfter = new Int32Array(events + 2).fill(events)
  const lastLook = out.slice()
  for (let v = 0; v < values.length; v++) {
    if (removal[v] === -1) {
      lastLook[v] = from[v]!
      for (const index of operationsOn(collection, v, removal)) {
        lastLook[v] = Math.max(lastLook[v]!, called[index]!)
      }
    }
    seenOfLater[from[v]!] = Math.min(seenOfLater[from[v]!]!, seen[v]!)
    seenOfLooked[lastLook[v]!] = Math.min(seenOfLooked[lastLook[v]!]!, seen[v]!)
  }
  for (const index of empties) {
    emptyAfter[called[index]!] = Math.min(emptyAfter[called[index]!]!, returned[index]!)
  }
  for (let rank = events; rank >= 0; rank--) {
    for (const table of [seenOfLater, seenOfLooked, emptyAfter]) {
      table[rank] = Math.min(table[rank]!, table[rank + 1]!)
    }
  }

  const before = new Int32Array(values.length).fill(events)
  for (let v = 0; v < values.length; v++) {
    if (removal[v] !== -1) continue
    const came = Math.min(seenOfLater[into[v]!]!, emptyAfter[into[v]!]!)
    // A value looked at after its own first sight is itself among those looked at afterwards.
    const other = seenOfLooked[seen[v]!]!
    before[v] = other === seen[v] ? came : Math.min(came, other)
  }
  return { before, forcedBy: (v) => forcing(collection, spans, before[v]!) }
}

/** The operation that returns at a rank, after what it rests on. */
function forcing(collection: Collection, spans: Spans, rank: number): number[] {
  const { empties, returned } = collection
  const empty = empties.find((index) => returned[index] === rank)
  if (empty !== undefined) return [empty]
  const v = spans.seen.indexOf(rank)
  const ends = endsOf(collection, v, spans.removal)
  return ends.sort((a, b) => Number(returned[a] === rank) - Number(returned[b] === rank))
}
