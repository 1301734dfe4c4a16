import type { Model } from '../../src/core/model.ts'
import { acknowledged, anything, nothing } from '../../src/core/shape.ts'
import { registerZones } from '../../src/linearize/register-zones.ts'

/** A cell that holds the value written last. */
export const register: Model = {
  name: 'register',
  summary: 'one value, `null` at first; read and write',
  operations: {
    read: { value: nothing, result: anything, observes: true },
    write: { value: anything, result: acknowledged },
  },

  initial: (value = null) => value,

  step(value, { f, value: argument }) {
    return f === 'read' ? [{ state: value, result: value }] : [{ state: argument, result: null }]
  },

  touches: ({ f, value, result }) => [f === 'read' ? (result ?? null) : value],

  engines: [registerZones({ read: ['read'], write: ['write'] })],
}
