import { describe, expect, it } from 'vitest'
import { compareSessions } from './order-cases.ts'
import type { Tally } from './order-cases.ts'

describe('the session guarantees', () => {
  it('agree with their definitions, over all tuples of operations', () => {
    const tally: Tally = new Map()
    for (let seed = 1; seed <= 3000; seed++) compareSessions(seed, tally)
    console.log(tally)
    expect(tally.size).toBe(8)
  })
})
