import { describe, expect, it } from 'vitest'

import { seeded } from '../../../src/core/random.ts'
import { allOf, anyOf } from '../../../src/quorum/formula.ts'
import { generalFormula } from '../../../src/quorum/structures/general-formula.ts'
import { listOfQuorums } from '../../../src/quorum/structures/list-of-quorums.ts'
import { thresholdTree } from '../../../src/quorum/structures/threshold-tree.ts'
import {
  bitsOf,
  minimalMasks,
  monotoneTables,
  randomFormula,
  randomTree,
  tableOf,
} from '../truth.ts'
import { expectAgreement } from './agreement.ts'

describe('structures and their slow twin', () => {
  it('a list of quorums and a formula mean the same for every monotone function of four nodes', () => {
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
    for (let seed = 0; seed < 500; seed++) {
      const random = seeded(seed)
      const size = random.int(1, 7)
      const formula = randomTree(random, size, seed % 2 === 0)
      expectAgreement(thresholdTree(formula, size), tableOf(formula, size), random)
    }
  })

  it('a formula whose nodes stand more than once agrees, with and without weights', () => {
    for (let seed = 0; seed < 500; seed++) {
      const random = seeded(seed)
      const size = random.int(1, 7)
      const formula = randomFormula(random, size, random.int(1, 12), seed % 2 === 0)
      expectAgreement(generalFormula(formula, size), tableOf(formula, size), random)
    }
  })

  it('a list may contain sets that contain others', () => {
    for (let seed = 0; seed < 300; seed++) {
      const random = seeded(seed)
      const size = random.int(1, 8)
      const masks = Array.from({ length: random.int(1, 12) }, () => random.int(1, 2 ** size - 1))
      const formula = anyOf(masks.map((mask) => allOf(bitsOf(mask))))
      const list = listOfQuorums(
        masks.map((mask) => random.shuffle(bitsOf(mask))),
        size,
      )
      expectAgreement(list, tableOf(formula, size), random)
    }
  })
})
