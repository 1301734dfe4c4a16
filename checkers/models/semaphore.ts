import type { Model } from '../../src/core/model.ts'
import { acknowledged, nothing } from '../../src/core/shape.ts'
import { badInitial } from './collections.ts'
import { permits } from '../../src/linearize/permits.ts'

type Permits = readonly [free: number, all: number]

/** A number of permits: whoever takes one makes it unavailable until one is given back. */
export const semaphore: Model<Permits> = {
  name: 'semaphore',
  summary: 'permits, `1` at first or as many as `--initial` says; acquire and release',
  operations: {
    acquire: { value: nothing, result: acknowledged },
    release: { value: nothing, result: acknowledged },
  },

  initial(value = 1) {
    if (Number.isSafeInteger(value) && (value as number) > 0) {
      return [value as number, value as number]
    }
    throw badInitial('semaphore', 'a whole number of permits, 1 or more', value)
  },

  step([free, all], { f }) {
    const left = f === 'acquire' ? free - 1 : free + 1
    return left < 0 || left > all ? [] : [{ state: [left, all], result: null }]
  },

  engines: [
    permits({ acquire: ['acquire'], release: ['release'] }, (state) => state as unknown as Permits),
  ],
}
