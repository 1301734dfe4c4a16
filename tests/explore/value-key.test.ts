import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isDeepStrictEqual } from 'node:util'
import { valueKey } from '../../src/explore/value-key.ts'

const values = fc.letrec<{ value: unknown }>((tie) => {
  const few = { maxLength: 2 }
  return {
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom<unknown>(0, 1, -1, '0', '', '[', 'set{}', null, true, 'true', undefined),
      fc.array(tie('value'), few),
      fc.array(tie('value'), few).map((members) => new Set(members)),
      fc.array(fc.tuple(tie('value'), tie('value')), few).map((pairs) => new Map(pairs)),
      fc.record({ a: tie('value'), b: tie('value') }, { requiredKeys: [], noNullPrototype: true }),
    ),
  }
}).value

it('equal values, and only those, have one key', () => {
  let equal = 0
  fc.assert(
    fc.property(values, values, (one, other) => {
      const same = isDeepStrictEqual(one, other)
      expect(valueKey(one) === valueKey(other)).toBe(same)
      if (same) equal++
    }),
    { numRuns: 1000, seed: 3 },
  )
  expect(equal).toBeGreaterThan(10)
})

it('the order of members, keys and fields does not matter', () => {
  const one = {
    a: new Set([1, 'b']),
    b: new Map<unknown, unknown>([
      [[1], 2],
      [3, null],
    ]),
  }
  const other = {
    b: new Map<unknown, unknown>([
      [3, null],
      [[1], 2],
    ]),
    a: new Set(['b', 1]),
  }
  expect(valueKey(one)).toBe(valueKey(other))
})
