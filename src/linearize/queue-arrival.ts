import type { Decision } from '../core/engine.ts'
import { shown } from '../core/wording.ts'
import { orderBy } from './collection-sort.ts'
import { endsOf } from './collection-spans.ts'
import type { Spans } from './collection-spans.ts'
import type { Collection } from './collection-values.ts'
import type { FrontTimes } from './queue-front.ts'

const CAME = 1
const LEFT = 2

/**
 * The values in an order that they may have come in and left in, the parts one after the other;
 * or the decision that two values came in one order and left in the other.
 *
 * A value may be the next if no other one certainly came before it, that is if its insertion was
 * called before any remaining value was certainly in, and the same at the front.
 */
export function orderedValues(
  collection: Collection,
  spans: Spans,
  front: FrontTimes,
  part: Int32Array,
): Int32Array | Decision {
  const { from, in: into } = spans
  const { first, last, limit } = front
  const count = part.length
  const parts = part.reduce((most, p) => Math.max(most, p), 0)
  const sorted = (keys: Int32Array, largest: number): Int32Array => {
    const order = orderBy(keys, largest)
    return parts === 0 ? order : orderBy(part, parts, order)
  }
  const byCall = sorted(from, collection.events)
  const byArrival = sorted(into, collection.events)
  const byFirst = sorted(first, limit)
  const byLast = sorted(last, limit)

  const order = new Int32Array(count)
  const gone = new Uint8Array(count)
  const state = new Uint8Array(count)
  let found = 0
  let call = 0
  let arrival = 0
  let start = 0
  let leave = 0
  for (let done = 0; done < count; done++) {
    while (gone[byArrival[arrival]!] === 1) arrival++
    while (gone[byLast[leave]!] === 1) leave++
    const v = byArrival[arrival]!
    const w = byLast[leave]!
    const now = part[v]!
    for (; call < count && part[byCall[call]!] === now; call++) {
      if (from[byCall[call]!]! > into[v]!) break
      if ((state[byCall[call]!]! |= CAME) === (CAME | LEFT)) order[found++] = byCall[call]!
    }
    for (; start < count && part[byFirst[start]!] === now; start++) {
      if (first[byFirst[start]!]! > last[w]!) break
      if ((state[byFirst[start]!]! |= LEFT) === (CAME | LEFT)) order[found++] = byFirst[start]!
    }
    // Nobody can be next: v came before w but left after it.
    if (found === done) return outOfOrder(collection, spans, front, v, w)
    gone[order[done]!] = 1
  }
  return order
}

function outOfOrder(
  collection: Collection,
  spans: Spans,
  front: FrontTimes,
  v: number,
  w: number,
): Decision {
  const { operations, returned, values } = collection
  const core = new Set([v, w].flatMap((x) => endsOf(collection, x, spans.removal)))
  if (front.first[v] !== 2 * spans.out[v]! && spans.seen[w]! > spans.out[v]!) {
    // Another value held the front from before v was looked for until w had been seen.
    for (let x = 0; x < values.length; x++) {
      if (front.last[x] !== front.first[v]! - 1) continue
      for (const index of endsOf(collection, x, spans.removal)) core.add(index)
    }
  }
  const impossible = [...core].find((index) => returned[index] === spans.seen[w])
  const name = (x: number) => shown(values[x])
  const look = impossible === undefined ? 'left' : operations[impossible]!.f
  const stays = spans.removal[v] === -1 ? ', which never left' : ''
  const reason =
    impossible === undefined
      ? `${name(v)} came before ${name(w)} but left after it`
      : `${look} returned ${name(w)}, but ${name(v)} came before it and was still in${stays}`
  return {
    outcome: 'fail',
    core: [...core],
    reason,
    ...(impossible === undefined ? {} : { impossible }),
  }
}
