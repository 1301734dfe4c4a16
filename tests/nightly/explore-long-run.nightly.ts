import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareLiveness, machinesWithProperties } from '../explore/liveness-cases.ts'
import { compareRefinement, refinementCases } from '../explore/refinement-cases.ts'

const RUNS = 200_000

describe('a campaign of random machines', () => {
  it('judges properties as the definitions do', () => {
    const verdicts = { pass: 0, fail: 0, unknown: 0, 'not judged': 0 }
    const compare = (plain: Parameters<typeof compareLiveness>[0]) => {
      for (const { outcome } of compareLiveness(plain)) verdicts[outcome]++
    }
    fc.assert(fc.property(machinesWithProperties, compare), { numRuns: RUNS, seed: 44 })
    expect(Math.min(verdicts.pass, verdicts.fail)).toBeGreaterThan(RUNS / 5)
    expect(verdicts.unknown + verdicts['not judged']).toBe(0)
  }, 7_200_000)

  it('judges refinements as the definition does', () => {
    const compare = (one: Parameters<typeof compareRefinement>[0]) => void compareRefinement(one)
    fc.assert(fc.property(refinementCases, compare), { numRuns: RUNS, seed: 45 })
  }, 7_200_000)
})
