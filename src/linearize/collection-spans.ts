import type { Decision } from '../core/engine.ts'
import { shown } from '../core/wording.ts'
import type { Collection } from './collection-values.ts'

/**
 * When each value was certainly in the collection. All numbers are ranks of events, by value, and
 * `events` stands for never.
 */
export interface Spans {
  /** The call of the insertion: the value cannot be there earlier. */
  readonly from: Int32Array
  /** The first return of the insertion, a peek or the removal: it is there from here on ... */
  readonly in: Int32Array
  /** The first return of a peek or the removal. */
  readonly seen: Int32Array
  /** The last call of all: ... at least until here. */
  readonly out: Int32Array
  /** The return of the removal: it cannot be there any longer. */
  readonly to: Int32Array
  /** By value: the removal that took it, or -1. */
  readonly removal: Int32Array
}

/**
 * The spans of all values, or a decision if one value by itself is impossible. `removal` may name
 * operations of unknown outcome as well; they return at `events`.
 */
export function spansOf(collection: Collection, removal: Int32Array): Spans | Decision {
  const { events, called, returned, insertCalled, insertReturned, peekStart, peeks } = collection
  const count = collection.values.length
  const seen = new Int32Array(count).fill(events)
  const out = new Int32Array(count)
  const into = new Int32Array(count)
  const to = new Int32Array(count).fill(events)
  for (let v = 0; v < count; v++) {
    const by = removal[v]!
    let first = events
    let last = insertCalled[v]!
    for (let i = peekStart[v]!; i < peekStart[v + 1]!; i++) {
      const peek = peeks[i]!
      if (returned[peek]! < first) first = returned[peek]!
      if (called[peek]! > last) last = called[peek]!
    }
    if (by !== -1) {
      to[v] = returned[by]!
      if (to[v]! < last) return lateSight(collection, v, by)
      if (to[v]! < first) first = to[v]!
      if (called[by]! > last) last = called[by]!
    }
    if (first < insertCalled[v]!) return earlySight(collection, v, by)
    seen[v] = first
    out[v] = by === -1 ? events : last
    into[v] = Math.min(first, insertReturned[v]!)
  }
  return { from: insertCalled, in: into, seen, out, to, removal }
}

/** The operations on a value: insertion, peeks, removal. */
export function operationsOn(collection: Collection, v: number, removal: Int32Array): number[] {
  const { insertion, peekStart, peeks } = collection
  const result = insertion[v] === -1 ? [] : [insertion[v]!]
  for (let i = peekStart[v]!; i < peekStart[v + 1]!; i++) result.push(peeks[i]!)
  if (removal[v] !== -1) result.push(removal[v]!)
  return result
}

/**
 * What the spans of a value rest on: its insertion, the first look that returned, the last called,
 * the removal.
 */
export function endsOf(collection: Collection, v: number, removal: Int32Array): number[] {
  const { called, returned, insertion } = collection
  const all = operationsOn(collection, v, removal)
  const looks = insertion[v] === -1 ? all : all.slice(1)
  if (looks.length === 0) return all
  const first = looks.reduce((best, index) => (returned[index]! < returned[best]! ? index : best))
  const last = looks.reduce((best, index) => (called[index]! > called[best]! ? index : best))
  const result = new Set([...all.slice(0, all.length - looks.length), first, last])
  if (removal[v] !== -1) result.add(removal[v]!)
  return [...result]
}

function lateSight(collection: Collection, v: number, by: number): Decision {
  const { called, returned, insertion } = collection
  const sight = operationsOn(collection, v, collection.removal).find(
    (index) => called[index]! > returned[by]!,
  )!
  const { f } = collection.operations[by]!
  const value = shown(collection.values[v])
  const early = sight === insertion[v]
  const reason = early
    ? `${f} returned ${value} before it was inserted`
    : `${collection.operations[sight]!.f} returned ${value} after ${f} had removed it`
  const core = insertion[v] === -1 || early ? [by, sight] : [insertion[v]!, by, sight]
  return { outcome: 'fail', core, reason, impossible: early ? by : sight }
}

function earlySight(collection: Collection, v: number, by: number): Decision {
  const { returned, insertion, insertCalled } = collection
  const removal = by === -1 ? collection.removal : collection.removal.slice().fill(by, v, v + 1)
  const sight = operationsOn(collection, v, removal).find(
    (index) => returned[index]! < insertCalled[v]!,
  )!
  const { f } = collection.operations[sight]!
  const reason = `${f} returned ${shown(collection.values[v])} before it was inserted`
  return { outcome: 'fail', core: [sight, insertion[v]!], reason, impossible: sight }
}
