import { describe, expect, it } from 'vitest'
import { set } from '../../checkers/models/set.ts'
import { Meter } from '../../src/core/budget.ts'
import type { Json } from '../../src/core/json.ts'
import { timeline } from '../../src/history/timeline.ts'
import { expectExact, fuzz } from './fuzz.ts'
import { elementsProblem, growingProblem, sets } from './order-cases.ts'

function outcome(drawing: string, initial: Json = []): string {
  const problem = { model: set, initial, operations: timeline(drawing).operations }
  const decision = sets.decide(problem, new Meter())
  expectExact(problem, decision)
  return decision?.outcome ?? 'not for me'
}

describe('the engine for sets', () => {
  it('agrees with the definition on random histories without reads of the whole', () => {
    const { pass, fail, undecided } = fuzz(sets, elementsProblem, 10_000, 1)
    expect(pass).toBeGreaterThan(4000)
    expect(fail).toBeGreaterThan(2000)
    expect(undecided).toBeLessThan(500)
  })

  it('agrees with the definition on random sets that only grow', () => {
    const { pass, fail, undecided } = fuzz(sets, growingProblem, 10_000, 1)
    expect(pass).toBeGreaterThan(4000)
    expect(fail).toBeGreaterThan(2000)
    expect(undecided).toBe(0)
  })

  it('follows an element that comes and goes once', () => {
    expect(outcome('a: [add 1] [contains 1 -> true] [remove 1] [contains 1 -> false]')).toBe('pass')
    expect(outcome('a: [add 1] [contains 1 -> false] [remove 1]')).toBe('fail')
    expect(outcome('a: [remove 1] [add 1] [contains 1 -> true]')).toBe('pass')
    expect(outcome('a: [remove 1\nb:            [add 1] [contains 1 -> true]')).toBe('pass')
    expect(outcome('a: [contains 1 -> true] [remove 1] [contains 1 -> false]', [1])).toBe('pass')
    expect(outcome('a: [contains 1 -> false]', [1])).toBe('fail')
    expect(
      outcome('a: [add 1]\nb: [remove 1]\nc: [contains 1 -> false] [contains 1 -> true]'),
    ).toBe('pass')
  })

  it('leaves elements that are moved to and fro to others', () => {
    expect(outcome('a: [add 1] [remove 1] [add 1] [contains 1 -> true]')).toBe('not for me')
    expect(outcome('a: [add 1] [add 1] [contains 1 -> true] [contains 2 -> false]')).toBe('pass')
    expect(outcome('a: [add 1] [remove 1] [add 1]\nb: [contains 2 -> true]')).toBe('fail')
  })

  it('demands that lists grow', () => {
    expect(outcome('a: [add 1] [read -> [1]] [add 2] [read -> [2, 1]]')).toBe('pass')
    expect(outcome('a: [add 1]\nb: [add 2]\nc: [read -> [1]]\nd: [read -> [2]]')).toBe('fail')
    expect(outcome('a: [add 1] [read -> []]')).toBe('fail')
    expect(outcome('a: [read -> [1]]')).toBe('fail')
    expect(outcome('a: [add 1] [read -> [1, 1]]')).toBe('fail')
    expect(outcome('a: [add 1] [remove 1] [read -> []]')).toBe('not for me')
  })
})
