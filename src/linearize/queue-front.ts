import type { Decision } from '../core/engine.ts'
import { shown } from '../core/wording.ts'
import { endsOf } from './collection-spans.ts'
import type { Spans } from './collection-spans.ts'
import type { Collection } from './collection-values.ts'

/**
 * When each value is at the front, on an axis on which every time that one value certainly holds
 * the front has shrunk to a point: v leaves before w if `last[v] < first[w]`. The coordinates are
 * twice the ranks, with room for the points in between; at most `limit`.
 */
export interface FrontTimes {
  readonly first: Int32Array
  readonly last: Int32Array
  readonly limit: number
}

export function frontTimes(collection: Collection, spans: Spans): FrontTimes | Decision {
  const { events } = collection
  const { seen, out } = spans
  const count = seen.length
  const holder = new Int32Array(events + 1).fill(-1)
  for (let v = 0; v < count; v++) {
    for (let rank = seen[v]!; rank <= out[v]! && seen[v]! < out[v]!; rank++) {
      if (holder[rank] !== -1) return bothInFront(collection, spans, holder[rank]!, v)
      holder[rank] = v
    }
  }

  const limit = 2 * events + 2
  const first = new Int32Array(count)
  const last = new Int32Array(count)
  for (let v = 0; v < count; v++) {
    if (seen[v]! < out[v]!) {
      // A point at the end of its time, after those that were seen in it and so left before.
      first[v] = 2 * out[v]! - 1
      last[v] = 2 * out[v]!
      continue
    }
    const before = holder[out[v]!]!
    const never = seen[v] === events
    if (before !== -1 && before === holder[seen[v]!] && !never) {
      return bothInFront(collection, spans, before, v)
    }
    first[v] = before === -1 ? 2 * out[v]! : 2 * out[before]! + 1
    last[v] = never ? limit : 2 * seen[v]!
  }
  return { first, last, limit }
}

function bothInFront(collection: Collection, spans: Spans, v: number, w: number): Decision {
  const { values, returned } = collection
  const core = [...new Set([v, w].flatMap((x) => endsOf(collection, x, spans.removal)))]
  const names = [v, w].map((x) => shown(values[x])).join(' and ')
  const late = Math.max(spans.seen[v]!, spans.seen[w]!)
  const impossible = core.find((index) => returned[index] === late)
  return {
    outcome: 'fail',
    core,
    reason: `${names} were both at the front at the same time`,
    ...(impossible === undefined ? {} : { impossible }),
  }
}
