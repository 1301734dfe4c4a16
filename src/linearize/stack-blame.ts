import type { Decision } from '../core/engine.ts'
import { operationsOn } from './collection-spans.ts'
import type { Spans } from './collection-spans.ts'
import type { Collection } from './collection-values.ts'
import { shown } from './wording.ts'

/** How many neighbours in time of a value are tried as the other half of a contradiction. */
const NEIGHBOURS = 64

/**
 * Why the values that are left cannot be ordered: mostly two of them, of which neither can have been
 * below the other; otherwise a stretch of time in which none can have been the lowest.
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
      if (mayBeBelow(collection, spans, v, w) || mayBeBelow(collection, spans, w, v)) continue
      return failure(collection, spans, [v, w])
    }
  }
  return failure(collection, spans, smallestStretch(spans, byTime))
}

/** True if each operation on `v` has a gap that `w` does not cover. */
function mayBeBelow(collection: Collection, spans: Spans, v: number, w: number): boolean {
  const { called, events, peekStart, peeks, returned } = collection
  const { from, in: into, out, to } = spans
  const hidden = (low: number, high: number) => into[w]! <= low && high < out[w]!
  if (hidden(from[v]!, into[v]! - 1)) return false
  if (to[v] !== events && hidden(out[v]!, to[v]! - 1)) return false
  for (let p = peekStart[v]!; p < peekStart[v + 1]!; p++) {
    const peek = peeks[p]!
    if (hidden(Math.max(called[peek]!, from[v]!), Math.min(returned[peek]!, to[v]!) - 1))
      return false
  }
  return true
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
  const { operations, returned } = collection
  const core = values.flatMap((v) => operationsOn(collection, v, spans.removal))
  const names = values.slice(0, 3).map((v) => shown(collection.values[v]))
  const late = core.filter((index) => returned[index] !== collection.events)
  const impossible = late.reduce((best, index) =>
    returned[index]! > returned[best]! ? index : best,
  )
  const { f } = operations[impossible]!
  const reason =
    values.length === 2
      ? `${names.join(' and ')} were in at the same time, but neither can have been below the other`
      : `${names.join(', ')}${values.length > 3 ? ', ...' : ''} were in at the same time, but none of ` +
        `the ${values.length} can have been below all others`
  return { outcome: 'fail', core, reason: `${reason} (last came a ${f})`, impossible }
}
