import { describe, it } from 'vitest'

import { compareRandomRounds } from '../valency/rounds/random-rounds.ts'

describe('the view graph', () => {
  it('is the one that is found by writing out 20,000 random adversaries (seed 11)', () => {
    compareRandomRounds(20_000, 11)
  })
})
