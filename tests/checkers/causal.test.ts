import { describe, expect, it } from 'vitest'
import { causalConvergence } from '../../checkers/causal-convergence.ts'
import { causalMemory } from '../../checkers/causal-memory.ts'
import { causal } from '../../checkers/causal.ts'
import { seeded } from '../../src/core/random.ts'
import { isCausal } from '../oracle/client-orders.ts'
import { randomHistory } from './client-histories.ts'
import type { Shape } from './client-histories.ts'

const SHAPES: readonly Shape[] = [
  { operations: 5, clients: 3, keys: 2 },
  { operations: 5, clients: 2, keys: 1 },
  { operations: 4, clients: 2, keys: 2, cas: 20, unknown: 20 },
  { operations: 6, clients: 2, keys: 2 },
]
const KINDS = [
  [causal, 'causal'],
  [causalConvergence, 'convergence'],
  [causalMemory, 'memory'],
] as const

describe('causal consistency', () => {
  it('agrees with trying every causal order', () => {
    const tally: Record<string, number> = {}
    for (let seed = 1; seed <= 3000; seed++) {
      const random = seeded(seed)
      const history = randomHistory(random, random.pick(SHAPES))
      if (causal.unfit(history, {}) !== undefined) continue
      for (const [condition, kind] of KINDS) {
        const verdict = condition.check(history, {})
        const expected = isCausal(history.operations, kind) ? 'pass' : 'fail'
        expect([seed, kind, verdict.outcome]).toEqual([seed, kind, expected])
        tally[`${kind} ${expected}`] = (tally[`${kind} ${expected}`] ?? 0) + 1
        if (verdict.outcome === 'fail') {
          const name = `${kind} ${/\((\w+)\)$/.exec(verdict.evidence.sentence)?.[1] ?? 'thin air'}`
          tally[name] = (tally[name] ?? 0) + 1
        }
      }
    }
    console.log(tally)
  })
})
