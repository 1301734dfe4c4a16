import { canonical } from '../src/core/json.ts'
import type { Json } from '../src/core/json.ts'
import type { Model } from '../src/core/model.ts'
import { normalResult, observes } from '../src/core/model.ts'
import type { Operation } from '../src/core/operation.ts'
import type { Shape } from '../src/core/shape.ts'
import { anything, nothing } from '../src/core/shape.ts'
import { shown, who } from '../src/core/wording.ts'
import type { History } from '../src/history/history.ts'
import type { CheckOptions } from './condition.ts'
import type { DirectCondition } from './direct-condition.ts'
import type { Finding } from './findings.ts'
import { perObject, verdictOf } from './findings.ts'

/**
 * Eventual consistency, as far as a recording can show it: 'eventually' is never broken by what
 * was seen so far, so the recording has to contain a quiet period, and has to be taken as long
 * enough.
 *
 * | operation | argument | result |
 * |---|---|---|
 * | read or get | nothing | the whole state of the object |
 * | all others but known observers | anything | `false` if refused, else it is an update |
 *
 * For each object the *quiet period* goes from the return of its last update (the call, if its
 * outcome is unknown) to the end of the history. The first half of it is for settling, in time
 * where the history has times and in events otherwise. The *final read* of a process is its last
 * one that was called in the second half.
 *
 * - Convergence: all final reads agree.
 * - Nothing is made up, nothing is lost: with plain writes the final value is one that was written,
 *   or the initial one if no write was acknowledged (which write wins is left open); in a set that
 *   only grows it contains all acknowledged elements and none that nobody added.
 *
 * Updates of unknown outcome may take effect at any moment, also between two final reads. A
 * difference that they can explain is none.
 */
const state: Shape = { ...anything, text: 'the whole state' }

const shapes = {
  read: { value: nothing, result: state, observes: true },
  get: { value: nothing, result: state, observes: true },
}

const OBSERVERS = new Set(['read', 'get', 'contains', 'peek', 'find-min', 'snapshot'])

/** When updates stop, all processes come to read the same. */
export const eventual: DirectCondition = {
  name: 'eventual',
  summary: 'after the updates have stopped, all processes come to read the same state',
  source: 'Vogels 2009, Eventually consistent; Burckhardt 2014, Principles of eventual consistency',
  operations: shapes,

  unfit(history, options) {
    if (!history.operations.some(isRead)) return 'there is no operation read or get in it'
    const silent = tailsOf(history, options).every(({ finals }) => finals.length === 0)
    return silent ? 'nothing was read in the second half of the time after the updates' : undefined
  },

  check(history, options) {
    const findings: Finding[] = []
    const doubts: string[] = []
    let [objects, readers] = [0, 0]
    for (const tail of tailsOf(history, options)) {
      if (tail.finals.length === 0) continue
      objects++
      readers += tail.finals.length
      const kind = kindOf(tail.updates, tail.finals)
      const unsure = tail.updates.some((op) => op.result === undefined)
      const differing = disagreements(tail, kind, options.model)
      if (kind !== 'other' || !unsure) findings.push(...differing)
      else if (differing[0] !== undefined) doubts.push(differing[0].sentence)
      findings.push(...faults(tail, kind, options))
    }
    const doubt = doubts[0]
    if (findings.length === 0 && doubt !== undefined) {
      const covered = `${doubt}, but an update without an answer may have come between`
      const evidence = { bound: 'method', limit: 0, covered } as const
      return { outcome: 'unknown', engine: 'final-reads', evidence }
    }
    const sentence = `${readers} final reads of ${objects} objects agree, object by object`
    return verdictOf('final-reads', findings, sentence)
  },
}

interface Tail {
  readonly part: string | undefined
  readonly updates: readonly Operation[]
  /** In order of invocation; at most one of a process. */
  readonly finals: readonly Operation[]
}

function tailsOf({ operations }: History, { model }: CheckOptions): readonly Tail[] {
  const timed = operations.every((op) => op.calledAt !== undefined)
  const callOf = (op: Operation) => (timed ? (op.calledAt ?? 0) : op.called)
  const lastOf = (op: Operation) =>
    op.result === undefined ? callOf(op) : timed ? (op.returnedAt ?? callOf(op)) : op.returned
  const end = operations.reduce((latest, op) => Math.max(latest, lastOf(op)), 0)

  return perObject(operations).map(({ part, operations: ofObject }) => {
    const updates = ofObject.filter((op) => isUpdate(op, model))
    const last = updates.reduce((latest, op) => Math.max(latest, lastOf(op)), 0)
    const quiet = updates.reduce((latest, op) => Math.max(latest, endOf(op)), -1)
    const settled = last + (end - last) / 2
    const finals = new Map<unknown, Operation>()
    for (const op of ofObject) {
      if (!isRead(op) || op.result === undefined) continue
      if (op.called > quiet && callOf(op) >= settled) finals.set(op.process, op)
    }
    return { part, updates, finals: [...finals.values()].sort((a, b) => a.called - b.called) }
  })
}

const endOf = (op: Operation): number => (op.result === undefined ? op.called : op.returned)

const isRead = (op: Operation): boolean => op.f === 'read' || op.f === 'get'

function isUpdate(op: Operation, model: Model | undefined): boolean {
  if (isRead(op)) return false
  if (model !== undefined && Object.hasOwn(model.operations, op.f)) return !observes(model, op)
  return !OBSERVERS.has(op.f) && !(op.f === 'cas' && op.result === false)
}

