import { describe, expect, it } from 'vitest'

import { EntryRunner } from '../../src/cli/run-entry.ts'
import { packageFolder } from '../../src/core/package.ts'
import { claimEntries, claimGroups } from '../../suites/claims.ts'

const runner = new EntryRunner(packageFolder(), { seconds: 120, bytes: 1e9 })

// What several claims rest on is found once, so all of them are one file.
describe.each(claimGroups.map(({ name }) => name))('%s', (group) => {
  const entries = claimEntries.filter((entry) => entry.group === group)
  it.each(entries.map((entry) => [entry.claim.id, entry.claim.name, entry] as const))(
    '%s: %s',
    async (_id, _name, entry) => {
      const { row } = await runner.find(entry)
      expect(`${row.outcome}: ${row.sentence}`).toMatch(/^pass: /)
    },
    180_000,
  )
})

describe('a claim that is not executable', () => {
  const claims = claimGroups.flatMap(({ claims: some }) => some)
  it.each(
    claims
      .filter(({ verdict }) => verdict.startsWith('not'))
      .map((claim) => [claim.id, claim.name, claim] as const),
  )('%s: %s: says why', (_id, _name, claim) => {
    expect('because' in claim ? claim.because : '').not.toBe('')
  })
})
