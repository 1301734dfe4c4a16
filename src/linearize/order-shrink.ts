/**
 * Makes a counterexample small for conditions over all keys together. Only what keeps every good
 * history good is left out: operations that never change the state, and all operations on a value
 * of a key where the model says so (`touches`, `without`). The method is delta debugging with
 * chunks that are halved (Zeller & Hildebrandt 2002).
 */
import type { Meter } from '../core/budget.ts'
import { Interner } from '../core/json.ts'
import type { Json } from '../core/json.ts'
import type { Model } from '../core/model.ts'
import { observes } from '../core/model.ts'
import type { Operation } from '../core/operation.ts'

/** What can be left out of reads, writes and compare-and-sets of whole values, under any name. */
export const ACCESS_PARTS: Required<Pick<Model, 'touches' | 'without'>> = {
  touches({ f, value, result }) {
    if (f === 'read' || f === 'get') return [result ?? null]
    if (f !== 'cas') return [value]
    return result === false ? undefined : (value as readonly [Json, Json])
  },

  without(operation, gone) {
    if (operation.f !== 'cas') return undefined
    const [from, to] = operation.value as readonly [Json, Json]
    if (!gone(to)) return { ...operation, f: 'write', value: to }
    if (gone(from) || operation.result === undefined) return undefined
    return { ...operation, f: 'read', value: null, result: from }
  },
}

export interface ShrinkInput {
  readonly model: Model
  readonly initial: Json
  readonly operations: readonly Operation[]
  /** Operations that an engine pointed at, by index: tried first by themselves. */
  readonly core: readonly number[]
  /** True if these operations still break the condition. */
  readonly fails: (operations: readonly Operation[]) => boolean
}

/** What is left: a few operations that break the condition by themselves. */
export function shrinkOperations(input: ShrinkInput, meter: Meter): readonly Operation[] {
  const { model, operations } = input
  const values = new Interner()
  const touched = operations.map((op) =>
    model.touches?.(op)?.map((value) => values.id([op.key ?? null, value])),
  )
  const fixed = new Set(
    model
      .values?.(input.initial)
      .flatMap((value) => operations.map((op) => values.id([op.key ?? null, value]))),
  )
  const isObserver = operations.map((operation) => observes(model, operation))
  const gone = { values: new Set<number>(), observers: new Set<number>() }
  const left = (): Operation[] =>
    operations.flatMap((op, i) => {
      if (gone.observers.has(i)) return []
      const mine = touched[i]
      const missing = mine?.filter((value) => gone.values.has(value)) ?? []
      if (mine === undefined || missing.length === 0) return [op]
      if (missing.length === mine.length) return []
      const rest = model.without?.(op, (value) =>
        gone.values.has(values.id([op.key ?? null, value])),
      )
      return rest === undefined ? [] : [rest]
    })
  /** Tries to leave some of `candidates` out by adding them to `set`. */
  const drop = (set: Set<number>, candidates: number[]): boolean => {
    if (candidates.length === 0 || !meter.look()) return false
    for (const candidate of candidates) set.add(candidate)
    if (input.fails(left())) return true
    for (const candidate of candidates) set.delete(candidate)
    return false
  }
  const dropAll = (set: Set<number>, candidates: readonly number[]): void => {
    let open = candidates.filter((candidate) => !set.has(candidate))
    for (let size = Math.ceil(open.length / 2); size >= 1; size = size > 1 ? size >> 1 : 0) {
      for (let from = open.length - size; from > -size; from -= size) {
        const chunk = open.slice(Math.max(0, from), from + size)
        if (drop(set, chunk)) open = open.filter((candidate) => !set.has(candidate))
      }
    }
  }

  const observers = operations.flatMap((_, i) => (isObserver[i] === true ? [i] : []))
  // What looks at every value would be judged wrongly if one were missing, so it has to go first.
  const looksAtAll = (i: number) => touched[i] === undefined && !gone.observers.has(i)
  const mayDropValues = () => !operations.some((_, i) => looksAtAll(i))
  const all = Array.from({ length: values.size }, (_, id) => id).filter((id) => !fixed.has(id))
  if (input.core.length > 0) {
    const core = new Set(input.core)
    const kept = new Set(input.core.flatMap((i) => touched[i] ?? []))
    drop(
      gone.observers,
      observers.filter((i) => !core.has(i)),
    )
    if (mayDropValues())
      drop(
        gone.values,
        all.filter((id) => !kept.has(id)),
      )
  }
  dropAll(gone.observers, observers.filter(looksAtAll))
  for (let before = -1; before !== gone.values.size + gone.observers.size;) {
    before = gone.values.size + gone.observers.size
    if (mayDropValues()) dropAll(gone.values, all)
    dropAll(gone.observers, observers)
  }
  return left()
}
