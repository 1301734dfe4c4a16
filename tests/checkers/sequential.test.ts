import { describe, expect, it } from 'vitest'
import { sequential } from '../../checkers/sequential.ts'
import { casRegister } from '../../checkers/models/cas-register.ts'
import { seeded } from '../../src/core/random.ts'
import { faultInMerge } from '../../src/linearize/order-replay.ts'
import { isSequential } from '../oracle/client-orders.ts'
import { problemOf, randomHistory } from './client-histories.ts'
import type { Shape } from './client-histories.ts'

const SHAPES: readonly Shape[] = [
  { operations: 8, clients: 3, keys: 2 },
  { operations: 8, clients: 3, keys: 2, cas: 20, unknown: 15 },
  { operations: 9, clients: 2, keys: 3, unknown: 10 },
  { operations: 7, clients: 3, keys: 1, cas: 30, unknown: 20 },
  { operations: 8, clients: 3, keys: 2, cas: 30, unknown: 20, refused: 30, repeated: 30 },
]

describe('sequential consistency', () => {
  it('agrees with trying every merge of the clients', () => {
    const tally: Record<string, number> = {}
    for (let seed = 1; seed <= 5000; seed++) {
      const random = seeded(seed)
      const history = randomHistory(random, random.pick(SHAPES))
      const verdict = sequential.check(history, { model: casRegister })
      const expected = isSequential(problemOf(history)) ? 'pass' : 'fail'
      expect([seed, verdict.outcome]).toEqual([seed, expected])
      tally[`${verdict.engine} ${verdict.outcome}`] = (tally[`${verdict.engine} ${verdict.outcome}`] ?? 0) + 1
      if (verdict.outcome === 'fail') {
        const ids = verdict.evidence.operations
        expect(ids).toContain(verdict.evidence.culprit)
      }
      if (verdict.outcome === 'pass') {
        const order = verdict.evidence.orders[0]?.order ?? []
        expect(faultInMerge(order, problemOf(history))).toBeUndefined()
      }
    }
    console.log(tally)
  })
})
