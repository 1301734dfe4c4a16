import { describe, expect, expectTypeOf, it } from 'vitest'

import { casRegister, queue, record, register, timeline } from '../../src/index.ts'
import type { History } from '../../src/index.ts'
import '../../src/vitest.ts'

const good = timeline(`
  a: [write 1]
  b:            [read -> 1]
`)
const stale = timeline(`
  a: [write 1]  [write 2]
  b:                        [read -> 1]
`)

/** The message of an assertion that must fail. */
function failure(assertion: () => void): string {
  try {
    assertion()
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('it did not fail')
}

describe('the matcher toBeLinearizable', () => {
  it('takes a model, a function that makes one, or nothing', () => {
    expect(good).toBeLinearizable(register())
    expect(good).toBeLinearizable(register)
    expect(good).toBeLinearizable(casRegister())
    expect(good).toBeLinearizable()
    expect(stale).not.toBeLinearizable(register())
    expect(stale).not.toBeLinearizable()
    expect(record().history()).toBeLinearizable(queue())
  })

  it('begins with the value that the model was made with', () => {
    const first = timeline('a: [read -> 7]')
    expect(first).toBeLinearizable(register(7))
    expect(first).not.toBeLinearizable(register())
  })

  it('is typed', () => {
    expectTypeOf<History>(good)
    // @ts-expect-error a name is not a model
    expect(() => expect(good).toBeLinearizable('register')).toThrow()
  })

  it('fails with the evidence: the sentence and the drawing', () => {
    const message = failure(() => expect(stale).toBeLinearizable(register()))
    expect(message).toMatch(/^timeline, model register: not linearizable/)
    expect(message).toContain('client b read 1')
    expect(message).toMatch(/client a +\[write 1 *\] +\[write 2 *\]/)
    expect(message).toMatch(/client b +\[read -> 1 *\]/)
  })

  it('says so when a history is linearizable and should not be', () => {
    expect(failure(() => expect(good).not.toBeLinearizable())).toContain(
      'linearizable, and should not be',
    )
  })

  it('fails both ways when the budget is too small to tell', () => {
    const hard = timeline(
      Array.from(
        { length: 12 },
        (_, n) => `c${n}: [cas ${n % 3} ${(n + 1) % 3} -> ${n < 11} ]`,
      ).join('\n'),
    )
    const unknown = /unknown whether linearizable/
    expect(failure(() => expect(hard).toBeLinearizable(casRegister(0), { steps: 1 }))).toMatch(
      unknown,
    )
    expect(failure(() => expect(hard).not.toBeLinearizable(casRegister(0), { steps: 1 }))).toMatch(
      unknown,
    )
  })

  it('refuses what is no history, and operations that the model does not know', () => {
    expect(failure(() => expect([1, 2]).toBeLinearizable())).toContain('judges a history')
    expect(failure(() => expect(good).toBeLinearizable(queue()))).toMatch(/write/)
  })
})