type Kind = 'writes' | 'growing set' | 'other'

function kindOf(updates: readonly Operation[], finals: readonly Operation[]): Kind {
  if (updates.length === 0) return 'other'
  if (updates.every(({ f }) => f === 'write' || f === 'put')) return 'writes'
  const lists = finals.every(({ result }) => Array.isArray(result))
  return lists && updates.every(({ f }) => f === 'add') ? 'growing set' : 'other'
}

/** Every final read that differs from the one that most processes agree on, one for each value. */
function disagreements(tail: Tail, kind: Kind, model: Model | undefined): readonly Finding[] {
  const unsure = new Set<string>()
  for (const op of tail.updates) if (op.result === undefined) unsure.add(canonical(op.value))
  const groups = new Map<string, Operation[]>()
  for (const read of tail.finals) {
    const view = viewOf(read, kind, unsure, model)
    if (view === undefined) continue
    const group = groups.get(view)
    if (group === undefined) groups.set(view, [read])
    else group.push(read)
  }
  const bySize = [...groups.values()].sort((a, b) => b.length - a.length)
  const reference = bySize[0]?.[0]
  if (reference === undefined) return []
  return bySize.slice(1).flatMap(([other]) => {
    if (other === undefined) return []
    const sentence = `long after the last update ${readText(other)}, but ${readText(reference)}`
    const operations = [reference.id, other.id]
    return [{ sentence, operations, culprit: other.id, part: tail.part, atEnd: true }]
  })
}

/**
 * What a read says for certain; `undefined` if an update of unknown outcome accounts for all of it.
 */
function viewOf(
  read: Operation,
  kind: Kind,
  unsure: ReadonlySet<string>,
  model: Model | undefined,
): string | undefined {
  if (kind === 'growing set') {
    const members = (read.result as readonly Json[]).map(canonical)
    return [...new Set(members.filter((member) => !unsure.has(member)))].sort().join()
  }
  const known = model !== undefined && Object.hasOwn(model.operations, read.f)
  const view = canonical(known ? normalResult(model, read) : read.result)
  return kind === 'writes' && unsure.has(view) ? undefined : view
}

/** Final values that no order of the updates explains, once for each value. */
function faults(tail: Tail, kind: Kind, options: CheckOptions): readonly Finding[] {
  if (kind === 'other') return []
  const acknowledged = tail.updates.filter((op) => op.result !== undefined)
  const possible = new Set(tail.updates.map((op) => canonical(op.value)))
  const findings: Finding[] = []
  const initials = initialsOf(tail, options)
  const looked = new Set<string>()
  for (const read of tail.finals) {
    const value = canonical(read.result)
    if (looked.has(value)) continue
    looked.add(value)
    const found =
      kind === 'writes'
        ? wrongValue(read, possible, acknowledged, initials)
        : wrongMembers(read, possible, acknowledged, initials)
    findings.push(...found.map((finding) => ({ ...finding, culprit: read.id, part: tail.part })))
  }
  return findings
}

/** What an object may hold at the beginning. Maps of strings that are read by `get` begin empty. */
function initialsOf({ finals }: Tail, { initial, model }: CheckOptions): readonly Json[] {
  if (model !== undefined) return [model.initial(initial)]
  if (initial !== undefined) return [initial]
  return finals.some((op) => op.f === 'get') ? [null, ''] : [null]
}

function wrongValue(
  read: Operation,
  possible: ReadonlySet<string>,
  acknowledged: readonly Operation[],
  initials: readonly Json[],
): readonly Finding[] {
  const value = canonical(read.result)
  if (possible.has(value)) return []
  if (!initials.some((initial) => canonical(initial) === value)) {
    return [{ sentence: `${readText(read)}, which nobody wrote`, operations: [read.id] }]
  }
  const write = acknowledged.at(-1)
  if (write === undefined) return []
  const wrote = `${who(write.process)} wrote ${shown(write.value)}, which was acknowledged`
  const sentence = `${wrote}, but long after ${readText(read)}, as at the beginning`
  return [{ sentence, operations: [write.id, read.id], atEnd: true }]
}

function wrongMembers(
  read: Operation,
  possible: ReadonlySet<string>,
  acknowledged: readonly Operation[],
  initials: readonly Json[],
): readonly Finding[] {
  const [initial] = initials
  const start = new Set(Array.isArray(initial) ? (initial as readonly Json[]).map(canonical) : [])
  const members = new Set((read.result as readonly Json[]).map(canonical))
  const strange = [...members].find((member) => !possible.has(member) && !start.has(member))
  const lost = acknowledged.find((op) => !members.has(canonical(op.value)))
  const findings: Finding[] = []
  if (strange !== undefined) {
    const element = shown(JSON.parse(strange) as Json)
    const sentence = `${who(read.process)} read the element ${element}, which nobody added`
    findings.push({ sentence, operations: [read.id] })
  }
  if (lost !== undefined) {
    const added = `${who(lost.process)} added ${shown(lost.value)}, which was acknowledged`
    const sentence = `${added}, but long after a read of ${who(read.process)} misses it`
    findings.push({ sentence, operations: [lost.id, read.id], atEnd: true })
  }
  return findings
}

function readText(read: Operation): string {
  return `${who(read.process)} read ${shown(read.result ?? null)}`
}
