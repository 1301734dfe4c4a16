import { describe, expect, it } from 'vitest'
import { compareWithSearch, judgeAll, judged, judgeRun } from './collection-check.ts'
import { stackKind, stackProblem } from './collection-cases.ts'
import { fuzz } from './fuzz.ts'

const outcome = (drawing: string) => judged(stackKind, drawing)?.outcome

describe('stacks with unique values', () => {
  it('agrees with the definition on random histories', () => {
    const tally = fuzz(stackKind.engine, stackProblem, 10_000, 1)
    // Rare ones in which more than one way to give removals to values matters.
    for (const seed of [21_096, 21_681]) fuzz(stackKind.engine, stackProblem, 1, seed)
    expect(tally.pass).toBeGreaterThan(2_500)
    expect(tally.fail).toBeGreaterThan(2_500)
    expect(tally.undecided).toBe(0)
  })

  it('agrees with the definition on all histories of two operations, and of three', () => {
    expect(judgeAll(stackKind, 2)).toEqual({ legal: 126, illegal: 6, undecided: 0 })
    expect(judgeAll(stackKind, 3)).toEqual({ legal: 5028, illegal: 732, undecided: 0 })
  })

  it('agrees with the general search on histories of some dozen operations', () => {
    const { pass, fail, undecided } = compareWithSearch(stackKind, 60, 1)
    expect(pass).toBeGreaterThan(15)
    expect(fail).toBeGreaterThan(15)
    expect(undecided).toBeLessThan(6)
  })

  it('finds an order of long runs', () => {
    const run = { operations: 5_000, clients: 10, seed: 3 }
    expect(judgeRun(stackKind, run)).toBe('pass')
    expect(judgeRun(stackKind, { ...run, peeks: 30 })).toBe('pass')
    expect(judgeRun(stackKind, { ...run, peeks: 10, crashes: 10 })).toBe('pass')
    expect(judgeRun(stackKind, { ...run, insertions: 70 })).toBe('pass')
  })

  it('rejects an empty answer after an insertion that returned and that nobody removed', () => {
    expect(outcome('a: [push 2]  [pop empty]')).toBe('fail')
    expect(outcome('a: [push 2]  [peek empty]')).toBe('fail')
  })

  it('accepts values that are never removed', () => {
    expect(outcome('a: [push 1]  [push 2]  [push 3]')).toBe('pass')
  })

  it('accepts a peek before the removal, and rejects one after it', () => {
    expect(outcome('a: [push 1]  [peek 1]  [pop 1]')).toBe('pass')
    expect(outcome('a: [push 1]  [pop 1]  [peek 1]')).toBe('fail')
  })

  it('rejects two values of which neither can have been below the other, and names them', () => {
    const decision = judged(stackKind, 'a: [push 1]  [push 2]  [pop 1]  [pop 2]')
    expect(decision).toMatchObject({ outcome: 'fail', impossible: 2 })
    expect(decision).toHaveProperty(
      'reason',
      'pop returned 1, but 2 came after it and was still in',
    )
  })

  it('rejects a look at a value while another one is above it', () => {
    expect(outcome('a: [push 1]  [push 2]  [peek 1]  [pop 2]')).toBe('fail')
    expect(
      outcome(`
        a: [push 1]  [push 2]  [pop 2]
        b:                       [peek 1]
      `),
    ).toBe('pass')
  })

  it('rejects three values of which none can be the lowest, though any two can be ordered', () => {
    // 1 left while 2 was in, so 2 came first; 2 left while 3 was in, so 3 came before both: too
    // late.
    const decision = judged(
      stackKind,
      `
      a: [push 1 ]            [pop 1]          [pop 2]
      b:    [push 2       ]
      c:            [push 3             ]
      `,
    )
    expect(decision).toHaveProperty('core.length', 5)
    expect(decision).toHaveProperty('reason', expect.stringMatching(/none of these 3 values/))
  })

  it('rejects an empty answer that a chain of values covers', () => {
    expect(
      outcome(`
        a: [push 1]  [push 2]  [pop 2]    [pop 1]
        b:                 [pop empty]
      `),
    ).toBe('fail')
    expect(
      outcome(`
        a: [push 1]  [push 2]       [pop 2]
        b:             [pop 1]
        c:           [pop empty]
      `),
    ).toBe('pass')
  })

  it('lets an unknown removal take one value, but not two, and not before it was called', () => {
    const lost = (crashes: string) => `
      a: [push 1]  [push 2]  [push 3]          [pop 1]
      ${crashes}
    `
    expect(outcome(lost('b: [pop\n      c: [pop'))).toBe('pass')
    expect(outcome(lost('b: [pop'))).toBe('fail')
    const tooLate = judged(stackKind, lost(`b: [pop\n      c: ${' '.repeat(60)}[pop`))
    expect(tooLate).toHaveProperty('outcome', 'fail')
    expect(tooLate).toHaveProperty('reason', expect.stringMatching(/only 1 removal of unknown/))
  })

  it('takes an unknown insertion for done once its value was seen, and only then', () => {
    expect(outcome('a: [push 1\nb:     [pop 1]  [pop empty]')).toBe('pass')
    expect(outcome('a: [push 1\nb:     [peek 1]  [pop empty]')).toBe('fail')
    expect(outcome('a: [push 1\nb:     [pop empty]')).toBe('pass')
  })

  it('says that a value was never inserted, or removed twice', () => {
    const reason = (drawing: string) => judged(stackKind, drawing)
    expect(reason('a: [push 1]  [pop 7]')).toMatchObject({
      reason: 'pop returned 7, which was never inserted',
    })
    expect(reason('a: [push 1]  [pop 1]  [pop 1]')).toMatchObject({
      reason: '1 was inserted once but removed twice',
      impossible: 2,
    })
  })

  it('is not for values that are inserted twice, nor for operations that it does not know', () => {
    expect(outcome('a: [push 1]  [pop 1]  [push 1]')).toBeUndefined()
    expect(outcome('a: [push 1]  [size -> 1]')).toBeUndefined()
  })
})
