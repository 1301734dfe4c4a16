import { describe, expect, it } from 'vitest'
import { fetchAndAdd } from '../../checkers/models/fetch-and-add.ts'
import { Meter } from '../../src/core/budget.ts'
import { timeline } from '../../src/history/timeline.ts'
import { expectExact, fuzz } from './fuzz.ts'
import { sumProblem, sums } from './order-cases.ts'

function outcome(drawing: string): string {
  const problem = { model: fetchAndAdd, initial: 0, operations: timeline(drawing).operations }
  const decision = sums.decide(problem, new Meter())
  expectExact(problem, decision)
  return decision?.outcome ?? 'not for me'
}

describe('the engine for fetch-and-add', () => {
  it('agrees with the definition on random histories', () => {
    const { pass, fail, undecided } = fuzz(sums, sumProblem, 10_000, 1)
    expect(pass).toBeGreaterThan(4000)
    expect(fail).toBeGreaterThan(4000)
    expect(undecided).toBeLessThan(500)
  })

  it('lets results decide the order', () => {
    expect(outcome('a: [fetch-and-add 2 -> 1]\nb: [fetch-and-add 1 -> 0]')).toBe('pass')
    expect(outcome('a: [fetch-and-add 1 -> 0]\nb: [fetch-and-add 1 -> 0]')).toBe('fail')
    expect(outcome('a: [fetch-and-add 3 -> 0]\nb: [read -> 2]')).toBe('fail')
    expect(outcome('a: [read -> -1]')).toBe('fail')
  })

  it('fills gaps with additions without an answer that are all alike', () => {
    expect(outcome('a: [fetch-and-add 2\nb: [fetch-and-add 2\nc: [read -> 4]')).toBe('pass')
    expect(outcome('a: [fetch-and-add 2\nb: [fetch-and-add 2\nc: [read -> 3]')).toBe('fail')
    expect(outcome('a: [fetch-and-add 2\nc: [read -> 4]')).toBe('fail')
    expect(outcome('c: [read -> 2]\na:             [fetch-and-add 2')).toBe('fail')
    expect(outcome('a: [fetch-and-add 2\nb: [fetch-and-add 3\nc: [read -> 3]')).toBe('not for me')
    expect(outcome('a: [fetch-and-add 2\nb: [fetch-and-add 3\nc: [read -> 0]')).toBe('pass')
  })

  it('takes adding nothing for a read, and leaves subtraction to others', () => {
    expect(outcome('a: [fetch-and-add 0 -> 0] [fetch-and-add 0 -> 0] [fetch-and-add 1 -> 0]')).toBe(
      'pass',
    )
    expect(outcome('a: [fetch-and-add -1 -> 0]')).toBe('not for me')
  })
})
