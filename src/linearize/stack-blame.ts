import type { Decision } from '../core/engine.ts'
import { shown } from '../core/wording.ts'
import { endsOf, operationsOn } from './collection-spans.ts'
import type { Spans } from './collection-spans.ts'
import type { Collection } from './collection-values.ts'

/** How many neighbours in time of a value are tried as the other half of a contradiction. */
const NEIGHBOURS = 64

/**
 * Why the values that are left cannot be ordered: mostly two of them, of which neither can have
 * been below the other; otherwise a stretch of time in which none can have been the lowest.
 */
export function neitherBelow(
  collection: Collection,
  spans: Spans,
  left: readonly number[],
): Decision {
  const { in: into, out } = spans
  const byTime = [...left].sort((v, w) => into[v]! - into[w]!)
  for (let i = 0; i < byTime.length; i++) {
    const v = byTime[i]!
    for (const w of byTime.slice(i + 1, i + 1 + NEIGHBOURS)) {
      if (into[w]! > out[v]!) break
      const ofV = hiddenOperation(collection, spans, v, w)
      const ofW = hiddenOperation(collection, spans, w, v)
      if (ofV === undefined || ofW === undefined) continue
      return neitherOf(collection, spans, [v, w], [ofV, ofW])
    }
  }
  return failure(collection, spans, smallestStretch(spans, byTime))
}

/**
 * An operation on `v` that has to happen while `w` is in; `undefined` if `v` may be below `w`.
 * Insertions come first in the search; -1 is that of an initial value.
 */
function hiddenOperation(
  collection: Collection,
  spans: Spans,
  v: number,
  w: number,
): number | undefined {
  const { called, events, insertion, peekStart, peeks, returned } = collection
  const { from, in: into, out, removal, to } = spans
  const hidden = (low: number, high: number) => into[w]! <= low && high < out[w]!
  if (hidden(from[v]!, into[v]! - 1)) return insertion[v]!
  if (to[v] !== events && hidden(out[v]!, to[v]! - 1)) return removal[v]!
  for (let p = peekStart[v]!; p < peekStart[v + 1]!; p++) {
    const peek = peeks[p]!
    const high = Math.min(returned[peek]!, to[v]!) - 1
    if (hidden(Math.max(called[peek]!, from[v]!), high)) return peek
  }
  return undefined
}

function neitherOf(
  collection: Collection,
  spans: Spans,
  [v, w]: readonly [number, number],
  [ofV, ofW]: readonly [number, number],
): Decision {
  const { insertion, operations, returned, values } = collection
  // With the value first that came while the other one was in.
  if (ofV !== insertion[v] && ofW === insertion[w]) {
    return neitherOf(collection, spans, [w, v], [ofW, ofV])
  }
  const [one, other] = [shown(values[v]), shown(values[w])]
  const look = operations[ofW]!.f
  const reason =
    ofV === insertion[v]
      ? `${look} returned ${other}, but ${one} came after it and was still in`
      : `${look} returned ${other} while ${one} was in, and ` +
        `${operations[ofV]!.f} returned ${one} while ${other} was in, ` +
        `so neither can have been below the other`
  const late = ofV === insertion[v] || returned[ofW]! > returned[ofV]! ? ofW : ofV
  const core = [v, w].flatMap((x) => endsOf(collection, x, spans.removal))
  return {
    outcome: 'fail',
    core: [...new Set([...core, ofV, ofW])].filter((index) => index !== -1),
    reason,
    impossible: late,
  }
}

/** Values that cover one stretch of time without a gap, as few as there are. */
function smallestStretch({ in: into, out }: Spans, byTime: readonly number[]): readonly number[] {
  let best: readonly number[] = byTime
  let start = 0
  let end = -1
  for (let i = 0; i <= byTime.length; i++) {
    const v = byTime[i]
    if (i > start && (v === undefined || into[v]! >= end)) {
      if (i - start < best.length) best = byTime.slice(start, i)
      start = i
    }
    if (v !== undefined) end = Math.max(end, out[v]!)
  }
  return best
}

function failure(collection: Collection, spans: Spans, values: readonly number[]): Decision {
  const { events, returned } = collection
  const core = values.flatMap((v) => operationsOn(collection, v, spans.removal))
  const names = values.slice(0, 3).map((v) => shown(collection.values[v]))
  const more = values.length > 3 ? ', ...' : ''
  const last = core
    .filter((index) => returned[index] !== events)
    .reduce((best, index) => (returned[index]! > returned[best]! ? index : best))
  const reason =
    `${names.join(', ')}${more} were in one after the other, but none of these ${values.length} ` +
    `values can have been below all others`
  return { outcome: 'fail', core, reason, impossible: last }
}
