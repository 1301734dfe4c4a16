import { describe, expect, it } from 'vitest'

import { seeded } from '../../../src/core/random.ts'
import { allOf, anyOf } from '../../../src/quorum/formula.ts'
import { generalFormula } from '../../../src/quorum/structures/general-formula.ts'
import { listOfQuorums } from '../../../src/quorum/structures/list-of-quorums.ts'
import { bitsOf, minimalMasks, monotoneTables } from '../truth.ts'
import { expectAgreement } from './agreement.ts'
import { compareFormula, compareList, compareTree } from './explicit-cases.ts'

describe('structures and their slow twin', () => {
  it('a list and a formula mean the same for every monotone function of four nodes', () => {
    const random = seeded(1)
    const tables = monotoneTables(4)
    expect(tables).toHaveLength(166)
    for (const table of tables) {
      const quorums = minimalMasks(table).map(bitsOf)
      expectAgreement(listOfQuorums(quorums, 4), table, random)
      expectAgreement(generalFormula(anyOf(quorums.map(allOf)), 4), table, random)
    }
  })

  it('a list of quorums means the same for every monotone function of five nodes', () => {
    const random = seeded(2)
    const tables = monotoneTables(5)
    expect(tables).toHaveLength(7579)
    for (const table of tables.filter((_, at) => at % 16 === 0)) {
      expectAgreement(listOfQuorums(minimalMasks(table).map(bitsOf), 5), table, random)
    }
  })

  it('a threshold tree agrees, with and without weights', () => {
    for (let seed = 0; seed < 300; seed++) compareTree(seed)
  })

  it('a formula whose nodes stand more than once agrees, with and without weights', () => {
    for (let seed = 0; seed < 300; seed++) compareFormula(seed)
  })

  it('a list may contain sets that contain others', () => {
    for (let seed = 0; seed < 200; seed++) compareList(seed)
  })
})
