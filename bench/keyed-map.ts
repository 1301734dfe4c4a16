import type { Json } from '../src/core/json.ts'
import type { Model } from '../src/core/model.ts'
import type { Operation } from '../src/core/operation.ts'
import { acknowledged, pair, text } from '../src/core/shape.ts'

type Strings = { readonly [key: string]: string }

/** The string map as one object under all its keys: arguments are `[key, string]`. */
export const keyedMap: Model<Strings> = {
  name: 'keyed-map',
  summary: 'all strings of a map as one object, to see what the search does without a cut by key',
  operations: {
    get: { value: pair, result: text, observes: true },
    put: { value: pair, result: acknowledged },
    append: { value: pair, result: acknowledged },
  },
  partitioned: false,
  initial: () => ({}),

  step(strings, { f, value }) {
    const [key, argument] = value as readonly [string, string]
    const old = strings[key] ?? ''
    if (f === 'get') return [{ state: strings, result: old }]
    const changed = f === 'put' ? argument : old + argument
    return [{ state: { ...strings, [key]: changed }, result: null }]
  },
}

/** The operations of a string map as they are called on `keyedMap`. */
export function withoutKeys(operations: readonly Operation[]): readonly Operation[] {
  return operations.map((op) => ({
    ...op,
    key: undefined,
    value: [op.key ?? null, op.value] as Json,
  }))
}
