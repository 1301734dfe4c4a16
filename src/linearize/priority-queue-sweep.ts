/**
 * Priority queues with unique numbers, the smallest first, in near-linear time.
 *
 * A look at a number (a peek, its removal) needs a gap in which no smaller number is in. So the
 * numbers are placed in rising order, each as briefly as possible, and what smaller ones occupy is
 * all that restricts the larger ones. Let `late` be the earliest of the last free gaps of the looks
 * at a number and of its insertion, and `early` the latest of the first free gaps of the looks. If
 * `early <= late` it can come, be looked at and leave in gap `early` alone, and occupies nothing.
 * Otherwise it is in from `late` to `early` whatever the order, and all looks find a free gap
 * there: those that cannot wait until `early`, which is free itself, happen in their last free gap.
 * By induction no order leaves more room, and an answer 'empty' is a look at something larger than
 * all.
 *
 * Occupied gaps stay occupied, so the next free gap on either side is a matter of union-find. The
 * sweep over priorities is that of Lee & Mathur (2024); they need a segment tree.
 */
import type { Meter } from '../core/budget.ts'
import type { Decision, Engine } from '../core/engine.ts'
import { decideCollection } from './collection-crashes.ts'
import { layOut } from './collection-layout.ts'
import type { Spans } from './collection-spans.ts'
import type { Collection, CollectionNames } from './collection-values.ts'
import { blame, blameLate } from './priority-queue-blame.ts'
import { priorityQueueDeadlines } from './priority-queue-deadlines.ts'
import { FreeGaps } from './priority-queue-gaps.ts'

/** An engine for priority queues of numbers, the smallest first; the initial state is a list. */
export function priorityQueueOf(names: CollectionNames): Engine {
  const rules = { decide: decidePriorityQueue, deadlines: priorityQueueDeadlines }
  return {
    name: 'priority-sweep',
    decide: (problem, meter) => decideCollection(problem, names, rules, meter),
  }
}

/** Where the numbers placed so far are in, and which looks decided that. */
export interface Presence {
  /** By value: it is certainly in during the gaps `in .. out - 1`. */
  readonly in: Int32Array
  readonly out: Int32Array
  readonly inBy: Int32Array
  readonly outBy: Int32Array
}

/** The numbers in rising order, or `undefined` if some are none. */
export function rising(collection: Collection): Int32Array | undefined {
  const { values } = collection
  if (values.some((value) => typeof value !== 'number')) return undefined
  const numbers = Float64Array.from(values as readonly number[])
  return Int32Array.from(numbers.keys()).sort((v, w) => numbers[v]! - numbers[w]!)
}

function decidePriorityQueue(
  collection: Collection,
  spans: Spans,
  meter: Meter,
): Decision | undefined {
  const { called, empties, events, insertReturned, peekStart, peeks, returned, values } = collection
  const order = rising(collection)
  if (order === undefined) return undefined
  const { from, removal } = spans
  const free = new FreeGaps(events)
  const presence: Presence = {
    in: new Int32Array(values.length).fill(events),
    out: new Int32Array(values.length).fill(events),
    inBy: new Int32Array(values.length).fill(-1),
    outBy: new Int32Array(values.length).fill(-1),
  }
  const inserted = new Int32Array(values.length)
  const removed = new Int32Array(values.length)
  const peeked = new Int32Array(peeks.length)

  for (const v of order) {
    if (!meter.step()) return { outcome: 'unknown', hit: meter.hit('nothing was put in order') }
    let late = insertReturned[v]! - 1
    let early = from[v]!
    const by = removal[v]!
    const end = peekStart[v + 1]!
    for (let p = peekStart[v]!; p <= end; p++) {
      const look = p < end ? peeks[p]! : by
      if (look === -1) continue
      const first = free.from(Math.max(called[look]!, from[v]!))
      if (first >= returned[look]!) {
        if (returned[look] !== events) {
          return blame({ collection, spans, presence, order }, v, look)
        }
        early = events
        presence.outBy[v] = look
        continue
      }
      const last = free.until(returned[look]! - 1)
      if (p < end) peeked[p] = last
      if (last < late) {
        late = last
        presence.inBy[v] = look
      }
      if (first > early) {
        early = first
        presence.outBy[v] = look
      }
      if (look === by && last < early) {
        return blameLate({ collection, spans, presence, order }, v, look, early, last)
      }
    }
    if (by === -1) early = events
    inserted[v] = Math.min(late, early)
    removed[v] = early
    for (let p = peekStart[v]!; p < end; p++) peeked[p] = Math.min(peeked[p]!, early)
    if (early <= late) continue
    presence.in[v] = late + 1
    presence.out[v] = early
    free.take(late + 1, early)
  }

  const empty = new Int32Array(empties.length)
  for (let i = 0; i < empties.length; i++) {
    empty[i] = free.from(called[empties[i]!]!)
    if (empty[i]! >= returned[empties[i]!]!) {
      return blame({ collection, spans, presence, order }, -1, empties[i]!)
    }
  }
  const places = { bottomUp: order.reverse(), inserted, removed, peeked, empty }
  return { outcome: 'pass', order: layOut(collection, removal, places) }
}
