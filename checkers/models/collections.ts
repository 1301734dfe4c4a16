import type { Json } from '../../src/core/json.ts'
import { canonical } from '../../src/core/json.ts'
import type { Operation } from '../../src/core/operation.ts'
import type { Shape } from '../../src/core/shape.ts'
import { UserError } from '../../src/core/user-error.ts'

/** What collections have in common: `null` says that there was nothing, so it is no element. */
export const element: Shape = {
  text: 'any value but `null`',
  accepts: (value) => value !== null,
}

export const elementOrEmpty: Shape = {
  text: 'the value, or `null` when it is empty',
  accepts: () => true,
}

export const wholeNumberOrEmpty: Shape = {
  text: 'a whole number, or `null` when it is empty',
  accepts: (value) => value === null || Number.isSafeInteger(value),
}

/** The elements at the beginning, from `--initial`. */
export function initialList(model: string, shape: Shape, value: Json): readonly Json[] {
  if (Array.isArray(value) && (value as readonly Json[]).every(shape.accepts)) {
    return value as readonly Json[]
  }
  throw badInitial(model, `a list in which each element is ${shape.text}`, value)
}

/** The error for a value of `--initial` that a model cannot begin with. */
export function badInitial(model: string, wanted: string, found: Json): UserError {
  const text = JSON.stringify(found)
  const short = text.length > 60 ? `${text.slice(0, 59)}…` : text
  return new UserError(`a ${model} begins with ${wanted}, not with ${short}`, {
    where: '--initial',
    hint: `leave --initial out, or give ${wanted}`,
  })
}

/**
 * The value put in or taken out. An empty answer touches nothing: without some values, empty is
 * still empty. An unknown removal touches nothing either: if what it took is left out, it took
 * nothing.
 */
export function elementTouched(operation: Operation, insertion: string): readonly Json[] {
  const { f, value, result } = operation
  if (f === insertion) return [value]
  return result === null || result === undefined ? [] : [result]
}

/** For reads of everything: the elements that were seen. */
export function listTouched({ result }: Operation): readonly Json[] {
  return result === undefined ? [] : (result as readonly Json[])
}

/** A read of everything when some elements are left out. */
export function listWithout(operation: Operation, gone: (value: Json) => boolean): Operation {
  const seen = operation.result as readonly Json[]
  return { ...operation, result: seen.filter((value) => !gone(value)) }
}

/** The order in which sets are written down: any fixed one will do. */
export function sorted(values: readonly Json[]): readonly Json[] {
  const keyed = values.map((value) => [canonical(value), value] as const)
  return keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, value]) => value)
}
