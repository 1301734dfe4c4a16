import type { Model } from '../../src/core/model.ts'
import { nothing, wholeNumber } from '../../src/core/shape.ts'
import { badInitial } from './collections.ts'
import { fetchAndAddOrder } from '../../src/linearize/fetch-and-add.ts'

/** A sum that says, at every addition, what it was before. */
export const fetchAndAdd: Model<number> = {
  name: 'fetch-and-add',
  summary: 'a sum, `0` at first; fetch-and-add and read',
  operations: {
    'fetch-and-add': {
      value: wholeNumber,
      result: { ...wholeNumber, text: 'the sum before, a whole number' },
      observes: (value) => value === 0,
    },
    read: { value: nothing, result: wholeNumber, observes: true },
  },

  initial(value = 0) {
    if (wholeNumber.accepts(value)) return value as number
    throw badInitial('fetch-and-add', 'a whole number', value)
  },

  step(sum, { f, value }) {
    return [{ state: f === 'read' ? sum : sum + (value as number), result: sum }]
  },

  engines: [fetchAndAddOrder({ fetchAndAdd: ['fetch-and-add'], read: ['read'] })],
}
