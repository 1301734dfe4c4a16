import type { Json } from '../../src/core/json.ts'
import type { Model } from '../../src/core/model.ts'
import type { Process } from '../../src/core/operation.ts'
import { acknowledged, nothing } from '../../src/core/shape.ts'
import { badInitial } from './collections.ts'
import { lockAlternation } from '../../src/linearize/lock-alternation.ts'

/** A lock that only the client who holds it may release, and that nobody may take twice. */
export const lock: Model<Process | null> = {
  name: 'lock',
  summary: 'held by one client, by nobody at first; acquire, and release by the holder',
  operations: {
    acquire: { value: nothing, result: acknowledged },
    release: { value: nothing, result: acknowledged },
  },
  knowsProcess: true,

  initial(value: Json = null) {
    if (value === null || typeof value === 'string' || typeof value === 'number') return value
    throw badInitial('lock', 'the client that holds it, or `null`', value)
  },

  step(holder, { f, process }) {
    if (f === 'acquire') return holder === null ? [{ state: process, result: null }] : []
    return holder === process ? [{ state: null, result: null }] : []
  },

  engines: [
    lockAlternation(
      { acquire: ['acquire'], release: ['release'] },
      (holder) => holder as Process | null,
    ),
  ],
}
