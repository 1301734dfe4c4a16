import { describe, expect, it } from 'vitest'
import { casRegister } from '../../checkers/models/cas-register.ts'
import { queue } from '../../checkers/models/queue.ts'
import { register } from '../../checkers/models/register.ts'
import { seeded } from '../../src/core/random.ts'
import { timeline } from '../../src/history/timeline.ts'
import { shrink } from '../../src/linearize/shrink.ts'
import { anyProblem } from './general-cases.ts'
import { expectNothingLeft, expectSmallest } from './shrink-check.ts'

describe('a counterexample', () => {
  it('is cut down to the stale read and the two writes', () => {
    const problem = {
      model: register,
      initial: null,
      operations: timeline(`
        a: [write 1]             [write 3] [read -> 3]           
        b:           [read -> 1]           [write 4]
        c:           [read -> 1]                       [read -> 1]  [read -> 4]
      `).operations,
    }
    const { problem: left, proven, minimal } = shrink(problem, { core: [] }, {})
    expect(left.operations.map(({ f, value, result }) => [f, value ?? result])).toEqual([
      ['write', 1],
      ['write', expect.any(Number)],
      ['read', 1],
    ])
    expect({ proven, minimal }).toEqual({ proven: true, minimal: true })
  })

  it('keeps the write of what a cas found only if it matters', () => {
    const problem = {
      model: casRegister,
      initial: null,
      operations: timeline(`
        a: [write 1] [cas 1 2] [write 3]
        b:                               [read -> 2]
      `).operations,
    }
    const { problem: left } = shrink(problem, { core: [] }, {})
    expect(left.operations.map(({ f, value }) => [f, value])).toEqual([
      ['write', 2],
      ['write', 3],
      ['read', null],
    ])
  })

  it('of a queue keeps only the values that are out of order', () => {
    const problem = {
      model: queue,
      initial: [],
      operations: timeline(`
        a: [enqueue 1] [enqueue 2] [enqueue 3]
        b:                                     [dequeue -> 2] [dequeue -> 1] [dequeue -> 3]
      `).operations,
    }
    const { problem: left } = shrink(problem, { core: [] }, {})
    expect(left.operations.map(({ value, result }) => value ?? result)).toEqual([1, 2, 2, 1])
  })

  it('of any model still fails, by the definition, and no smaller cut of it does', () => {
    let failing = 0
    for (let n = 0; n < 1500; n++) if (expectSmallest(anyProblem(seeded(n)))) failing++
    expect(failing).toBeGreaterThan(450)
  })

  it('is never made out of a legal history, whatever the hints', () => {
    let legal = 0
    for (let n = 0; n < 1500; n++) {
      const random = seeded(n)
      if (expectNothingLeft(random, anyProblem(random))) legal++
    }
    expect(legal).toBeGreaterThan(800)
  })
})
