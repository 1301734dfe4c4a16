import type { Model } from '../../src/core/model.ts'
import { acknowledged, nothing, wholeNumber } from '../../src/core/shape.ts'
import { priorityQueueOf } from '../../src/linearize/priority-queue-sweep.ts'
import { elementTouched, initialList, wholeNumberOrEmpty } from './collections.ts'

/** The smallest number first. A number may be in it several times. */
export const priorityQueue: Model<readonly number[]> = {
  name: 'priority-queue',
  summary: 'the smallest first, empty at first; insert, extract-min, find-min',
  operations: {
    insert: { value: wholeNumber, result: acknowledged },
    'extract-min': {
      value: nothing,
      result: wholeNumberOrEmpty,
      observes: (_, result) => result === null,
    },
    'find-min': { value: nothing, result: wholeNumberOrEmpty, observes: true },
  },

  initial(value = []) {
    return ascending(initialList('priority-queue', wholeNumber, value) as readonly number[])
  },

  step(numbers, { f, value }) {
    const least = numbers[0] ?? null
    switch (f) {
      case 'insert':
        return [{ state: ascending([...numbers, value as number]), result: null }]
      case 'find-min':
        return [{ state: numbers, result: least }]
      default:
        return [{ state: numbers.slice(1), result: least }]
    }
  },

  touches: (operation) => elementTouched(operation, 'insert'),
  values: (state) => state,
  engines: [priorityQueueOf({ insert: ['insert'], remove: ['extract-min'], peek: ['find-min'] })],
}

function ascending(numbers: readonly number[]): readonly number[] {
  return [...numbers].sort((a, b) => a - b)
}
