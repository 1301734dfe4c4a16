import { describe, expect, it } from 'vitest'

import { seeded } from '../../../src/core/random.ts'
import { Rational } from '../../../src/quorum/rational.ts'
import { maskOf } from '../truth.ts'
import { slowLoad } from '../slow-load.ts'
import { allLines } from './lines-cases.ts'
import { mostUse } from './most-use.ts'

describe('linear programs of rows, columns, bands and walls', () => {
  it('have the optimum over all quorums', async () => {
    const random = seeded(5)
    let solved = 0
    for (const { set, name } of allLines(9)) {
      for (const side of [set, set.dual()]) {
        if (side.formulate === undefined || !random.chance(1, 12)) continue
        const quorums = [...side.minimalQuorums()].map(maskOf)
        if (quorums.length > 24) continue
        const capacities = Array.from({ length: set.size }, () => random.int(1, 9))
        const read = capacities.map((capacity) => Rational.from(capacity))
        const load = slowLoad(quorums, quorums, Rational.one, { read, write: read })
        const found = await mostUse(side, capacities)
        expect(found, `${name}, ${side.structure}, ${capacities.join(' ')}`).toBeCloseTo(
          Rational.one.over(load).toNumber(),
          9,
        )
        solved++
      }
    }
    expect(solved).toBeGreaterThan(30)
  })
})
