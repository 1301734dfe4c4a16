import { describe, expect, it } from 'vitest'
import { compareSequential } from './order-cases.ts'
import type { Tally } from './order-cases.ts'

describe('sequential consistency', () => {
  it('agrees with trying every merge of the clients', () => {
    const tally: Tally = new Map()
    for (let seed = 1; seed <= 1500; seed++) compareSequential(seed, tally)
    console.log(tally)
    for (const outcome of ['pass', 'fail']) expect(tally.get(outcome)).toBeGreaterThan(400)
  })
})
