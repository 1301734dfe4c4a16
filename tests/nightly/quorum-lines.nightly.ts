import { describe, expect, it } from 'vitest'

import { seeded } from '../../src/core/random.ts'
import { pathsSystem } from '../../src/quorum/families/paths.ts'
import { projectivePlaneSystem } from '../../src/quorum/families/planes.ts'
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

describe('larger families', () => {
  it('of paths have the known number of quorums', () => {
    const { reads } = pathsSystem(3)
    expect([...reads.minimalQuorums()]).toHaveLength(4538)
    expect(reads.cheapest(new Float64Array(25).fill(1)).price).toBe(7)
  })

  it.each([16, 25, 27, 32])('of order %i have lines that share one point each', (order) => {
    const lines = projectivePlaneSystem(order).reads.minimalQuorums()
    const sets = Array.from(lines, (line) => new Set(line))
    expect(sets).toHaveLength(order * order + order + 1)
    for (const [place, line] of sets.entries()) {
      for (const other of sets.slice(place + 1)) {
        if ([...line].filter((point) => other.has(point)).length !== 1) expect.fail()
      }
    }
  })
})
