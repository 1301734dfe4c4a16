import type { Json } from '../../src/core/json.ts'
import type { Model } from '../../src/core/model.ts'
import { acknowledged, nothing } from '../../src/core/shape.ts'
import { lifoStack } from '../../src/linearize/stack-intervals.ts'
import { element, elementOrEmpty, elementTouched, initialList } from './collections.ts'

/** Last in, first out. The end of the list is the top. */
export const stack: Model<readonly Json[]> = {
  name: 'stack',
  summary: 'last in, first out, empty at first; push, pop, peek',
  operations: {
    push: { value: element, result: acknowledged },
    pop: { value: nothing, result: elementOrEmpty, observes: (_, result) => result === null },
    peek: { value: nothing, result: elementOrEmpty, observes: true },
  },

  initial: (value = []) => initialList('stack', element, value),

  step(items, { f, value }) {
    const top = items[items.length - 1] ?? null
    switch (f) {
      case 'push':
        return [{ state: [...items, value], result: null }]
      case 'peek':
        return [{ state: items, result: top }]
      default:
        return [{ state: items.slice(0, -1), result: top }]
    }
  },

  touches: (operation) => elementTouched(operation, 'push'),
  values: (state) => state,
  engines: [lifoStack({ insert: ['push'], remove: ['pop'], peek: ['peek'] })],
}
