import { describe, expect, it } from 'vitest'

import { seeded } from '../../../src/core/random.ts'
import type { QuorumSet } from '../../../src/quorum/quorum-set.ts'
import { Rational } from '../../../src/quorum/rational.ts'
import { listOfQuorums } from '../../../src/quorum/structures/list-of-quorums.ts'
import { thresholdTree } from '../../../src/quorum/structures/threshold-tree.ts'
import { slowLoad } from '../slow-load.ts'
import { bitsOf, maskOf, randomTree } from '../truth.ts'
import { mostUse } from './most-use.ts'

/** What the program of the set and a slow one over all its quorums answer. */
async function answers(set: QuorumSet, capacities: readonly number[]): Promise<[number, number]> {
  const quorums = [...set.minimalQuorums()].map(maskOf)
  const exact = capacities.map((capacity) => Rational.from(capacity))
  const load = slowLoad(quorums, quorums, Rational.one, { read: exact, write: exact })
  return [await mostUse(set, capacities), Rational.one.over(load).toNumber()]
}

describe('linear programs of trees and lists', () => {
  it('have the optimum over all quorums', async () => {
    for (let seed = 0; seed < 30; seed++) {
      const random = seeded(seed)
      const size = random.int(2, 7)
      const tree = thresholdTree(randomTree(random, size, false), size)
      const masks = Array.from({ length: 6 }, () => random.int(1, 2 ** size - 1))
      const list = listOfQuorums(masks.map(bitsOf), size)
      const capacities = Array.from({ length: size }, () => random.int(1, 9))
      for (const set of [tree, tree.dual(), list]) {
        const [found, right] = await answers(set, capacities)
        expect(found, `seed ${seed}, ${set.structure}`).toBeCloseTo(right, 9)
      }
    }
  })

  it('are not stated where weights differ, or where quorums are too many', () => {
    const weighted = thresholdTree({ need: 3, inputs: [0, 1, 2], weights: [2, 1, 1] }, 3)
    expect([weighted.formulate, weighted.dual().formulate]).toEqual([undefined, undefined])
    const pairs = Array.from({ length: 20_001 }, (_, at) => [at, at + 1])
    expect(listOfQuorums(pairs, 20_002).formulate).toBe(undefined)
  })
})
