import type { Meter } from '../core/budget.ts'
import type { Accesses } from './order-accesses.ts'
import type { Groups } from './order-groups.ts'

/** The order that clients and reads give: the causal order. */
export type ClientOrder =
  | {
      readonly type: 'order'
      /** `before[event * chains + chain]`: how many of the chain precede or are the event. */
      readonly before: Int32Array
      /** All events, none before one that it depends on. */
      readonly sorted: Int32Array
    }
  /** Events of which each precedes the next, and the last one the first: values from the future. */
  | { readonly type: 'cycle'; readonly events: readonly number[] }
  | { readonly type: 'bound' }

/** How many bytes the table of `clientOrder` takes. */
export function bytesOfOrder({ count, start }: Accesses): number {
  return count * (start.length - 1) * 4
}

/**
 * What precedes what, transitively. As every client's events are ordered already, what precedes an
 * event is one number a client (Fidge 1988, Mattern 1989).
 */
export function clientOrder(accesses: Accesses, groups: Groups, meter: Meter): ClientOrder {
  const { count, chain, start, after, reads } = accesses
  const chains = start.length - 1
  if (!meter.reserve(bytesOfOrder(accesses))) return { type: 'bound' }
  const before = new Int32Array(count * chains)
  const sorted = new Int32Array(count)
  const waitsFor = new Int32Array(count)
  const starters = new Map<number, number[]>()
  let ready = 0
  for (let e = 0; e < count; e++) {
    const c = chain[e]!
    if (e > start[c]!) waitsFor[e]!++
    else if (after[c] !== -1) {
      waitsFor[e]!++
      starters.set(after[c]!, [...(starters.get(after[c]!) ?? []), e])
    }
    if (reads[e]! >= 0) waitsFor[e]!++
    if (waitsFor[e] === 0) sorted[ready++] = e
  }
  const hand = (from: number, to: number): void => {
    for (let c = 0, a = from * chains, b = to * chains; c < chains; c++, a++, b++) {
      if (before[a]! > before[b]!) before[b] = before[a]!
    }
    if (--waitsFor[to]! === 0) sorted[ready++] = to
  }
  for (let at = 0; at < ready; at++) {
    if (!meter.step(chains)) return { type: 'bound' }
    const e = sorted[at]!
    const c = chain[e]!
    before[e * chains + c] = e - start[c]! + 1
    if (e + 1 < start[c + 1]!) hand(e, e + 1)
    for (let i = groups.readersFrom[e]!; i < groups.readersFrom[e + 1]!; i++) {
      hand(e, groups.readers[i]!)
    }
    for (const to of starters.get(e) ?? []) hand(e, to)
  }
  if (ready === count) return { type: 'order', before, sorted }
  return { type: 'cycle', events: cycleAmong(accesses, waitsFor) }
}

/** Every event that still waits has one before it that waits, too: going back ends in a circle. */
function cycleAmong(
  { count, chain, start, after, reads }: Accesses,
  waitsFor: Int32Array,
): number[] {
  let e = waitsFor.findIndex((waits) => waits > 0)
  const place = new Int32Array(count).fill(-1)
  const path: number[] = []
  while (place[e] === -1) {
    place[e] = path.push(e) - 1
    const c = chain[e]!
    const inChain = e > start[c]! ? e - 1 : after[c]!
    e = reads[e]! >= 0 && waitsFor[reads[e]!]! > 0 ? reads[e]! : inChain
  }
  return path.slice(place[e]).reverse()
}
