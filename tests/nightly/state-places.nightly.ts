import { describe, it } from 'vitest'

import { compareAt } from '../state/compare-places.ts'

const CASES = 100_000

describe('places on a hundred thousand random layouts', () => {
  it('do the same by generated code, by closures and in plain collections', () => {
    for (let seed = 1_000; seed < 1_000 + CASES; seed++) compareAt(seed)
  })
})
