import { describe, expect, it } from 'vitest'

import type { Tally } from './twin.ts'
import { compareSeed } from './twin.ts'

describe('the search over packed configurations', () => {
  it('finds what a plain search over texts finds, for random protocols', () => {
    const tally: Tally = {}
    let compared = 0
    for (let seed = 1; seed <= 400; seed++) if (compareSeed(seed, 120, tally)) compared++
    expect(compared).toBeGreaterThan(200)
    for (const [name, times] of Object.entries(tally)) expect(times, name).toBeGreaterThan(5)
  })
})
