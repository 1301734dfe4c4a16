import { describe, expect, it } from 'vitest'
import { casRegister } from '../../checkers/models/cas-register.ts'
import { Meter } from '../../src/core/budget.ts'
import type { Decision, Problem } from '../../src/core/engine.ts'
import type { Json } from '../../src/core/json.ts'
import { seeded } from '../../src/core/random.ts'
import { timeline } from '../../src/history/timeline.ts'
import { justInTime } from '../../src/linearize/just-in-time.ts'
import { faultIn } from '../oracle/replay.ts'
import { expectExact, fuzz } from './fuzz.ts'
import { manyOnRegister, registerProblem, zones } from './register-cases.ts'

function drawn(drawing: string, initial: Json = null): Problem {
  return { model: casRegister, initial, operations: timeline(drawing).operations }
}

/** The decision on a drawing, after it was compared with the definition. */
function decided(drawing: string, initial: Json = null): Decision | undefined {
  const problem = drawn(drawing, initial)
  const decision = zones.decide(problem, new Meter())
  expectExact(problem, decision)
  return decision
}

const outcome = (drawing: string, initial: Json = null) =>
  decided(drawing, initial)?.outcome ?? 'not for me'

function reason(drawing: string): string {
  const decision = decided(drawing)
  return decision?.outcome === 'fail' ? decision.reason : 'no failure'
}

