import * as fc from 'fast-check'

import { arbitrary } from '../state/arbitrary.ts'
import type { Layout } from '../state/layout.ts'

/**
 * Values of a layout of `synod/explore`, such as the states of a variable. They shrink towards the
 * first value of the layout.
 */
export function values<Value>(layout: Layout<Value, unknown>): fc.Arbitrary<Value> {
  return arbitrary(fc, layout)
}
