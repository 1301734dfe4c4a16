import { describe, expect, it } from 'vitest'
import { fuzz } from './fuzz.ts'
import { stackEngine, stackProblem } from './collection-cases.ts'

describe('stacks with unique values', () => {
  it('agrees with the definition on random histories', () => {
    const tally = fuzz(stackEngine, stackProblem, 10_000, 1)
    expect(tally.pass).toBeGreaterThan(2_500)
    expect(tally.fail).toBeGreaterThan(2_500)
    expect(tally.undecided).toBeLessThan(20)
  })
})