describe('the engine for registers with unique writes', () => {
  it('agrees with the definition on random histories', () => {
    const { pass, fail, undecided } = fuzz(zones, registerProblem, 10_000, 1)
    expect(pass).toBeGreaterThan(3000)
    expect(fail).toBeGreaterThan(2500)
    expect(undecided).toBeLessThan(500)
  })

  it('agrees with the general search on histories that are too large for the definition', () => {
    let failures = 0
    for (let seed = 0; seed < 60; seed++) {
      const problem = manyOnRegister(seeded(seed), 200)
      const decision = zones.decide(problem, new Meter())
      const general = justInTime.decide(problem, new Meter({ steps: 2_000_000 }))
      expect({ seed, outcome: decision?.outcome }).toEqual({ seed, outcome: general?.outcome })
      if (decision?.outcome === 'pass') expect(faultIn(decision.order, problem)).toBeUndefined()
      else failures++
    }
    expect(failures).toBeGreaterThan(10)
    expect(failures).toBeLessThan(50)
  })

  it('says what a stale read missed', () => {
    const stale = `
      a: [write 1] [write 2]
      b:                     [read -> 1]
    `
    expect(reason(stale)).toBe(
      'client b read 1, but client a wrote 2 before, and that after client a wrote 1',
    )
    expect(decided(stale)).toMatchObject({ core: [0, 1, 2], impossible: 2 })
    expect(reason('a: [write 1] [read -> null]')).toBe(
      'client a read null, but client a wrote 1 before',
    )
  })

  it('says where values come from nowhere, or too late', () => {
    expect(reason('a: [read -> 7]')).toBe('client a read 7, but nobody ever wrote 7')
    expect(reason('a: [read -> 7] [write 7]')).toBe(
      'client a read 7, but the operation that put it there began later: client a wrote 7',
    )
    expect(reason('a: [cas 1 2 -> true]')).toBe(
      'client a changed 1 into 2, but nobody ever wrote 1',
    )
    expect(reason('a: [cas 1 2 -> true]  \n b: [cas 2 1 -> true]')).toBe(
      'client a changed 1 into 2, but such values were only made out of each other, never written',
    )
  })

  it('follows chains of compare-and-sets', () => {
    expect(outcome('a: [cas null 1 -> true] [cas 1 2 -> true] [read -> 2]')).toBe('pass')
    expect(outcome('a: [cas null 1 -> true] [cas 1 2 -> true] [read -> 1]')).toBe('fail')
    // The write of 9 would have to be inside of the chain.
    expect(outcome('a: [cas null 1 -> true] [write 9] [cas 1 2 -> true]')).toBe('fail')
    expect(reason('a: [write 1] [cas 1 2 -> true]\n b:             [cas 1 3 -> true]')).toBe(
      'client a changed 1 into 2 and client b changed 1 into 3, but 1 was there only once',
    )
  })

  it('proves a failure with the operations that its values come from', () => {
    const chain = 'a: [write 8] [write 1] [cas 1 2 -> true] [cas 2 3 -> true] [write 9]'
    expect(decided(`${chain} [read -> 2]`)).toMatchObject({ core: [1, 2, 3, 5], impossible: 5 })
    // Nothing else shows that the compare-and-set without an answer happened.
    const unknown = 'a: [write 1] [cas 1 2\nb:              [read -> 2] [cas 1 3 -> true]'
    expect(decided(unknown)).toMatchObject({ core: [0, 1, 2, 3] })
  })

  it('takes a compare-and-set without an answer for done if its value was seen', () => {
    expect(outcome('a: [write 1] [cas 1 2\nb:               [read -> 2]')).toBe('pass')
    expect(outcome('a: [write 1] [cas 7 2\nb:               [read -> 2]')).toBe('fail')
    // It is seen by another one only, which was seen.
    expect(outcome('a: [write 1] [cas 1 2\nb: [cas 2 3\nc:              [read -> 3]')).toBe('pass')
    expect(
      outcome('a: [write 1] [cas 1 2\nb: [cas 2 3\nc:              [read -> 3] [read -> 1]'),
    ).toBe('fail')
    // Nobody saw it, and nothing can have come of it.
    expect(
      outcome('a: [write 1] [cas 1 2\nb:                       [read -> 1] [cas 1 4 -> true]'),
    ).toBe('pass')
  })

  it('lets a write without an answer take effect late, or never', () => {
    expect(outcome('a: [write 1\nb:          [read -> null] [read -> 1]')).toBe('pass')
    expect(outcome('a: [write 1\nb:          [read -> 1] [read -> null]')).toBe('fail')
    expect(outcome('a: [write 1\nb:          [read -> null]')).toBe('pass')
  })

  it('takes changing a value to itself for a read', () => {
    expect(outcome('a: [write 1] [cas 1 1 -> true] [cas 1 1 -> true] [cas 1 2 -> true]')).toBe(
      'pass',
    )
    expect(outcome('a: [write 1] [write 2] [cas 1 1 -> true]')).toBe('fail')
    expect(outcome('a: [write 1] [cas 3 3\nb:           [read -> 1]')).toBe('pass')
  })

  it('places refused compare-and-sets where it can, and leaves the rest to others', () => {
    expect(outcome('a: [write 1] [cas 5 6 -> false] [write 2]')).toBe('pass')
    expect(outcome('a: [write 1] [cas 1 6 -> false] [write 2]')).toBe('not for me')
    expect(outcome('a: [write 1     ]\nb: [cas null 6 -> false]')).toBe('pass')
    expect(outcome('a: [write 1] [cas 1 6 -> false] [read -> null]')).toBe('fail')
  })

  it('tells values apart by type and content', () => {
    expect(outcome('a: [write 1] [read -> "1"]')).toBe('fail')
    expect(outcome('a: [write {"x": 1, "y": [2]}] [read -> {"y": [2], "x": 1}]')).toBe('pass')
    expect(outcome('a: [write [1, 2]] [read -> [2, 1]]')).toBe('fail')
    expect(outcome('a: [write -1] [write 0.5] [write 1e15] [read -> 1e15]')).toBe('pass')
    expect(outcome('a: [write -1] [write 0.5] [write 1e15] [read -> 0.5]')).toBe('fail')
  })

  it('leaves values that were read and have several writers to others', () => {
    expect(outcome('a: [write 1] [write 1] [read -> 1]')).toBe('not for me')
    expect(outcome('a: [write null] [read -> null]')).toBe('not for me')
    expect(outcome('a: [write 1] [write 1] [write 2] [read -> 2]')).toBe('pass')
    expect(outcome('a: [write 1] [write 1] [write 2] [read -> 3]')).toBe('fail')
    expect(outcome('a: [write 1] [append 2]')).toBe('not for me')
  })

  it('begins with the initial value', () => {
    expect(outcome('a: [read -> 0] [write 1]', 0)).toBe('pass')
    expect(outcome('a: [write 1] [read -> 0]', 0)).toBe('fail')
    expect(outcome('a: [cas 0 1 -> true] [read -> 0]', 0)).toBe('fail')
  })

  it('answers unknown when the budget is too small', () => {
    const problem = drawn('a: [write 1] [read -> 1]')
    const { outcome: answer } = zones.decide(problem, new Meter({ bytes: 10 })) ?? {}
    expect(answer).toBe('unknown')
  })
})
