import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cases } from './cases.ts'
import type { Judged } from './liveness-cases.ts'
import { compareLiveness, machinesWithProperties } from './liveness-cases.ts'

describe('properties of random machines', () => {
  it('hold where no fair behaviour breaks them, and lassos are fair and shortest', () => {
    const all: Judged[] = []
    fc.assert(
      fc.property(machinesWithProperties, (plain) => void all.push(...compareLiveness(plain))),
      { numRuns: cases(250), seed: 4 },
    )
    const count = (outcome: string) => all.filter((one) => one.outcome === outcome).length
    expect(Math.min(count('pass'), count('fail'))).toBeGreaterThan(80)
    expect(count('unknown')).toBe(0)
    expect(all.filter(({ round }) => round > 0).length).toBeGreaterThan(15)
    expect(all.filter(({ round }) => round > 2).length).toBeGreaterThan(2)
  })
})
