import type { Json } from '../core/json.ts'
import { sameJson } from '../core/json.ts'
import type { Call, Model, Step } from '../core/model.ts'

/**
 * What goes wrong once in a generated history.
 *
 * - `stale-read`: an operation that only looks answers as before an update that had returned when
 *   it was called.
 * - `lost-update`: an update is answered as if it had been done, and is not.
 * - `double-update`: an update is done twice.
 * - `wrong-value`: an answer holds a value that nobody wrote; if only a few values are written,
 *   another one of them.
 *
 * With unique values a stale read of a register and a wrong value are always violations. A lost or
 * double update is one if somebody looks before the next update hides it.
 */
export const FAULTS = ['stale-read', 'lost-update', 'double-update', 'wrong-value'] as const

/** What can go wrong once in a generated history. */
export type PlantedFault = (typeof FAULTS)[number]

export interface Effect {
  readonly state: Json
  readonly result: Json
}

/** A value that no generated client writes. */
const NOBODYS = 1_000_000_007

/**
 * The faulty effect of a call that would rightly have `step`; `undefined` if this call cannot show
 * the fault.
 */
export function faultyEffect(
  fault: PlantedFault,
  model: Model,
  call: Call,
  state: Json,
  step: Step,
  { stale, values }: { readonly stale: Json | undefined; readonly values: 'unique' | number },
): Effect | undefined {
  const looks = model.operations[call.f]?.observes === true
  switch (fault) {
    case 'stale-read': {
      if (!looks || stale === undefined) return undefined
      const old = model.step(stale, call)[0]
      if (old === undefined || sameJson(old.result, step.result)) return undefined
      return { state, result: old.result }
    }
    case 'lost-update':
      if (sameJson(state, step.state)) return undefined
      return { state, result: step.result }
    case 'double-update': {
      const again = model.step(step.state, call)[0]
      if (again === undefined || sameJson(again.state, step.state)) return undefined
      return { state: again.state, result: step.result }
    }
    case 'wrong-value': {
      const result = otherValue(step.result, values)
      if (result === undefined) return undefined
      const normal = model.operations[call.f]?.result.normal
      const judged = normal === undefined ? result : normal(result)
      return sameJson(judged, step.result) ? undefined : { state: step.state, result }
    }
  }
}

function otherValue(value: Json, values: 'unique' | number): Json | undefined {
  if (typeof value === 'boolean') return !value
  if (typeof value === 'string') return `${value}${String(NOBODYS)}`
  if (value === null) return values === 'unique' ? NOBODYS : 0
  if (typeof value === 'number') return values === 'unique' ? NOBODYS : (value + 1) % values
  if (!isList(value)) return { ...value, x: NOBODYS }
  const items = value
  if (!items.every(Array.isArray) || items.length === 0) return [...items, NOBODYS]
  // The parts of a transaction, of which only a read can have gone wrong.
  const at = items.findIndex((part) => (part as readonly Json[])[0] === 'read')
  if (at === -1) return undefined
  const [f = null, key = null] = items[at] as readonly Json[]
  return items.with(at, [f, key, NOBODYS])
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}
