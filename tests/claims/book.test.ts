import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { claimGroups } from '../../suites/claims.ts'
import type { Check } from '../../suites/claims/check.ts'
import { checksOf } from '../../suites/claims/claim.ts'
import { everyEntry } from '../../suites/every-entry.ts'
import { EXTRA_DATA_ABSENT, extraData } from '../extra-data.ts'

const claims = claimGroups.flatMap((group) => group.claims)

function named(check: Check): readonly string[] {
  return typeof check === 'string' ? [check] : []
}

describe('the claims book', () => {
  it('has each claim once', () => {
    const ids = claims.map(({ id }) => id)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  })

  it.each(claimGroups.map(({ name, claims: some }) => [name, some] as const))(
    '%s: rests on entries that are there',
    (_, some) => {
      const missing = some.flatMap((claim) =>
        checksOf(claim)
          .flatMap(({ check }) => named(check))
          .filter((name) => !everyEntry.has(name))
          .map((name) => `${claim.id}: ${name}`),
      )
      expect(missing).toEqual([])
    },
  )

  it('says something, names a source, and asks no question twice', () => {
    for (const claim of claims) {
      expect(claim.says, claim.id).toMatch(/^[A-Z0-9"'(].*[.?]$/s)
      expect(claim.source, claim.id).not.toBe('')
      const asked = checksOf(claim).map(({ check }) =>
        typeof check === 'string' ? check : check.type === 'question' ? check.asks : check.name,
      )
      expect(new Set(asked).size, claim.id).toBe(asked.length)
    }
  })

  it('shows a counterexample to whatever it corrects or refutes', () => {
    const wrong = claims.filter(({ verdict }) => /correction|refuted/.test(verdict))
    for (const claim of wrong) {
      expect(
        checksOf(claim).some(({ shows }) => shows === 'counterexample'),
        claim.id,
      ).toBe(true)
    }
  })
})

interface Row {
  readonly id: string
  readonly group: string
}

describe('the inventory of all statements', () => {
  const folder = extraData()

  it.skipIf(folder === undefined)(
    folder === undefined ? EXTRA_DATA_ABSENT : 'is all in the book, group by group',
    () => {
      const path = join(folder ?? '', 'research', 'claims.json')
      const { rows } = JSON.parse(readFileSync(path, 'utf8')) as { readonly rows: readonly Row[] }
      for (const { name, claims: some } of claimGroups) {
        const wanted = rows.filter(({ group }) => group === name).map(({ id }) => id)
        expect(
          some.map(({ id }) => id),
          name,
        ).toEqual(wanted)
      }
    },
  )
})
