import { describe, expect, it } from 'vitest'
import { fuzz } from './fuzz.ts'
import { priorityEngine, priorityProblem } from './collection-cases.ts'

describe('priority queues with unique numbers', () => {
  it('agrees with the definition on random histories', () => {
    const tally = fuzz(priorityEngine, priorityProblem, 10_000, 1)
    expect(tally.pass).toBeGreaterThan(2_500)
    expect(tally.fail).toBeGreaterThan(2_500)
    expect(tally.undecided).toBeLessThan(20)
  })
})
