import { describe, expect, it } from 'vitest'
import { compareWithSearch, judgeAll, judged, judgeRun } from './collection-check.ts'
import { priorityKind, priorityProblem } from './collection-cases.ts'
import { fuzz } from './fuzz.ts'

const outcome = (drawing: string) => judged(priorityKind, drawing)?.outcome

describe('priority queues with unique numbers', () => {
  it('agrees with the definition on random histories', () => {
    const tally = fuzz(priorityKind.engine, priorityProblem, 10_000, 1)
    expect(tally.pass).toBeGreaterThan(2_500)
    expect(tally.fail).toBeGreaterThan(2_500)
    expect(tally.undecided).toBe(0)
  })

  it('agrees with the definition on all histories of two operations, and of three', () => {
    expect(judgeAll(priorityKind, 2)).toEqual({ legal: 126, illegal: 6, undecided: 0 })
    expect(judgeAll(priorityKind, 3)).toEqual({ legal: 5010, illegal: 750, undecided: 0 })
  })

  it('agrees with the general search on histories of some dozen operations', () => {
    const { pass, fail, undecided } = compareWithSearch(priorityKind, 60, 1)
    expect(pass).toBeGreaterThan(15)
    expect(fail).toBeGreaterThan(15)
    expect(undecided).toBeLessThan(6)
  })

  it('finds an order of long runs', () => {
    const run = { operations: 5_000, clients: 10, seed: 3 }
    expect(judgeRun(priorityKind, run)).toBe('pass')
    expect(judgeRun(priorityKind, { ...run, peeks: 30 })).toBe('pass')
    expect(judgeRun(priorityKind, { ...run, peeks: 10, crashes: 10 })).toBe('pass')
    expect(judgeRun(priorityKind, { ...run, insertions: 70 })).toBe('pass')
  })

  it('rejects an empty answer after an insertion that returned and that nobody removed', () => {
    expect(outcome('a: [insert 2]  [extract-min empty]')).toBe('fail')
    expect(outcome('a: [insert 2]  [find-min empty]')).toBe('fail')
  })

  it('accepts values that are never removed', () => {
    expect(outcome('a: [insert 1]  [insert 2]  [insert 3]')).toBe('pass')
  })

  it('accepts a peek before the removal, and rejects one after it', () => {
    expect(outcome('a: [insert 1]  [find-min 1]  [extract-min 1]')).toBe('pass')
    expect(outcome('a: [insert 1]  [extract-min 1]  [find-min 1]')).toBe('fail')
  })

  it('rejects a number that leaves while a smaller one is in, and names both', () => {
    const decision = judged(priorityKind, 'a: [insert 1]  [insert 2]  [extract-min 2]')
    expect(decision).toMatchObject({
      outcome: 'fail',
      reason: 'extract-min returned 2, but 1 was in all the time',
      impossible: 2,
    })
    expect(outcome('a: [insert 2]  [insert 1]  [extract-min 1]  [extract-min 2]')).toBe('pass')
  })

  it('keeps a number in as long as a smaller one is in the way of its removal', () => {
    // 2 can only leave after 1, so 3 cannot be seen before that.
    const waits = (last: string) => `
      a: [insert 3]  [insert 2]  [insert 1]                   [extract-min 1]
      b:                                    [extract-min 2                  ]
      c:                                      [find-min 3${last}
    `
    expect(outcome(waits('  ]'))).toBe('fail')
    expect(outcome(waits(`${' '.repeat(20)}]`))).toBe('pass')
  })

  it('rejects a look that a smaller number keeps until after the removal', () => {
    const decision = judged(
      priorityKind,
      `
      a: [insert 2]      [insert 1]                  [extract-min 1]
      b:            [extract-min 2              ]
      c:                              [find-min 2         ]
      `,
    )
    expect(decision).toMatchObject({
      outcome: 'fail',
      reason: 'find-min returned 2 after extract-min had removed it, as 1 was in before',
    })
  })

  it('rejects an empty answer that a chain of numbers covers', () => {
    expect(
      outcome(`
        a: [insert 1]  [insert 2]  [extract-min 1]     [extract-min 2]
        b:                 [extract-min empty         ]
      `),
    ).toBe('fail')
    expect(
      outcome(`
        a: [insert 1]  [insert 2]           [extract-min 2]
        b:             [extract-min 1]
        c:             [extract-min empty]
      `),
    ).toBe('pass')
  })

  it('lets an unknown removal take one number, but not two, and not before it was called', () => {
    const lost = (crashes: string) => `
      a: [insert 1]  [insert 2]  [insert 3]          [extract-min 3]
      ${crashes}
    `
    expect(outcome(lost('b: [extract-min\n      c: [extract-min'))).toBe('pass')
    expect(outcome(lost('b: [extract-min'))).toBe('fail')
    const tooLate = judged(
      priorityKind,
      lost(`b: [extract-min\n      c: ${' '.repeat(60)}[extract-min`),
    )
    expect(tooLate).toHaveProperty('outcome', 'fail')
    expect(tooLate).toHaveProperty('reason', expect.stringMatching(/only 1 removal of unknown/))
  })

  it('takes an unknown insertion for done once its value was seen, and only then', () => {
    expect(outcome('a: [insert 1\nb:     [extract-min 1]  [extract-min empty]')).toBe('pass')
    expect(outcome('a: [insert 1\nb:     [find-min 1]  [extract-min empty]')).toBe('fail')
    expect(outcome('a: [insert 1\nb:     [extract-min empty]')).toBe('pass')
  })

  it('says that a value was never inserted, or removed twice', () => {
    const reason = (drawing: string) => judged(priorityKind, drawing)
    expect(reason('a: [insert 1]  [extract-min 7]')).toMatchObject({
      reason: 'extract-min returned 7, which was never inserted',
    })
    expect(reason('a: [insert 1]  [extract-min 1]  [extract-min 1]')).toMatchObject({
      reason: '1 was inserted once but removed twice',
      impossible: 2,
    })
  })

  it('is not for values that are inserted twice, nor for operations that it does not know', () => {
    expect(outcome('a: [insert 1]  [extract-min 1]  [insert 1]')).toBeUndefined()
    expect(outcome('a: [insert 1]  [size -> 1]')).toBeUndefined()
  })
})
