import { describe, expect, it } from 'vitest'
import { casRegister } from '../../checkers/models/cas-register.ts'
import { allHistories } from '../checkers/client-histories.ts'
import { hierarchyFaults } from '../checkers/hierarchy.ts'
import type { Tally } from '../checkers/order-cases.ts'
import {
  compareCausal,
  compareSearches,
  compareSequential,
  compareSequentialModels,
  compareSessions,
} from '../checkers/order-cases.ts'

/** Seeds that the fast tests do not use. */
const FIRST = 1_000_000

function campaign(cases: number, compare: (seed: number, tally: Tally) => void): Tally {
  const tally: Tally = new Map()
  for (let seed = FIRST; seed < FIRST + cases; seed++) compare(seed, tally)
  console.log(tally)
  return tally
}

describe('the conditions on the orders of clients', () => {
  it('sequential consistency agrees with trying every merge, a million times', () => {
    const tally = campaign(1_000_000, compareSequential)
    for (const outcome of ['pass', 'fail']) expect(tally.get(outcome)).toBeGreaterThan(250_000)
  })

  it('sequential consistency agrees with trying every merge of other objects', () => {
    const tally = campaign(300_000, compareSequentialModels)
    for (const outcome of ['pass', 'fail']) expect(tally.get(outcome)).toBeGreaterThan(40_000)
  })

  it('sequential consistency is decided alike by its three ways to search', () => {
    campaign(300_000, compareSearches)
  })

  it('causal consistency agrees with trying every causal order, a million times', () => {
    campaign(1_000_000, (seed, tally) => {
      compareCausal(seed, tally, 'small')
    })
  })

  it('causal consistency agrees with trying every causal order of larger histories', () => {
    campaign(30_000, (seed, tally) => {
      compareCausal(seed, tally, 'larger')
    })
  })

  it('session guarantees agree with their definitions, a million times', () => {
    campaign(1_000_000, compareSessions)
  })

  it.each([[[3, 2]], [[2, 2, 1]]])(
    'imply each other on all histories of clients with %j',
    (sizes) => {
      for (const history of allHistories(sizes)) {
        expect(hierarchyFaults(history, casRegister)).toEqual([])
      }
    },
  )
})
