import { describe, it } from 'vitest'

import { seeded } from '../../../src/core/random.ts'
import { expectAgreement } from './agreement.ts'
import { allLines, bGridCase, crossesCase, gridCase, tableOfCase } from './lines-cases.ts'
import { expectFailure, randomDown } from './lines-checks.ts'

const some = (most: number, seed: number, share: number) => {
  const random = seeded(seed)
  return allLines(most).filter(({ set }) => set.size < 6 || random.chance(1, share))
}

describe('rows, columns, bands and walls', () => {
  it('mean what their definitions say, in every way of asking', () => {
    const random = seeded(1)
    for (const lines of some(9, 1, 8)) expectAgreement(lines.set, tableOfCase(lines), random)
    // The smallest B-grid in which no two of its parts are the same.
    const bands = bGridCase(2, 2, 2)
    for (let round = 0; round < 10; round++) {
      expectAgreement(bands.set, tableOfCase(bands), random)
    }
  })

  it('fail as often as the sum over all live sets says, with one probability for all', () => {
    for (const lines of some(9, 2, 6)) {
      const table = tableOfCase(lines)
      for (const down of [0, 2 ** -300, 1 / 1024, 0.5, 0.75, 1 - 2 ** -20, 1]) {
        expectFailure(lines.set, table, down, lines.name)
      }
    }
  })

  it('fail as often as the sum over all live sets says, with a probability for each node', () => {
    const random = seeded(3)
    for (const lines of [...some(9, 3, 6), gridCase(3, 4, 2, 2), crossesCase(3)]) {
      const table = tableOfCase(lines)
      for (let round = 0; round < 4; round++) {
        expectFailure(lines.set, table, randomDown(random, lines.set.size), lines.name)
      }
    }
  })

  it('fail as often as that where only rows or only columns differ', () => {
    const random = seeded(4)
    for (const lines of [gridCase(3, 4, 1, 1), gridCase(4, 3, 2, 1), gridCase(3, 3, 1, 2)]) {
      const { rows, columns } = lines.shape ?? { rows: 1, columns: lines.set.size }
      const table = tableOfCase(lines)
      const lineDown = randomDown(random, Math.max(rows, columns))
      const places = Array.from({ length: lines.set.size }, (_, node) => node)
      const byRow = places.map((node) => lineDown[Math.floor(node / columns)] as number)
      const byColumn = places.map((node) => lineDown[node % columns] as number)
      expectFailure(lines.set, table, Float64Array.from(byRow), lines.name)
      expectFailure(lines.set, table, Float64Array.from(byColumn), lines.name)
    }
  })
})
