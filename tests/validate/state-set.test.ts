import { expect, it } from 'vitest'

import { StateSet } from '../../src/explore/validate/state-set.ts'

it('a set of states has each state once, however many there are', () => {
  const set = new StateSet(2)
  for (let round = 0; round < 2; round++) {
    for (let one = 0; one < 20; one++) {
      for (let other = 0; other < 20; other++) {
        expect(set.add(Int32Array.of(one, other))).toBe(round === 0)
      }
    }
  }
  expect(set.count).toBe(400)
  expect([...set.states.slice(2, 6)]).toEqual([0, 1, 0, 2])
  set.clear()
  expect(set.add(Int32Array.of(0, 0))).toBe(true)
  expect(set.count).toBe(1)
})
