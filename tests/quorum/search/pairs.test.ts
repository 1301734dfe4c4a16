import { describe, expect, it } from 'vitest'

import { LiveSets } from '../../../src/quorum/search/live-sets.ts'
import { monotoneFunctions } from '../../../src/quorum/search/monotone.ts'
import { Pairs } from '../../../src/quorum/search/pairs.ts'
import { questionOf } from '../../../src/quorum/search/question.ts'
import { allSlowSystems, minimal, surviving } from './slow-best.ts'

describe('functions as pairs', () => {
  it.each([0, 1])('have the quorums that outlive %i failures', (failures) => {
    const question = questionOf({ nodes: 4, failures })
    const functions = monotoneFunctions(3)
    const pairs = new Pairs(question, functions, new LiveSets(question.down))
    const halves = { readLow: 0, readHigh: 0, writeLow: 0, writeHigh: 0 }
    for (const { reads, writes } of allSlowSystems(4)) {
      const half = (from: number): number =>
        functions.numberOf(
          reads
            .slice(from, from + 8)
            .reduce((bits, holds, set) => bits | (Number(holds) << set), 0),
        )
      const [low, high] = [half(0), half(8)]
      pairs.usable(low, high, halves)
      const sets = (a: number, b: number): number[] =>
        pairs.sets(low, high, a, b).map(({ set }) => set)
      expect(sets(halves.readLow, halves.readHigh)).toEqual(minimal(surviving(reads, failures)))
      expect(sets(halves.writeLow, halves.writeHigh)).toEqual(minimal(surviving(writes, failures)))
    }
  })
})
