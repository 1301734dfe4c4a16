import { describe, expect, it } from 'vitest'
import { fuzz } from './fuzz.ts'
import { registerProblem, zones } from './register-cases.ts'

describe('registers with unique writes', () => {
  it('agrees with the definition on random histories', () => {
    const t = performance.now()
    const tally = fuzz(zones, registerProblem, 10_000, 1)
    console.log(tally, performance.now() - t)
    expect(tally.pass).toBeGreaterThan(2000)
  })
})
