/**
 * What the engines for queue, stack and priority queue have in common: every value is inserted
 * once, so each answer names the insertion it is about, and the history falls apart into values.
 *
 * Time is cut at the events. Event `rank` is the position of an event among all events of the
 * problem (calls before returns where positions are equal, as such operations are concurrent), and
 * gap `rank` is the stretch right after it. An operation may take effect in the gaps
 * `called .. returned - 1`; any number of operations fit into one gap, in any order.
 */
import type { Decision, Problem } from '../core/engine.ts'
import { Interner } from '../core/json.ts'
import type { Json } from '../core/json.ts'
import { isUnknown } from '../core/operation.ts'
import type { Operation } from '../core/operation.ts'
import { shown } from '../core/wording.ts'
import { rankEvents } from './collection-ranks.ts'

/**
 * The names of the operations. Removals and peeks return a value, or `null` from an empty object.
 */
export interface CollectionNames {
  readonly insert: readonly string[]
  readonly remove: readonly string[]
  readonly peek?: readonly string[]
}

/**
 * A history of one collection, by value. Values are numbered 0, 1, ...; operations as in the
 * problem.
 */
export interface Collection {
  readonly operations: readonly Operation[]
  /** How many events there are; also the rank of whatever never happens. */
  readonly events: number
  /** By operation: the rank of the call, and of the return (`events` when unknown). */
  readonly called: Int32Array
  readonly returned: Int32Array
  /** The values that were certainly in the collection at some time. */
  readonly values: readonly Json[]
  /** By value: the insertion, or -1 for a value of the initial state. */
  readonly insertion: Int32Array
  /** By value: from which rank to which it was inserted. */
  readonly insertCalled: Int32Array
  readonly insertReturned: Int32Array
  /** By value: the removal that returned it, or -1. */
  readonly removal: Int32Array
  /** The peeks at value `v` are `peeks[peekStart[v]]` to `peeks[peekStart[v + 1] - 1]`, by call. */
  readonly peekStart: Int32Array
  readonly peeks: Int32Array
  /** Removals and peeks that found nothing. */
  readonly empties: Int32Array
  /** Removals of unknown outcome, by call. */
  readonly crashedRemovals: Int32Array
}

const INSERT = 0
const REMOVE = 1
const PEEK = 2

/** Bytes for the tables of a problem and of the engines that work on them, per operation. */
export const BYTES_PER_OPERATION = 160

/**
 * Sorts a problem by value. `undefined` if it is not one of unique values; a decision if the values
 * alone show that it is illegal.
 *
 * An insertion of unknown outcome whose value nobody saw is left out: without all operations on one
 * value a legal sequence stays legal, and so it does without the unknown removal that took it.
 */
export function collect(
  problem: Problem,
  names: CollectionNames,
): Collection | Decision | undefined {
  const { operations } = problem
  const initial = problem.initial
  if (!Array.isArray(initial)) return undefined
  const kinds = kindsOf(names)
  const table = new Interner()
  const count = operations.length
  const valueOf = new Int32Array(count).fill(-1)
  const empties: number[] = []
  const crashedRemovals: number[] = []

  const inserted: (number | undefined)[] = []
  for (const value of initial as readonly Json[]) {
    if (value === null || table.find(value) !== -1) return undefined
    inserted[table.id(value)] = -1
  }
  const first = table.size
  for (let index = 0; index < count; index++) {
    const operation = operations[index]!
    const kind = kinds.get(operation.f)
    if (kind === undefined) return undefined
    if (kind === INSERT) {
      if (operation.value === null) return undefined
      const id = table.id(operation.value)
      if (inserted[id] !== undefined) return undefined
      inserted[id] = index
      valueOf[index] = id
    } else if (isUnknown(operation)) {
      if (kind === REMOVE) crashedRemovals.push(index)
    } else if (operation.result === null || operation.result === undefined) {
      empties.push(index)
    } else {
      const id = table.id(operation.result)
      if (id === inserted.length) inserted.push(undefined)
      valueOf[index] = id
    }
  }
  return byValue({ operations, kinds, table, valueOf, inserted, first, empties, crashedRemovals })
}

