/**
 * LIFO stacks with unique values, in O(n log n), by taking values away (Lee & Mathur 2024 call it
 * decrease and conquer; the critical intervals are those of Abdulla et al. 2025).
 *
 * A value whose operations have a gap in common can come, be looked at and leave there at once,
 * whatever else is in the stack. Every other value is certainly in from its first return to its
 * last call: it covers the gaps in between. Where nothing covers a gap, the stack may be empty:
 * every value is then wholly before or wholly after, so both sides are decided for themselves. That
 * is also all that an answer 'empty' needs.
 *
 * Values that cover a stretch without such a gap have a lowest one among them, which comes before
 * and leaves after all others, and is looked at when it is alone. So each of its operations has a
 * gap that no other value covers. Conversely a value with this property may be lowest: leaving it
 * out leaves a legal order legal, and the others can be ordered such that they are all gone in
 * those gaps. Hence any such value may be taken away, until none is left (legal) or none can be
 * taken (illegal). It is put into the free gaps nearest to the ones it covers; these stay free for
 * the values taken later, so none of those crosses it.
 */
import type { Meter } from '../core/budget.ts'
import type { Decision, Engine } from '../core/engine.ts'
import { decideCollection } from './collection-crashes.ts'
import { fillEmpties } from './collection-empties.ts'
import { layOut } from './collection-layout.ts'
import type { Spans } from './collection-spans.ts'
import type { Collection, CollectionNames } from './collection-values.ts'
import { neitherBelow } from './stack-blame.ts'
import { stackDeadlines } from './stack-deadlines.ts'
import { StackPeel } from './stack-peel.ts'

/** An engine for last-in-first-out stacks; the initial state is a list, the top last. */
export function lifoStack(names: CollectionNames): Engine {
  const rules = { decide: decideStack, deadlines: stackDeadlines }
  return {
    name: 'stack-intervals',
    decide: (problem, meter) => decideCollection(problem, names, rules, meter),
  }
}

function decideStack(collection: Collection, spans: Spans, meter: Meter): Decision {
  const empty = fillEmpties(collection, spans)
  if ('outcome' in empty) return empty
  const peel = new StackPeel(collection, spans)
  for (let v = peel.next(); v !== -1; v = peel.next()) {
    if (!meter.step()) {
      return { outcome: 'unknown', hit: meter.hit(`${peel.taken} values were taken away`) }
    }
    peel.take(v)
  }
  const left = peel.left()
  if (left.length > 0) return neitherBelow(collection, spans, left)
  const { bottomUp, inserted, removed, peeked } = peel
  const places = { bottomUp, inserted, removed, peeked, empty }
  return { outcome: 'pass', order: layOut(collection, spans.removal, places) }
}
