import type { Json } from '../../src/core/json.ts'
import { canonical, sameJson } from '../../src/core/json.ts'
import type { Model } from '../../src/core/model.ts'
import type { Shape } from '../../src/core/shape.ts'
import { acknowledged, anything, nothing, truth } from '../../src/core/shape.ts'
import { initialList, listTouched, listWithout, sorted } from './collections.ts'
import { setElements } from '../../src/linearize/set-elements.ts'

/** Repetitions stay, so that a list with an element twice is the answer of no set. */
const elements: Shape = {
  text: 'a list of all elements, in any order',
  accepts: (value) => Array.isArray(value),
  normal: (value) => sorted(value as readonly Json[]),
}

/** A mathematical set: adding twice is adding once, removing what is not there changes nothing. */
export const set: Model<readonly Json[]> = {
  name: 'set',
  summary: 'values without order or repetition, none at first; add, remove, contains, read',
  operations: {
    add: { value: anything, result: acknowledged },
    remove: { value: anything, result: acknowledged },
    contains: { value: anything, result: truth, observes: true },
    read: { value: nothing, result: elements, observes: true },
  },

  initial(value = []) {
    const unique = new Map(initialList('set', anything, value).map((v) => [canonical(v), v]))
    return sorted([...unique.values()])
  },

  step(state, { f, value }) {
    if (f === 'read') return [{ state, result: state }]
    const isIn = state.some((one) => sameJson(one, value))
    switch (f) {
      case 'contains':
        return [{ state, result: isIn }]
      case 'add':
        return [{ state: isIn ? state : sorted([...state, value]), result: null }]
      default:
        return [{ state: state.filter((one) => !sameJson(one, value)), result: null }]
    }
  },

  part: ({ f, value }) => (f === 'read' ? undefined : value),

  // A read that does not list a value says the same when nothing is ever done with that value.
  touches: (operation) => (operation.f === 'read' ? listTouched(operation) : [operation.value]),
  without: listWithout,
  values: (state) => state,

  engines: [
    setElements({ add: ['add'], remove: ['remove'], contains: ['contains'], read: ['read'] }),
  ],
}
