import type { Model } from '../../src/core/model.ts'
import { acknowledged, nothing, text } from '../../src/core/shape.ts'
import { appendedStrings } from '../../src/linearize/appended-strings.ts'
import { registerZones } from '../../src/linearize/register-zones.ts'
import { badInitial } from './collections.ts'

/** One entry of a map from keys to strings: replaced as a whole, or made longer at its end. */
export const stringMap: Model<string> = {
  name: 'string-map',
  summary: 'a string by key, `""` at first; get, put and append',
  operations: {
    get: { value: nothing, result: text, observes: true },
    put: { value: text, result: acknowledged },
    append: { value: text, result: acknowledged, observes: (value) => value === '' },
  },

  initial(value = '') {
    if (typeof value === 'string') return value
    throw badInitial('string-map', 'a string', value)
  },

  step(string, { f, value }) {
    switch (f) {
      case 'get':
        return [{ state: string, result: string }]
      case 'put':
        return [{ state: value as string, result: null }]
      default:
        return [{ state: string + (value as string), result: null }]
    }
  },

  engines: [
    registerZones({ read: ['get'], write: ['put'] }),
    appendedStrings({ get: 'get', put: 'put', append: 'append' }),
  ],
}
