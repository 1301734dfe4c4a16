import { describe, expect, it } from 'vitest'
import { specEntries, specs } from '../../suites/specs.ts'
import { comesOut, quickEntries } from './explored.ts'

describe('specs with few states', () => {
  comesOut([...quickEntries])
})

describe('the list of specs', () => {
  it('tries every planted bug of every spec, and the spec without it', () => {
    for (const spec of specs) {
      const of = specEntries.filter((entry) => entry.spec === spec)
      const tried = new Set(of.map(({ mutant }) => mutant))
      expect([spec.name, [...tried].sort()]).toEqual([
        spec.name,
        [...Object.keys(spec.mutants ?? {}), undefined].sort(),
      ])
      for (const { mutant, expect: expected } of of)
        if (mutant !== undefined) expect(expected.outcome).toBe('fail')
    }
  })

  it('names each spec once', () => {
    const names = specs.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })
})
