import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { packageFolder } from '../../src/core/package.ts'
import { claimGroups } from '../../suites/claims.ts'
import type { Claim } from '../../suites/claims/claim.ts'
import { run } from '../cli/run.ts'
import { refreshed } from '../transcripts.ts'

const read = (path: string): string => readFileSync(join(packageFolder(), path), 'utf8')

const claims = claimGroups.flatMap((group) => group.claims)
const having = (verdict: Claim['verdict']): number =>
  claims.filter((claim) => claim.verdict === verdict).length

/** What the README says of the book; that the checks show it is seen in tests/long. */
function countsText(): string {
  const open = having('not yet checked')
  const never = having('not executable')
  const decided = claims.length - open - never
  return (
    `Of ${claims.length} statements in ${claimGroups.length} groups ${decided} are decided by a ` +
    `running check: ${having('holds')} hold as they are worded, ` +
    `${having('holds with a correction')} hold with a correction, and ` +
    `${having('refuted as worded')} are refuted. ${never} are not executable, ` +
    `${open === 0 ? 'none is' : `${open} are`} not yet checked.`
  )
}

describe('what the documents say of the claims book', () => {
  it('is how many there are, and how they fare', () => {
    const [, after = ''] = read('README.md').split(/<!-- claims: .* -->/)
    const [paragraph = ''] = after.trim().split('\n\n')
    expect(paragraph.replaceAll('\n', ' ')).toBe(countsText())
  })

  it('shows what its commands print (up to date with -u at the end)', async () => {
    const current = await refreshed(read('docs/claims.md'), run)
    await expect(current).toMatchFileSnapshot('../../docs/claims.md')
  })
})