interface Draft {
  readonly operations: readonly Operation[]
  readonly kinds: ReadonlyMap<string, number>
  readonly table: Interner
  readonly valueOf: Int32Array
  readonly inserted: readonly (number | undefined)[]
  /** How many values are there from the start. */
  readonly first: number
  readonly empties: readonly number[]
  readonly crashedRemovals: readonly number[]
}

function byValue(draft: Draft): Collection | Decision {
  const { operations, kinds, table, valueOf, inserted, first } = draft
  const all = table.size
  const removed = new Int32Array(all).fill(-1)
  const peeked = new Int32Array(all)
  for (let index = 0; index < operations.length; index++) {
    const id = valueOf[index]!
    if (id === -1) continue
    const kind = kinds.get(operations[index]!.f)
    if (kind === INSERT) continue
    if (inserted[id] === undefined) return neverInserted(draft, index)
    if (kind === PEEK) peeked[id]!++
    else if (removed[id] === -1) removed[id] = index
    else return removedTwice(draft, [removed[id]!, index])
  }

  const dense = new Int32Array(all).fill(-1)
  const values: Json[] = []
  const kept: number[] = []
  for (let id = 0; id < all; id++) {
    const by = inserted[id]!
    const seen = removed[id] !== -1 || peeked[id]! > 0
    if (by !== -1 && !seen && isUnknown(operations[by]!)) continue
    dense[id] = values.length
    values.push(table.value(id))
    kept.push(id)
  }
  const { called, returned, events } = rankEvents(operations, 2 * first)
  const insertion = Int32Array.from(kept, (id) => inserted[id]!)
  return {
    operations,
    events,
    called,
    returned,
    values,
    insertion,
    // The initial values were inserted one after the other before everything else.
    insertCalled: insertion.map((by, v) => (by === -1 ? 2 * v : called[by]!)),
    insertReturned: insertion.map((by, v) => (by === -1 ? 2 * v + 1 : returned[by]!)),
    removal: Int32Array.from(kept, (id) => removed[id]!),
    ...groupPeeks(draft, dense, values.length),
    empties: Int32Array.from(draft.empties),
    crashedRemovals: Int32Array.from(draft.crashedRemovals),
  }
}

function groupPeeks({ operations, kinds, valueOf }: Draft, dense: Int32Array, values: number) {
  const isPeek = (index: number) =>
    valueOf[index] !== -1 && kinds.get(operations[index]!.f) === PEEK
  const peekStart = new Int32Array(values + 1)
  for (let index = 0; index < operations.length; index++) {
    if (isPeek(index)) peekStart[dense[valueOf[index]!]! + 1]!++
  }
  for (let v = 0; v < values; v++) peekStart[v + 1]! += peekStart[v]!
  const peeks = new Int32Array(peekStart[values]!)
  const next = peekStart.slice()
  for (let index = 0; index < operations.length; index++) {
    if (isPeek(index)) peeks[next[dense[valueOf[index]!]!]!++] = index
  }
  return { peekStart, peeks }
}

function kindsOf({ insert, remove, peek = [] }: CollectionNames): ReadonlyMap<string, number> {
  return new Map([
    ...insert.map((f) => [f, INSERT] as const),
    ...remove.map((f) => [f, REMOVE] as const),
    ...peek.map((f) => [f, PEEK] as const),
  ])
}

function neverInserted({ operations }: Draft, index: number): Decision {
  const { f, result } = operations[index]!
  const reason = `${f} returned ${shown(result)}, which was never inserted`
  return { outcome: 'fail', core: [index], reason, impossible: index }
}

function removedTwice({ operations, inserted, valueOf }: Draft, pair: [number, number]): Decision {
  const [one, other] = pair
  const by = inserted[valueOf[one]!]!
  const late = operations[one]!.returned > operations[other]!.returned ? one : other
  const reason = `${shown(operations[one]!.result)} was inserted once but removed twice`
  return { outcome: 'fail', core: by === -1 ? pair : [by, ...pair], reason, impossible: late }
}
