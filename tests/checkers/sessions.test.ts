import { describe, expect, it } from 'vitest'
import type { Condition } from '../../checkers/condition.ts'
import { casRegister } from '../../checkers/models/cas-register.ts'
import { mutex } from '../../checkers/models/mutex.ts'
import { monotonicReads } from '../../checkers/monotonic-reads.ts'
import { monotonicWrites } from '../../checkers/monotonic-writes.ts'
import { readYourWrites } from '../../checkers/read-your-writes.ts'
import { writesFollowReads } from '../../checkers/writes-follow-reads.ts'
import { readHistory } from '../../src/history/read-history.ts'
import { deeds } from './client-histories.ts'
import type { Tally } from './order-cases.ts'
import { compareSessions } from './order-cases.ts'

const GUARANTEES = [readYourWrites, monotonicReads, monotonicWrites, writesFollowReads]
const RECORDINGS = ['etcd-lin-faults', 'etcd-ser-partition', 'zk-plain-partition']

function outcome(condition: Condition, text: string): string {
  return condition.check(deeds(text), {}).outcome
}

function violation(condition: Condition, text: string) {
  const verdict = condition.check(deeds(text), {})
  return verdict.outcome === 'fail' ? verdict.evidence : verdict
}

describe('the session guarantees', () => {
  it('agree with their definitions, over all tuples of operations', () => {
    const tally: Tally = new Map()
    for (let seed = 1; seed <= 800; seed++) compareSessions(seed, tally)
    for (const { name } of GUARANTEES) {
      for (const result of ['pass', 'fail']) {
        expect(tally.get(`${name} ${result}`)).toBeGreaterThan(70)
      }
    }
  })

  it.each(RECORDINGS)('all hold for every client of %s', async (name) => {
    const history = await readHistory(`examples/histories/${name}.jsonl`)
    for (const condition of GUARANTEES) {
      expect(condition.unfit(history, { model: casRegister })).toBeUndefined()
      expect(condition.check(history, { model: casRegister }).outcome).toBe('pass')
    }
  })

  it('read-your-writes: a write is not forgotten by its own client', () => {
    expect(violation(readYourWrites, '0: w x 1; 0: w x 2; 0: r x 1')).toMatchObject({
      sentence: 'client 0 read 1 at "x", an older version, although before that it wrote 2 itself',
      operations: [0, 1, 2],
      culprit: 2,
    })
    expect(violation(readYourWrites, '0: w x 1; 0: r x -')).toMatchObject({
      sentence:
        'client 0 read null at "x", the initial value, although before that it wrote 1 itself',
      operations: [0, 1],
    })
    // What it had read before it wrote is older, too; what others write is not.
    expect(outcome(readYourWrites, '1: w x 1; 0: r x 1; 0: w x 2; 0: r x 1')).toBe('fail')
    expect(outcome(readYourWrites, '1: w x 1; 0: w x 2; 0: r x 1')).toBe('pass')
    expect(outcome(readYourWrites, '0: w x 1; 0: r y -')).toBe('pass')
  })

  it('monotonic-reads: no client goes back to an older version', () => {
    expect(violation(monotonicReads, '0: w x 1; 0: w x 2; 1: r x 2; 1: r x 1')).toMatchObject({
      sentence: 'client 1 read 1 at "x", an older version, although before that it read 2',
      operations: [0, 1, 2, 3],
      culprit: 3,
    })
    // Nobody knows which of two independent writes is older, unless a client has seen it.
    expect(outcome(monotonicReads, '0: w x 1; 2: w x 2; 1: r x 2; 1: r x 1')).toBe('pass')
    expect(
      violation(monotonicReads, '0: w x 1; 2: w x 2; 1: r x 1; 1: r x 2; 1: r x 1'),
    ).toMatchObject({
      sentence: 'client 1 read 1 at "x" again, although before that it read 2',
      operations: [0, 1, 2, 3, 4],
    })
    expect(outcome(monotonicReads, '0: w x 1; 1: r x -; 1: r x 1; 1: r x 1')).toBe('pass')
  })

  it('monotonic-writes: who knows a later write knows the earlier ones of its client', () => {
    expect(violation(monotonicWrites, '0: w x 1; 0: w y 2; 1: r y 2; 1: r x -')).toMatchObject({
      sentence:
        'client 1 read null at "x", the initial value, although client 0 wrote 1 at "x" before ' +
        'it wrote 2 at "y", which the reader had read',
      operations: [0, 1, 2, 3],
      culprit: 3,
    })
    expect(outcome(monotonicWrites, '0: w x 1; 0: w x 2; 0: w y 3; 1: r y 3; 1: r x 1')).toBe(
      'fail',
    )
    expect(outcome(monotonicWrites, '0: w x 1; 0: w x 2; 0: w y 3; 1: r y 3; 1: r x 2')).toBe(
      'pass',
    )
    expect(outcome(monotonicWrites, '0: w x 1; 0: w y 2; 1: r x -; 1: r y 2')).toBe('pass')
    expect(outcome(monotonicWrites, '0: w y 2; 0: w x 1; 1: r y 2; 1: r x -')).toBe('pass')
  })

  it('writes-follow-reads: who knows a write knows what its writer had read', () => {
    const text = '0: w x 1; 1: r x 1; 1: w y 2; 2: r y 2; 2: r x -'
    expect(violation(writesFollowReads, text)).toMatchObject({
      sentence:
        'client 2 read null at "x", the initial value, although client 1 read 1 at "x" before it ' +
        'wrote 2 at "y", which the reader had read',
      operations: [0, 1, 2, 3, 4],
      culprit: 4,
    })
    const twice = '0: w x 1; 0: w x 2; 1: r x 2; 1: w y 3; 2: r y 3; '
    expect(outcome(writesFollowReads, `${twice}2: r x 1`)).toBe('fail')
    expect(outcome(writesFollowReads, `${twice}2: r x 2`)).toBe('pass')
    expect(outcome(writesFollowReads, '0: w x 1; 1: w y 2; 1: r x 1; 2: r y 2; 2: r x -')).toBe(
      'pass',
    )
  })

  it('name every stale read, the one that is told in the fewest operations first', () => {
    const evidence = violation(
      monotonicReads,
      '0: w x 1; 0: w x 2; 1: r x 2; 1: r x 1; 2: r x 1; 2: r x -',
    )
    expect(evidence).toMatchObject({
      operations: [0, 4, 5],
      others: [{ operations: [0, 1, 2, 3] }],
    })
  })

  it('all fail where a value came from nowhere or from the future', () => {
    for (const condition of GUARANTEES) {
      expect(violation(condition, '0: r x 5')).toMatchObject({ operations: [0] })
      expect(violation(condition, '0: r x 1; 0: w x 1')).toMatchObject({
        sentence:
          'versions have no order, as a value came from the future: client 0 read 1 at "x" ' +
          'before it wrote 1 at "x" (same client); client 0 wrote 1 at "x" before it read 1 ' +
          'at "x" (the second saw the first)',
        operations: [0, 1],
        culprit: 0,
      })
    }
  })

  it('say what they are not about, and when a budget ends', () => {
    for (const condition of GUARANTEES) {
      expect(condition.unfit(deeds('0: w x 1'), { model: mutex })).toBe(
        'it is about reads and writes; these are operations on a mutex',
      )
      const history = deeds('0: w x 1; 1: r x 1; 1: r x 1')
      const { outcome: result } = condition.check(history, { budget: { steps: 4 } })
      expect(result).toBe('unknown')
      expect(outcome(condition, '0: w x 1; 0: c x 1 2 false')).toBe('unknown')
    }
  })
})
