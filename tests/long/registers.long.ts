import { expect, it } from 'vitest'
import { countHistories } from '../checkers/register-enumeration.ts'

it('finds what the condition on inversions alone accepts, with 3 writes and 2 reads', () => {
  const count = countHistories(3, 2)
  expect(count).toMatchObject({ all: 10_080, conditionOnly: 5114, mistakes: 0 })
  // With the smaller ones of the fast test, these are all 15,567 histories.
  expect(count.all + 12 + 45 + 180 + 3360 + 1890).toBe(15_567)
})
