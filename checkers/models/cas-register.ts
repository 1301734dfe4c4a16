import type { Json } from '../../src/core/json.ts'
import { sameJson } from '../../src/core/json.ts'
import type { Model } from '../../src/core/model.ts'
import { acknowledged, anything, nothing, pair, success } from '../../src/core/shape.ts'
import { registerZones } from '../../src/linearize/register-zones.ts'

/**
 * A register that can also be changed on condition: `cas [from, to]` writes `to` if it holds
 * `from`.
 */
export const casRegister: Model = {
  name: 'cas-register',
  summary: 'one value; read, write, and compare-and-set',
  operations: {
    read: { value: nothing, result: anything, observes: true },
    write: { value: anything, result: acknowledged },
    cas: { value: pair, result: success, observes: (_, result) => result === false },
  },

  initial: (value = null) => value,

  step(value, { f, value: argument }) {
    switch (f) {
      case 'read':
        return [{ state: value, result: value }]
      case 'write':
        return [{ state: argument, result: null }]
      default: {
        const [from, to] = argument as readonly [Json, Json]
        return sameJson(value, from)
          ? [{ state: to, result: true }]
          : [{ state: value, result: false }]
      }
    }
  },

  touches({ f, value, result }) {
    switch (f) {
      case 'read':
        return [result ?? null]
      case 'write':
        return [value]
      default:
        return result === false ? undefined : (value as readonly [Json, Json])
    }
  },

  // Only for a cas that succeeded or may have: it reads `from` and writes `to` in one step.
  without(operation, gone) {
    const [from, to] = operation.value as readonly [Json, Json]
    if (!gone(to)) return { ...operation, f: 'write', value: to }
    if (gone(from) || operation.result === undefined) return undefined
    return { ...operation, f: 'read', value: null, result: from }
  },

  engines: [registerZones({ read: ['read'], write: ['write'], cas: ['cas'] })],
}
