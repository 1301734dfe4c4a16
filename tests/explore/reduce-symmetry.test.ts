import { describe, expect, it } from 'vitest'
import { breadthFirst, modelSystem } from '../../src/explore/index.ts'
import { symmetric } from '../../src/explore/reduce/index.ts'
import { twoPhaseCommit } from '../../specs/commit/twophase.ts'

describe('symmetry', () => {
  it('finds the orbits of two-phase commit that the literature counts', () => {
    const counts = [1, 2, 3, 4, 5, 6].map((rm) => {
      const found = breadthFirst(symmetric(modelSystem('twophase', twoPhaseCommit.make({ rm }))))
      return [found.distinctStates, found.generatedStates, found.depth]
    })
    expect(counts).toEqual([
      [12, 20, 5],
      [34, 94, 8],
      [80, 318, 11],
      [166, 869, 14],
      [314, 2048, 17],
      [553, 4328, 20],
    ])
  })
})
