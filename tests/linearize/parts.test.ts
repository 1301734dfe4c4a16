import { expect, it } from 'vitest'
import { set } from '../../checkers/models/set.ts'
import { snapshot } from '../../checkers/models/snapshot.ts'
import { seeded } from '../../src/core/random.ts'
import { timeline } from '../../src/history/timeline.ts'
import { partsByKey, splitFurther } from '../../src/linearize/parts.ts'
import { isLinearizable } from '../oracle/brute-force.ts'
import { anyProblem } from './general-cases.ts'

it('what is cut further has an order exactly if every piece has one', () => {
  const tally = { legal: 0, illegal: 0 }
  for (let n = 0; n < 6000; n++) {
    const { model, initial, operations } = anyProblem(seeded(n))
    const parts = partsByKey(model, initial, operations)
    expect(parts).toHaveLength(1)
    const pieces = parts.flatMap((part) => splitFurther(part) ?? [])
    if (pieces.length === 0) continue
    const legal = isLinearizable({ model, initial, operations })
    expect(pieces.every(({ problem }) => isLinearizable(problem))).toBe(legal)
    tally[legal ? 'legal' : 'illegal']++
  }
  expect(Math.min(tally.legal, tally.illegal)).toBeGreaterThan(30)
})

it('a history is cut by key, unless the keys depend on each other', () => {
  const { operations } = timeline(`
    a: [add x 1] [add y 2]
    b:    [contains x 1 -> true]
  `)
  const parts = partsByKey(set, [], operations)
  expect(parts.map(({ label, key, problem }) => [label, key, problem.operations.length])).toEqual([
    ['key "x"', 'x', 2],
    ['key "y"', 'y', 1],
  ])
  expect(partsByKey(snapshot, {}, operations)).toHaveLength(1)
})
