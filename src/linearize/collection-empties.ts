import type { Decision } from '../core/engine.ts'
import { shown } from '../core/wording.ts'
import { endsOf } from './collection-spans.ts'
import type { Spans } from './collection-spans.ts'
import type { Collection } from './collection-values.ts'

/**
 * A gap for each answer 'empty' in which no value is certainly in, the earliest there is; or the
 * decision that one has none: a chain of values covers it from its call to its return.
 */
export function fillEmpties(collection: Collection, spans: Spans): Int32Array | Decision {
  const { called, empties, events, returned } = collection
  if (empties.length === 0) return new Int32Array(0)
  const free = nextFree(events, coverOf(events, spans))
  const gaps = new Int32Array(empties.length)
  for (let i = 0; i < empties.length; i++) {
    const index = empties[i]!
    gaps[i] = free[called[index]!]!
    if (gaps[i]! >= returned[index]!) return neverEmpty(collection, spans, index)
  }
  return gaps
}

/** By gap: how many values are certainly in. */
export function coverOf(events: number, spans: Spans): Int32Array {
  const cover = new Int32Array(events + 1)
  for (let v = 0; v < spans.in.length; v++) {
    if (spans.in[v]! >= spans.out[v]!) continue
    cover[spans.in[v]!]!++
    cover[spans.out[v]!]!--
  }
  for (let gap = 1; gap <= events; gap++) cover[gap]! += cover[gap - 1]!
  return cover
}

/** By gap: the first gap from there on that nothing covers; nothing ever covers gap `events`. */
export function nextFree(events: number, cover: Int32Array): Int32Array {
  const free = new Int32Array(events + 1)
  free[events] = events
  for (let gap = events - 1; gap >= 0; gap--) free[gap] = cover[gap] === 0 ? gap : free[gap + 1]!
  return free
}

/**
 * Values that cover the gaps `from .. to - 1`, as few as possible: each time the one that reaches
 * furthest. `into` and `out` bound the gaps that a value covers, as in `Spans`.
 */
export function covering(
  { in: into, out }: Pick<Spans, 'in' | 'out'>,
  from: number,
  to: number,
  counts: (v: number) => boolean = () => true,
): number[] {
  const candidates: number[] = []
  for (let v = 0; v < into.length; v++) {
    if (into[v]! < to && out[v]! > from && into[v]! < out[v]! && counts(v)) candidates.push(v)
  }
  candidates.sort((v, w) => into[v]! - into[w]!)
  const chain: number[] = []
  let next = 0
  for (let gap = from; gap < to;) {
    let best = -1
    for (; next < candidates.length && into[candidates[next]!]! <= gap; next++) {
      if (best === -1 || out[candidates[next]!]! > out[best]!) best = candidates[next]!
    }
    if (best === -1 || out[best]! <= gap) break
    chain.push(best)
    gap = out[best]!
  }
  return chain
}

function neverEmpty(collection: Collection, spans: Spans, index: number): Decision {
  const { called, operations, returned, values } = collection
  const chain = covering(spans, called[index]!, returned[index]!)
  const core = [index, ...chain.flatMap((v) => endsOf(collection, v, spans.removal))]
  const names = chain.slice(0, 3).map((v) => shown(values[v]))
  const more = chain.length > 3 ? ', ...' : ''
  const { f } = operations[index]!
  const blockers = names.join(', then ') + more
  const reason = `${f} found nothing, but ${blockers} was certainly in all the time`
  return { outcome: 'fail', core: [...new Set(core)], reason, impossible: index }
}
