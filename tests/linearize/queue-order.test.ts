import { describe, expect, it } from 'vitest'
import { Meter } from '../../src/core/budget.ts'
import { timeline } from '../../src/history/timeline.ts'
import { compareWithSearch, judgeAll, judged, judgeRun } from './collection-check.ts'
import { queueKind, queueProblem } from './collection-cases.ts'
import { fuzz } from './fuzz.ts'

const outcome = (drawing: string) => judged(queueKind, drawing)?.outcome

describe('queues with unique values', () => {
  it('agrees with the definition on random histories', () => {
    const tally = fuzz(queueKind.engine, queueProblem, 10_000, 1)
    expect(tally.pass).toBeGreaterThan(2_500)
    expect(tally.fail).toBeGreaterThan(2_500)
    expect(tally.undecided).toBe(0)
  })

  it('agrees with the definition on all histories of two operations, and of three', () => {
    expect(judgeAll(queueKind, 2)).toEqual({ legal: 126, illegal: 6, undecided: 0 })
    expect(judgeAll(queueKind, 3)).toEqual({ legal: 4994, illegal: 766, undecided: 0 })
  })

  it('agrees with the general search on histories of some dozen operations', () => {
    const { pass, fail, undecided } = compareWithSearch(queueKind, 60, 1)
    expect(pass).toBeGreaterThan(15)
    expect(fail).toBeGreaterThan(15)
    expect(undecided).toBeLessThan(6)
  })

  it('finds an order of long runs', () => {
    const run = { operations: 5_000, clients: 10, seed: 3 }
    expect(judgeRun(queueKind, run)).toBe('pass')
    expect(judgeRun(queueKind, { ...run, peeks: 30 })).toBe('pass')
    expect(judgeRun(queueKind, { ...run, peeks: 10, crashes: 10 })).toBe('pass')
    expect(judgeRun(queueKind, { ...run, insertions: 70 })).toBe('pass')
  })

  it('rejects an empty answer after an insertion that returned and that nobody removed', () => {
    expect(outcome('a: [enqueue 2]  [dequeue empty]')).toBe('fail')
    expect(outcome('a: [enqueue 2]  [peek empty]')).toBe('fail')
  })

  it('accepts values that are never removed', () => {
    expect(outcome('a: [enqueue 1]  [enqueue 2]  [enqueue 3]')).toBe('pass')
  })

  it('accepts a peek before the removal, and rejects one after it', () => {
    expect(outcome('a: [enqueue 1]  [peek 1]  [dequeue 1]')).toBe('pass')
    expect(outcome('a: [enqueue 1]  [dequeue 1]  [peek 1]')).toBe('fail')
  })

  it('rejects two values that leave in another order than they came, and names them', () => {
    const decision = judged(queueKind, 'a: [enqueue 1]  [enqueue 2]  [dequeue 2]  [dequeue 1]')
    expect(decision).toMatchObject({
      outcome: 'fail',
      reason: 'dequeue returned 2, but 1 came before it and was still in',
      impossible: 2,
    })
  })

  it('rejects a value that leaves while another one holds the front', () => {
    expect(
      outcome(`
        a: [enqueue 1]
        b: [enqueue 2]  [peek 1]              [dequeue 1]
        c:                       [dequeue 2]
      `),
    ).toBe('fail')
  })

  it('rejects an empty answer that a chain of values covers', () => {
    expect(
      outcome(`
        a: [enqueue 1]    [enqueue 2]      [dequeue 2]
        b:              [dequeue 1]
        c:              [dequeue empty]
      `),
    ).toBe('pass')
    expect(
      outcome(`
        a: [enqueue 1]  [enqueue 2]  [dequeue 1]   [dequeue 2]
        b:                 [dequeue empty        ]
      `),
    ).toBe('fail')
  })

  it('lets an unknown removal take one value, but not two, and not before it was called', () => {
    const lost = (crashes: string) => `
      a: [enqueue 1]  [enqueue 2]  [enqueue 3]          [dequeue 3]
      ${crashes}
    `
    expect(outcome(lost('b: [dequeue\n      c: [dequeue'))).toBe('pass')
    expect(outcome(lost('b: [dequeue'))).toBe('fail')
    const tooLate = judged(queueKind, lost(`b: [dequeue\n      c: ${' '.repeat(60)}[dequeue`))
    expect(tooLate).toHaveProperty('outcome', 'fail')
    expect(tooLate).toHaveProperty('reason', expect.stringMatching(/only 1 removal of unknown/))
  })

  it('takes an unknown insertion for done once its value was seen, and only then', () => {
    expect(outcome('a: [enqueue 1\nb:     [dequeue 1]  [dequeue empty]')).toBe('pass')
    expect(outcome('a: [enqueue 1\nb:     [peek 1]  [dequeue empty]')).toBe('fail')
    expect(outcome('a: [enqueue 1\nb:     [dequeue empty]')).toBe('pass')
  })

  it('says that a value was never inserted, or removed twice', () => {
    const reason = (drawing: string) => judged(queueKind, drawing)
    expect(reason('a: [enqueue 1]  [dequeue 7]')).toMatchObject({
      reason: 'dequeue returned 7, which was never inserted',
    })
    expect(reason('a: [enqueue 1]  [dequeue 1]  [dequeue 1]')).toMatchObject({
      reason: '1 was inserted once but removed twice',
      impossible: 2,
    })
  })

  it('is not for values that are inserted twice, nor for operations that it does not know', () => {
    expect(outcome('a: [enqueue 1]  [dequeue 1]  [enqueue 1]')).toBeUndefined()
    expect(outcome('a: [enqueue 1]  [size -> 1]')).toBeUndefined()
    expect(outcome('a: [enqueue null]  [dequeue empty]')).toBeUndefined()
  })

  it('takes operations for concurrent if one is called where the other returns', () => {
    const drawn = timeline('a: [enqueue 1]  [dequeue empty]').operations
    const operations = drawn.map((op) => (op.id === 1 ? { ...op, called: 1, returned: 2 } : op))
    const problem = { model: queueKind.model, initial: [], operations }
    expect(queueKind.engine.decide(problem, new Meter())?.outcome).toBe('pass')
  })
})
