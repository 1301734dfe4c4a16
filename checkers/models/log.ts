import type { Json } from '../../src/core/json.ts'
import type { Model } from '../../src/core/model.ts'
import { acknowledged, anything, list, nothing } from '../../src/core/shape.ts'
import { initialList, listTouched, listWithout } from './collections.ts'
import { appendLog } from '../../src/linearize/append-log.ts'

/** A list that only grows, at its end. */
export const log: Model<readonly Json[]> = {
  name: 'log',
  summary: 'a list that only grows, empty at first; append and read',
  operations: {
    append: { value: anything, result: acknowledged },
    read: { value: nothing, result: { ...list, text: 'the whole list' }, observes: true },
  },

  initial: (value = []) => initialList('log', anything, value),

  step(entries, { f, value }) {
    return f === 'read'
      ? [{ state: entries, result: entries }]
      : [{ state: [...entries, value], result: null }]
  },

  // A read that does not list a value came before it was appended.
  touches: (operation) => (operation.f === 'read' ? listTouched(operation) : [operation.value]),
  without: listWithout,
  values: (state) => state,

  engines: [appendLog({ append: ['append'], read: ['read'] })],
}
