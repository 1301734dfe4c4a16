import { describe, expect, it } from 'vitest'

import { intervalOrders } from '../../suites/claims/interval-orders.ts'
import { measures } from '../../suites/claims/measured.ts'
import { combinations, countOf, membersOf } from '../../suites/claims/node-sets.ts'
import {
  allMeet,
  antichains,
  coteries,
  coteriesUpToNames,
  fewestThatHit,
  minimalOf,
} from '../../suites/claims/set-families.ts'

describe('families of sets', () => {
  it('are as many as are known', () => {
    // Dedekind's numbers but for the empty family, and the self-dual functions of one node more.
    expect([1, 2, 3, 4, 5].map((nodes) => antichains(nodes).length)).toEqual([2, 5, 19, 167, 7580])
    expect([1, 2, 3, 4, 5].map((nodes) => coteries(nodes).length)).toEqual([1, 3, 11, 80, 2645])
  })

  it('are one of each kind up to names', () => {
    expect(coteriesUpToNames(3).map((family) => family.map(countOf).sort())).toEqual(
      expect.arrayContaining([[1], [2], [3], [2, 2], [2, 2, 2]]),
    )
    expect(coteriesUpToNames(3)).toHaveLength(5)
  })

  it('meet or not, and are met by so many nodes', () => {
    expect(allMeet([0b011], [0b110, 0b001])).toBe(true)
    expect(allMeet([0b011], [0b100])).toBe(false)
    expect(fewestThatHit([0b011, 0b101, 0b110], 3)).toBe(2)
    expect(minimalOf([0b001, 0b101, 0b111])).toEqual([0b001])
  })

  it('of a size are as many as can be chosen', () => {
    expect(combinations(5, 2)).toHaveLength(10)
    expect(combinations(4, 0)).toEqual([[]])
    expect(membersOf(0b1010)).toEqual([1, 3])
  })
})

describe('precedence', () => {
  it('has as many forms as there are labelled interval orders', () => {
    expect([1, 2, 3, 4].map((size) => intervalOrders(size).length)).toEqual([1, 3, 19, 207])
  })
})

describe('a question about measures', () => {
  it('is answered no where one is not as wanted', async () => {
    const outcome = async (wanted: Parameters<typeof measures>[1]) =>
      (await measures('majority(n=5)', wanted).find({})).outcome
    expect(await outcome({ work: 3, load: '3/5', resilience: 2 })).toBe('pass')
    expect(await outcome({ work: 2 })).toBe('fail')
    expect(await outcome({ load: '1/2' })).toBe('fail')
    expect(await outcome({ resilience: 1 })).toBe('fail')
    expect(await outcome({ failure: ['1/10', '0.00857'] })).toBe('fail')
  })
})
