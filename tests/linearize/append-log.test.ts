import { describe, expect, it } from 'vitest'
import { log } from '../../checkers/models/log.ts'
import { Meter } from '../../src/core/budget.ts'
import type { Json } from '../../src/core/json.ts'
import { timeline } from '../../src/history/timeline.ts'
import { expectExact, fuzz } from './fuzz.ts'
import { logProblem, logs } from './order-cases.ts'

function decided(drawing: string, initial: Json = []) {
  const problem = { model: log, initial, operations: timeline(drawing).operations }
  const decision = logs.decide(problem, new Meter())
  expectExact(problem, decision)
  return decision
}

const outcome = (drawing: string, initial: Json = []) =>
  decided(drawing, initial)?.outcome ?? 'not for me'

describe('the engine for logs', () => {
  it('agrees with the definition on random histories', () => {
    const { pass, fail, undecided } = fuzz(logs, logProblem, 10_000, 1)
    expect(pass).toBeGreaterThan(4000)
    expect(fail).toBeGreaterThan(2000)
    expect(undecided).toBeLessThan(800)
  })

  it('takes the order of entries from the longest list', () => {
    expect(outcome('a: [append 1]\nb: [append 2]\nc:              [read -> [2, 1]]')).toBe('pass')
    expect(outcome('a: [append 1] [append 2]\nc:     [read -> [2, 1]]')).toBe('fail')
    expect(outcome('a: [append 1]\nb: [append 2]\nc: [read -> [2]] [read -> [1, 2]]')).toBe('fail')
    expect(outcome('a: [append 1] [read -> []]')).toBe('fail')
  })

  it('drops an append without an answer only if nobody saw it', () => {
    expect(outcome('a: [append 1\nb:            [read -> []] [read -> [1]]')).toBe('pass')
    expect(outcome('a: [append 1\nb:            [read -> [1]] [read -> []]')).toBe('fail')
    expect(outcome('a: [append 1\nb:            [append 2] [read -> [2]]')).toBe('pass')
  })

  it('begins with the initial entries', () => {
    expect(outcome('a: [append 1] [read -> [7, 1]]', [7])).toBe('pass')
    expect(outcome('a: [append 1] [read -> [1]]', [7])).toBe('fail')
    expect(outcome('a: [append 7] [read -> [7, 7]]', [7])).toBe('pass')
  })

  it('counts repetitions, and leaves entries that were appended twice to others', () => {
    expect(outcome('a: [append 1] [read -> [1, 1]]')).toBe('fail')
    expect(outcome('a: [append 1] [append 1] [read -> [1, 1]]')).toBe('not for me')
    expect(outcome('a: [append 1] [append 2] [append 2]\nb:            [read -> [1]]')).toBe('pass')
  })

  it('points at the read, as an append alone shows nothing', () => {
    expect(decided('a: [append 1] [read -> []]')).toMatchObject({ core: [0, 1], impossible: 1 })
  })
})
