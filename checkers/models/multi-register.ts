import type { Json } from '../../src/core/json.ts'
import type { Model } from '../../src/core/model.ts'
import type { Shape } from '../../src/core/shape.ts'
import { badInitial } from './collections.ts'

/** One read or write inside a transaction: `["read", "x", null]`, `["write", "x", 1]`. */
type Part = readonly [f: 'read' | 'write', key: string | number, value: Json]
type Registers = { readonly [key: string]: Json }

const LONG_NAMES: ReadonlyMap<Json, 'read' | 'write'> = new Map([
  ['read', 'read'],
  ['r', 'read'],
  ['write', 'write'],
  ['w', 'write'],
])

function isPart(part: Json): boolean {
  if (!Array.isArray(part)) return false
  const [f, key] = part as readonly Json[]
  const name = LONG_NAMES.get(f ?? null)
  const named = typeof key === 'string' || Number.isSafeInteger(key)
  return (
    named && name !== undefined && (part.length === 3 || (part.length === 2 && name === 'read'))
  )
}

/** The parts with their long names; a read that says nothing about its value has `null` there. */
function normal(transaction: Json): readonly Part[] {
  return (transaction as readonly Json[]).map((part) => {
    const [f, key, value] = part as readonly [Json, string | number, Json?]
    return [LONG_NAMES.get(f) ?? 'read', key, value ?? null]
  })
}

const transaction: Shape = {
  text:
    '`[[f, key, value], ...]`, each `f` is `read` (`r`) or `write` (`w`), ' +
    'each key a string or whole number (`1` is `"1"`)',
  accepts: (value) => Array.isArray(value) && (value as readonly Json[]).every(isPart),
  normal,
}

const answered: Shape = { ...transaction, text: 'the same list with the values read filled in' }

/**
 * Several registers, read and written together: each transaction happens as a whole, in its order.
 */
export const multiRegister: Model<Registers> = {
  name: 'multi-register',
  summary: 'registers by key, `null` at first; transactions that read and write several at once',
  operations: {
    txn: {
      value: transaction,
      result: answered,
      observes: (value) => normal(value).every(([f]) => f === 'read'),
    },
  },
  partitioned: false,

  initial(value = {}) {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Registers
    }
    throw badInitial('multi-register', 'an object with a value for each key', value)
  },

  step(before, { value }) {
    let state = before
    const result = normal(value).map((part): Part => {
      const [f, key, written] = part
      if (f === 'read') return [f, key, Object.hasOwn(state, key) ? (state[key] ?? null) : null]
      state = { ...state, [key]: written }
      return part
    })
    return [{ state, result }]
  },

  part({ value }) {
    const keys = new Set(normal(value).map(([, key]) => String(key)))
    const [only] = keys
    return keys.size === 1 ? only : undefined
  },

  // A pair of key and value stands for a value here.
  touches: ({ value, result }) => knownParts(value, result).map(pairOf),
  without(operation, gone) {
    const left = knownParts(operation.value, operation.result).filter((part) => !gone(pairOf(part)))
    return { ...operation, value: left, result: operation.result === undefined ? undefined : left }
  },
}

/** A transaction of unknown outcome read nothing that anybody knows. */
function knownParts(value: Json, result: Json | undefined): readonly Part[] {
  return result === undefined ? normal(value).filter(([f]) => f === 'write') : normal(result)
}

function pairOf([, key, value]: Part): Json {
  return [String(key), value]
}
