import { describe, expect, it } from 'vitest'

import { claimGroups } from '../../suites/claims.ts'
import { run } from '../cli/run.ts'

describe('the claims book', () => {
  it('is decided as it says, each claim by its checks', async () => {
    const { exitCode, out } = await run(['claims', '--json'])
    const rows = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; verdict: string; outcome: string | null })
    const wrong = rows.filter(
      ({ verdict, outcome }) => outcome !== (/^not/.test(verdict) ? null : 'pass'),
    )
    expect(wrong.map(({ id, outcome }) => `${id}: ${String(outcome)}`)).toEqual([])
    expect(exitCode).toBe(0)
    expect(rows).toHaveLength(claimGroups.flatMap(({ claims }) => claims).length)
  }, 300_000)
})
