import type { Model } from '../../src/core/model.ts'
import { acknowledged, nothing } from '../../src/core/shape.ts'
import { badInitial } from './collections.ts'
import { permits } from '../../src/linearize/permits.ts'

/** A lock that anybody may release: it is taken or free. */
export const mutex: Model<boolean> = {
  name: 'mutex',
  summary: 'taken or free, free at first; acquire, and release by anybody',
  operations: {
    acquire: { value: nothing, result: acknowledged },
    release: { value: nothing, result: acknowledged },
  },

  initial(value = false) {
    if (typeof value === 'boolean') return value
    throw badInitial('mutex', '`true` (taken) or `false` (free)', value)
  },

  step(taken, { f }) {
    const acquiring = f === 'acquire'
    return acquiring === taken ? [] : [{ state: acquiring, result: null }]
  },

  engines: [
    permits({ acquire: ['acquire'], release: ['release'] }, (taken) => [taken === true ? 0 : 1, 1]),
  ],
}
