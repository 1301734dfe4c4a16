import type { Json } from '../../src/core/json.ts'
import type { Model } from '../../src/core/model.ts'
import { acknowledged, nothing } from '../../src/core/shape.ts'
import { fifoQueue } from '../../src/linearize/queue-order.ts'
import { element, elementOrEmpty, elementTouched, initialList } from './collections.ts'

/** First in, first out. */
export const queue: Model<readonly Json[]> = {
  name: 'queue',
  summary: 'first in, first out, empty at first; enqueue, dequeue, peek',
  operations: {
    enqueue: { value: element, result: acknowledged },
    dequeue: { value: nothing, result: elementOrEmpty, observes: (_, result) => result === null },
    peek: { value: nothing, result: elementOrEmpty, observes: true },
  },

  initial: (value = []) => initialList('queue', element, value),

  step(items, { f, value }) {
    const first = items[0] ?? null
    switch (f) {
      case 'enqueue':
        return [{ state: [...items, value], result: null }]
      case 'peek':
        return [{ state: items, result: first }]
      default:
        return [{ state: items.slice(1), result: first }]
    }
  },

  touches: (operation) => elementTouched(operation, 'enqueue'),
  values: (state) => state,
  engines: [fifoQueue({ insert: ['enqueue'], remove: ['dequeue'], peek: ['peek'] })],
}
