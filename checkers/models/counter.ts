import type { Model } from '../../src/core/model.ts'
import { acknowledged, nothing, wholeNumber } from '../../src/core/shape.ts'
import { badInitial } from './collections.ts'

/** A sum. What is added may be negative. */
export const counter: Model<number> = {
  name: 'counter',
  summary: 'a sum, `0` at first; add and read',
  operations: {
    add: { value: wholeNumber, result: acknowledged, observes: (value) => value === 0 },
    read: { value: nothing, result: wholeNumber, observes: true },
  },

  initial(value = 0) {
    if (wholeNumber.accepts(value)) return value as number
    throw badInitial('counter', 'a whole number', value)
  },

  step(sum, { f, value }) {
    return f === 'read'
      ? [{ state: sum, result: sum }]
      : [{ state: sum + (value as number), result: null }]
  },
}
