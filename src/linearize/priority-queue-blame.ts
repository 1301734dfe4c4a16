import type { Decision } from '../core/engine.ts'
import type { Json } from '../core/json.ts'
import { shown } from '../core/wording.ts'
import { covering } from './collection-empties.ts'
import { endsOf } from './collection-spans.ts'
import type { Spans } from './collection-spans.ts'
import type { Collection } from './collection-values.ts'
import type { Presence } from './priority-queue-sweep.ts'

/** Beyond so many values an explanation is none; all operations are given instead. */
const MOST_VALUES = 100

/** How far the sweep came. */
interface Sweep {
  readonly collection: Collection
  readonly spans: Spans
  readonly presence: Presence
  /** The values in rising order. */
  readonly order: Int32Array
}

/** A look at `v`, or with -1 an answer 'empty', has no free gap. */
export function blame(sweep: Sweep, v: number, look: number): Decision {
  const { collection, spans } = sweep
  const { called, operations, returned, values } = collection
  const start = v === -1 ? called[look]! : Math.max(called[look]!, spans.from[v]!)
  const { core, names } = explain(sweep, v, [[start, returned[look]!]])
  const { f } = operations[look]!
  const found = v === -1 ? 'found nothing' : `returned ${shown(values[v])}`
  const reason = `${f} ${found}, but ${names} was in all the time`
  return { outcome: 'fail', core: [...new Set([...core, look])], reason, impossible: look }
}

/** A peek at `v` has a free gap only from `early` on, but its removal none later than `last`. */
export function blameLate(
  sweep: Sweep,
  v: number,
  removal: number,
  early: number,
  last: number,
): Decision {
  const { collection, presence, spans } = sweep
  const { called, operations, returned, values } = collection
  const peek = presence.outBy[v]!
  const start = Math.max(called[peek]!, spans.from[v]!)
  const { core, names } = explain(sweep, v, [
    [start, early],
    [last + 1, returned[removal]!],
  ])
  const value = shown(values[v])
  const reason =
    `${operations[peek]!.f} returned ${value} after ${operations[removal]!.f} had removed it, ` +
    `as ${names} was in before`
  const late = returned[peek]! > returned[removal]! ? peek : removal
  return {
    outcome: 'fail',
    core: [...new Set([...core, peek, removal])],
    reason,
    impossible: late,
  }
}

/** The smaller values that cover some stretches of gaps, and those that keep them there. */
function explain(sweep: Sweep, v: number, stretches: readonly (readonly [number, number])[]) {
  const { collection, order, presence, spans } = sweep
  const { called, operations, returned, values } = collection
  const { from, removal } = spans
  const place = new Int32Array(values.length)
  order.forEach((value, i) => (place[value] = i))
  const core = new Set<number>(v === -1 ? [] : endsOf(collection, v, removal))
  const involved = new Set<number>()
  const waiting: number[] = []
  const involve = (low: number, high: number, below: number): number[] => {
    const chain = covering(presence, low, high, (w) => place[w]! < below)
    waiting.push(...chain.filter((w) => !involved.has(w)))
    for (const w of chain) involved.add(w)
    return chain
  }
  const below = v === -1 ? values.length : place[v]!
  const blockers = stretches.flatMap(([low, high]) => involve(low, high, below))
  for (let w = waiting.pop(); w !== undefined; w = waiting.pop()) {
    if (involved.size > MOST_VALUES)
      return { core: operations.keys(), names: named(values, blockers) }
    for (const index of endsOf(collection, w, removal)) core.add(index)
    const inBy = presence.inBy[w]!
    const outBy = presence.outBy[w]!
    if (inBy !== -1) {
      core.add(inBy)
      involve(presence.in[w]!, returned[inBy]!, place[w]!)
    }
    if (outBy !== -1) {
      core.add(outBy)
      involve(Math.max(called[outBy]!, from[w]!), presence.out[w]!, place[w]!)
    }
  }
  return { core, names: named(values, blockers) }
}

function named(values: readonly Json[], blockers: readonly number[]): string {
  const names = [...new Set(blockers)].slice(0, 3).map((w) => shown(values[w]))
  return names.join(', then ')
}
