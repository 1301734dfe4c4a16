import { describe, expect, it } from 'vitest'

import { seeded } from '../../src/core/random.ts'
import { allOf, anyOf } from '../../src/quorum/formula.ts'
import { generalFormula } from '../../src/quorum/structures/general-formula.ts'
import { listOfQuorums } from '../../src/quorum/structures/list-of-quorums.ts'
import { compareDisjoint, compareLongSearch, compareSearch } from '../quorum/disjoint-cases.ts'
import { expectAgreement } from '../quorum/structures/agreement.ts'
import { compareFormula, compareList, compareTree } from '../quorum/structures/explicit-cases.ts'
import { bitsOf, minimalMasks, monotoneTables } from '../quorum/truth.ts'

/** Seeds that the fast tests do not use. */
const FIRST = 1_000_000

function campaign(cases: number, compare: (seed: number) => unknown): void {
  for (let seed = FIRST; seed < FIRST + cases; seed++) compare(seed)
}

describe('the structures that expressions become', () => {
  it('mean the same as their table for every monotone function of five nodes', () => {
    const random = seeded(FIRST)
    for (const table of monotoneTables(5)) {
      const quorums = minimalMasks(table).map(bitsOf)
      expectAgreement(listOfQuorums(quorums, 5), table, random)
      expectAgreement(generalFormula(anyOf(quorums.map(allOf)), 5), table, random)
    }
  })

  it('agree with their tables, three hundred thousand times', () => {
    for (const compare of [compareTree, compareFormula, compareList]) campaign(100_000, compare)
  })

  it('are found to miss each other exactly when they do', () => {
    const counts = { none: 0, found: 0 }
    campaign(100_000, (seed) => counts[compareDisjoint(seed)]++)
    campaign(100_000, compareSearch)
    campaign(20_000, compareLongSearch)
    expect(Math.min(counts.none, counts.found)).toBeGreaterThan(20_000)
  })
})
