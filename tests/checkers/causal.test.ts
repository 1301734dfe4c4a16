import { describe, expect, it } from 'vitest'
import { compareCausal } from './order-cases.ts'
import type { Tally } from './order-cases.ts'

describe('causal consistency', () => {
  it('agrees with trying every causal order', () => {
    const tally: Tally = new Map()
    for (let seed = 1; seed <= 1500; seed++) compareCausal(seed, tally, 'small')
    console.log(tally)
  })
})
