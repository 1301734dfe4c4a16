import { describe, it } from 'vitest'

import { seeded } from '../../src/core/random.ts'
import { crosses } from '../../src/quorum/structures/crosses.ts'
import { grid } from '../../src/quorum/structures/grid.ts'
import { expectAgreement } from '../quorum/structures/agreement.ts'
import { crossesFailure, gridFailure } from '../quorum/structures/closed-forms.ts'
import { allLines, crossesCase, tableOfCase } from '../quorum/structures/lines-cases.ts'
import { expectChance, expectFailure, randomDown } from '../quorum/structures/lines-checks.ts'

describe('rows, columns, bands and walls of up to twelve nodes', () => {
  it('mean what their definitions say, in every way of asking', () => {
    const random = seeded(11)
    for (const lines of allLines(12)) expectAgreement(lines.set, tableOfCase(lines), random)
  })

  it('fail as often as the sum over all live sets says', () => {
    const random = seeded(12)
    for (const lines of [...allLines(12), crossesCase(4)]) {
      const table = tableOfCase(lines)
      for (const down of [2 ** -300, 2 ** -40, 1 / 1024, 0.5, 0.75, 1 - 2 ** -20]) {
        expectFailure(lines.set, table, down, lines.name)
      }
      for (let round = 0; round < 20; round++) {
        expectFailure(lines.set, table, randomDown(random, lines.set.size), lines.name)
      }
    }
  })

  it('fail as often as the cancelling formulas say, which are summed without rounding', () => {
    for (const down of [1 / 1024, 1 / 64, 1 / 8, 0.5, 0.75]) {
      const big = grid({ rows: 100, columns: 100 }).failure?.(down)
      expectChance(big, gridFailure(100, 100, down), `grid at ${down}`, 1e-12)
      const basic = crosses(120).failure?.(down)
      expectChance(basic, crossesFailure(120, down), `row i with column i at ${down}`, 1e-12)
    }
  })
})
