import { describe, expect, it } from 'vitest'

import { UserError } from '../../src/core/user-error.ts'
import { compare } from '../../src/quorum/compare/compare.ts'
import type { ComparedSystem, Comparison } from '../../src/quorum/compare/compare.ts'
import { parseSystem } from '../../src/quorum/parse-system.ts'
import { Rational } from '../../src/quorum/rational.ts'
import {
  comparisonTable,
  failureText,
  fractionTexts,
  loadTexts,
  methodsText,
  refusals,
} from '../../src/report/quorum-rows.ts'

async function compared(text: string, changes: object = {}): Promise<ComparedSystem> {
  const [found] = (await compare([parseSystem(text)])).systems
  if (found === undefined) throw new Error('one system was compared')
  return { ...found, ...changes }
}

const refused = new UserError('this takes too long', { hint: 'a smaller one' })

describe('the numbers of a system in words', () => {
  it('are fractions with their decimals, as long as these are short', () => {
    expect(fractionTexts(Rational.of(9n, 25n))).toEqual(['9/25', '0.36'])
    expect(fractionTexts(Rational.of(2n))).toEqual(['2', ''])
    expect(fractionTexts(Rational.of(123456789n, 1000000007n))).toEqual(['', '0.1235'])
  })

  it('say where they are not exact', async () => {
    const { load, failure } = await compared('majority(n=3)')
    const bounds = {
      load: {
        ...load,
        exact: undefined,
        lower: Rational.of(1n, 3n),
        upper: Rational.from('0.3334'),
        value: 0.3334,
        quality: 'bounds',
        method: 'column generation, 12 rounds',
      },
      failure: { ...failure, quality: 'estimate', method: 'sampling of 1000 states' },
    }
    const found = await compared('majority(n=3)', bounds)
    expect(loadTexts(found)).toEqual(['', '0.3334 ± 3e-5'])
    expect(methodsText(found)).toBe('column generation (bounds), sampling (estimate)')
    expect(methodsText(await compared('majority(n=3)'))).not.toContain('(')
  })

  it('say why they are missing, and what else can be done', async () => {
    const found = await compared('majority(n=3)', { failure: { refused } })
    const comparison: Comparison = { circumstances: {}, systems: [found] }
    expect(failureText(found)).toBe('?')
    expect(refusals(comparison)).toEqual([
      'majority(n=3): no F: this takes too long; try: a smaller one',
    ])
    const [row = []] = comparisonTable(comparison).rows
    expect(row.slice(0, 3)).toEqual(['majority(n=3)', '3', '2'])
    expect(row).toContain('?')
  })

  it('stand in columns that say which probability was asked about', async () => {
    const comparison = await compare([parseSystem('rowa(n=3)')], { down: '1/4' })
    const { columns, rows } = comparisonTable(comparison)
    expect(columns.map(({ title }) => title)).toContain('F (p = 0.25)')
    expect(rows[0]?.slice(2, 5)).toEqual(['1 / 3', '2/3', '0.6667'])
  })
})
