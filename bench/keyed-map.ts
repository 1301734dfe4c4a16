import { Interner } from '../src/core/json.ts'
import type { Json } from '../src/core/json.ts'
import type { Model } from '../src/core/model.ts'
import type { Operation } from '../src/core/operation.ts'
import { acknowledged, pair, text } from '../src/core/shape.ts'

/** Stands between the strings of a state; no recording has it in a value. */
const BETWEEN = '\u0000'

/**
 * The string map as one object under all its keys, to see what the search does without a cut by
 * key. Keys are numbered, arguments are `[number, string]`, and a state is one text.
 */
export const keyedMap: Model<string> = {
  name: 'keyed-map',
  summary: 'all strings of a map as one object',
  operations: {
    get: { value: pair, result: text, observes: true },
    put: { value: pair, result: acknowledged },
    append: { value: pair, result: acknowledged },
  },
  partitioned: false,
  initial: (value = '') => value as string,

  step(state, { f, value }) {
    const [key, argument] = value as readonly [number, string]
    const strings = state.split(BETWEEN)
    const old = strings[key] ?? ''
    if (f === 'get') return [{ state, result: old }]
    strings[key] = f === 'put' ? argument : old + argument
    return [{ state: strings.join(BETWEEN), result: null }]
  },
}

/**
 * The operations of a string map as they are called on `keyedMap`, and the state at the beginning.
 */
export function withoutKeys(operations: readonly Operation[]) {
  const keys = new Interner()
  const called = operations.map((op) => ({
    ...op,
    key: undefined,
    value: [keys.id(op.key), op.value] as Json,
  }))
  return { operations: called, initial: BETWEEN.repeat(Math.max(0, keys.size - 1)) }
}
