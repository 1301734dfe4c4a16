/**
 * FIFO queues with unique values, in linear time after numbering the events.
 *
 * Values leave in the order in which they came. Two relations between values are certain:
 *   - v came before w, if v was in before the insertion of w was called;
 *   - v left before w, if v was seen at the front (a peek or removal returned) before the last
 *     look at w from the front was called: v's time at the front ends before that of w.
 * A value seen at the front before the last look at it is called holds the front for that whole
 * time (the forward zones of Gibbons & Korach 1997), so two such times may not overlap, and what
 * other values do at the front moves out of them. After that both relations are interval orders.
 * A cycle in the union of two interval orders contains one of length two: of two steps x1 < x2 and
 * x3 < x4 in one order, x1 < x4 or x3 < x2 holds too, and shortens the cycle. So the history is
 * legal exactly if no two values came in one order and left in the other (the order violation of
 * Henzinger, Sezgin & Vafeiadis 2013), and choosing again and again a value that is minimal in both
 * relations finds the order.
 *
 * An answer 'empty' needs a gap in which no value is certainly in. Any such gap of its own will do:
 * a value that comes or leaves before another that is certainly gone (or yet to come) at this gap
 * can be put on the same side, so the values before the gap are a prefix of some order.
 */
import type { Meter } from '../core/budget.ts'
import type { Decision, Engine } from '../core/engine.ts'
import { decideCollection } from './collection-crashes.ts'
import { fillEmpties } from './collection-empties.ts'
import { orderBy } from './collection-sort.ts'
import type { Spans } from './collection-spans.ts'
import type { Collection, CollectionNames } from './collection-values.ts'
import { orderedValues } from './queue-arrival.ts'
import { queueDeadlines } from './queue-deadlines.ts'
import { frontTimes } from './queue-front.ts'

/** An engine for first-in-first-out queues; the initial state is a list, the front first. */
export function fifoQueue(names: CollectionNames): Engine {
  const rules = { decide: decideQueue, deadlines: queueDeadlines }
  return {
    name: 'queue-order',
    decide: (problem, meter) => decideCollection(problem, names, rules, meter),
  }
}

function decideQueue(collection: Collection, spans: Spans, meter: Meter): Decision {
  const size = collection.operations.length
  if (!meter.step(size)) return { outcome: 'unknown', hit: meter.hit('nothing was put in order') }
  const gaps = fillEmpties(collection, spans)
  if ('outcome' in gaps) return gaps
  const front = frontTimes(collection, spans)
  if ('outcome' in front) return front
  // The values that leave before the first chosen gap, then those before the second, ...
  const isCut = new Uint8Array(collection.events + 1)
  for (const gap of gaps) isCut[gap] = 1
  const part = partsOf(spans.out, isCut)
  const order = orderedValues(collection, spans, front, part)
  if (order instanceof Int32Array) {
    return { outcome: 'pass', order: linearization(collection, spans, order, part, gaps) }
  }
  return order
}

/** By value: how many cuts lie before the value's last call. */
function partsOf(out: Int32Array, isCut: Uint8Array): Int32Array {
  const cutsBefore = new Int32Array(isCut.length + 1)
  for (let gap = 0; gap < isCut.length; gap++) cutsBefore[gap + 1] = cutsBefore[gap]! + isCut[gap]!
  return out.map((rank) => cutsBefore[rank]!)
}

/**
 * The order of operations: everything takes effect as early as the order of the values allows, so
 * the insertions and what happens at the front are two sequences with rising times, to be merged.
 */
function linearization(
  collection: Collection,
  spans: Spans,
  order: Int32Array,
  part: Int32Array,
  gaps: Int32Array,
): Int32Array {
  const { called, empties, events, insertion, operations, peekStart, peeks } = collection
  const result = new Int32Array(operations.length)
  const byGap = orderBy(gaps, events)
  let size = 0
  let time = -1
  let inserted = 0
  let answered = 0

  const insertUntil = (limit: number, end: number): void => {
    for (; inserted < end && spans.from[order[inserted]!]! <= limit; inserted++) {
      const by = insertion[order[inserted]!]!
      if (by !== -1) result[size++] = by
    }
  }
  const look = (index: number, end: number): void => {
    time = Math.max(time, called[index]!)
    insertUntil(time, end)
    result[size++] = index
  }
  const answerEmpty = (): void => {
    const gap = gaps[byGap[answered]!]!
    for (; answered < byGap.length && gaps[byGap[answered]!] === gap; answered++) {
      result[size++] = empties[byGap[answered]!]!
    }
    time = Math.max(time, gap)
  }

  for (let at = 0, now = 0; at < order.length || answered < byGap.length; now++) {
    let end = at
    while (end < order.length && part[order[end]!] === now) end++
    for (; at < end; at++) {
      const v = order[at]!
      time = Math.max(time, spans.from[v]!)
      insertUntil(time, end)
      for (let p = peekStart[v]!; p < peekStart[v + 1]!; p++) look(peeks[p]!, end)
      const by = spans.removal[v]!
      // Behind a value that stays, only removals of unknown outcome are left: they may take any.
      if (by !== -1) look(by, end)
    }
    if (answered < byGap.length) answerEmpty()
  }
  return result.subarray(0, size)
}
