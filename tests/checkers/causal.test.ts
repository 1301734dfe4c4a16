import { describe, expect, it } from 'vitest'
import { causalConvergence } from '../../checkers/causal-convergence.ts'
import { causalMemory } from '../../checkers/causal-memory.ts'
import { causal } from '../../checkers/causal.ts'
import { queue } from '../../checkers/models/queue.ts'
import { stringMap } from '../../checkers/models/string-map.ts'
import { deeds, historyOf } from './client-histories.ts'
import type { Tally } from './order-cases.ts'
import { compareCausal } from './order-cases.ts'

describe('causal consistency', () => {
  it('agrees with trying every causal order', () => {
    const tally: Tally = new Map()
    for (let seed = 1; seed <= 700; seed++) compareCausal(seed, tally, 'small')
    for (const kind of ['causal', 'convergence', 'memory']) {
      for (const outcome of ['pass', 'fail']) {
        expect(tally.get(`${kind} ${outcome}`)).toBeGreaterThan(100)
      }
    }
    const patterns = ['ThinAirRead', 'CyclicCO', 'WriteCOInitRead', 'WriteCORead']
    for (const pattern of patterns) expect(tally.get(`causal ${pattern}`)).toBeGreaterThan(10)
    expect(tally.has('convergence CyclicCF')).toBe(true)
    expect(tally.has('memory CyclicHB')).toBe(true)
  })

  it('tells which pattern breaks it, by the few operations that take part', () => {
    const noise = '7: w n 90; 8: r n 90; 8: w n 91; '
    const told = (condition: typeof causal, text: string) => {
      const { outcome, evidence } = condition.check(deeds(noise + text), {})
      return [outcome, evidence]
    }
    expect(told(causal, '0: w x 1; 0: w y 2; 1: r y 2; 1: r x -')).toMatchObject([
      'fail',
      {
        sentence:
          'client 1 read null at "x", the initial value, although its causal past contains that ' +
          'client 0 wrote 1 at "x" (WriteCOInitRead)',
        operations: [3, 4, 5, 6],
        culprit: 6,
      },
    ])
    expect(told(causal, '0: w x 1; 1: r x 1; 1: w x 2; 2: r x 2; 2: r x 1')).toMatchObject([
      'fail',
      {
        sentence:
          'client 2 read 1 at "x", although its causal past contains that client 1 wrote 2 ' +
          'at "x", causally after that client 0 wrote 1 at "x" (WriteCORead)',
        operations: [3, 4, 5, 6, 7],
        culprit: 7,
      },
    ])
    expect(told(causal, '0: r x 1; 0: w x 1')).toMatchObject([
      'fail',
      {
        sentence:
          'a value came from the future: client 0 read 1 at "x" before it wrote 1 at "x" ' +
          '(same client); client 0 wrote 1 at "x" before it read 1 at "x" ' +
          '(the second saw the first) (CyclicCO)',
        operations: [3, 4],
      },
    ])
    expect(told(causalConvergence, '0: w x 1; 0: r x 2; 1: w x 2; 1: r x 1')).toMatchObject([
      'fail',
      {
        sentence:
          'no one order of writes explains all reads: client 0 wrote 1 at "x" before client 1 ' +
          'wrote 2 at "x" (client 0 saw the second after the first); client 1 wrote 2 at "x" ' +
          'before client 0 wrote 1 at "x" (client 1 saw the second after the first) (CyclicCF)',
        operations: [3, 4, 5, 6],
      },
    ])
  })

  it('finds views of one client that no order explains', () => {
    const hb = '0: w x 1; 1: w x 2; 1: r x 1; 1: r x 2'
    expect(causalMemory.check(deeds(hb), {})).toMatchObject({
      outcome: 'fail',
      evidence: { operations: [0, 1, 2, 3] },
    })
    const initial = '0: w z 1; 0: w x 2; 0: w y 3; 1: w x 4; 1: r z -; 1: r y 3; 1: r x 4'
    expect(causalMemory.check(deeds(initial), {}).outcome).toBe('fail')
    expect(causalConvergence.check(deeds(initial), {}).outcome).toBe('pass')
  })

  it('hands on what was derived, to those who read it and those who follow', () => {
    const text =
      '0: w y 1; 0: w x 2; 0: w z 9; 1: w x 3; 2: r x 3; 2: w y 4; ' +
      '3: r y 4; 3: r z 9; 3: r x 3; 3: r y 1'
    expect(causal.check(deeds(text), {}).outcome).toBe('pass')
    for (const condition of [causalMemory, causalConvergence]) {
      expect(condition.check(deeds(text), {})).toMatchObject({
        outcome: 'fail',
        evidence: { operations: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
      })
    }
  })

  it('takes a compare-and-set for a read followed by a write', () => {
    expect(causal.check(deeds('0: w x 1; 1: c x 1 2; 2: c x 1 3'), {}).outcome).toBe('pass')
    expect(causal.check(deeds('0: w x 1; 1: c x 1 2; 1: r x 1'), {}).outcome).toBe('fail')
    expect(causal.check(deeds('0: w x 1; 1: c x 1 2 ?; 2: r x 2; 2: r x 1'), {}).outcome).toBe(
      'fail',
    )
  })

  it('does not pretend to know what a refused compare-and-set means', () => {
    expect(causal.check(deeds('0: w x 1; 0: c x 1 2 false'), {})).toMatchObject({
      outcome: 'unknown',
      evidence: { bound: 'method' },
    })
    expect(causal.check(deeds('0: w x 1; 0: c x 3 2 false; 0: r x -'), {}).outcome).toBe('fail')
  })

  it('says which histories it is not about', () => {
    const twice = deeds('0: w x 1; 1: w x 1; 2: r x 1')
    expect(causal.unfit(twice, {})).toBe(
      'it needs unique writes: 1 at "x" was read and has two writers',
    )
    expect(causal.check(twice, {})).toMatchObject({ outcome: 'unknown' })
    expect(causal.unfit(deeds('0: w x 1; 1: w x 1; 2: w x 2; 2: r x 2'), {})).toBeUndefined()
    expect(causal.unfit(deeds('0: w x 1'), { model: queue })).toBe(
      'it is about reads and writes; these are operations on a queue',
    )
    const append = historyOf([{ client: 0, f: 'append', value: 'a', result: null }])
    expect(causal.unfit(append, { model: stringMap })).toBe(
      'it is about reads and writes; "append" is neither',
    )
    expect(causal.unfit(historyOf([]), {})).toBe('there are no operations in it')
  })

  it('begins with the initial value of the model, or the one that was given', () => {
    const read = (f: string, result: string | number) =>
      historyOf([{ client: 0, f, value: null, result }])
    expect(causal.check(read('get', ''), { model: stringMap }).outcome).toBe('pass')
    expect(causal.check(read('get', ''), {}).outcome).toBe('pass')
    expect(causal.check(read('read', 7), { initial: 7 }).outcome).toBe('pass')
    expect(causal.check(read('read', 7), {}).outcome).toBe('fail')
  })

  it('says unknown when a budget ends', () => {
    const history = deeds('0: w x 1; 1: r x 1; 2: r x 1')
    for (const condition of [causal, causalConvergence, causalMemory]) {
      const verdict = condition.check(history, { budget: { steps: 2 } })
      expect(verdict).toMatchObject({ outcome: 'unknown', evidence: { bound: 'steps' } })
      const meager = condition.check(history, { budget: { bytes: 20 } })
      expect(meager).toMatchObject({ outcome: 'unknown', evidence: { bound: 'memory' } })
    }
  })
})
