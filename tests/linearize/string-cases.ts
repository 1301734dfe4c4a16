import { expect } from 'vitest'
import { stringMap } from '../../checkers/models/string-map.ts'
import { Meter } from '../../src/core/budget.ts'
import type { Problem } from '../../src/core/engine.ts'
import type { Random } from '../../src/core/random.ts'
import { appendedStrings } from '../../src/linearize/appended-strings.ts'
import { isLinearizable } from '../oracle/brute-force.ts'
import { randomProblem } from '../oracle/random-problem.ts'
import { faultIn } from '../oracle/replay.ts'
import { exchanged, hurried } from './fuzz.ts'

export const strings = appendedStrings({ get: 'get', put: 'put', append: 'append' })

/** A string to which texts are appended that mostly occur once. */
export function stringProblem(random: Random): Problem {
  const repeats = random.chance(1, 6)
  const texts = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'hh', 'h', 'i', 'll', 'l']
  const problem = randomProblem(random, {
    model: stringMap,
    initial: random.pick(['', '', 'z']),
    operations: 12,
    clients: random.int(2, 5),
    crashes: random.pick([0, 15, 40]),
    call: (of, n) => {
      if (of.chance(1, 2)) return { f: 'get', value: null }
      const value = repeats ? of.pick([...texts, '']) : (texts[n] ?? '')
      return { f: of.chance(1, 4) ? 'put' : 'append', value }
    },
    corrupt: (of, { f, result }) => {
      if (f !== 'get') return null
      const seen = typeof result === 'string' ? result : ''
      return of.pick([seen.slice(1), seen.slice(0, -1), seen + seen.slice(-1), of.pick(texts)])
    },
  })
  const spoiled = random.chance(2, 3) ? withOldReads(random, problem) : problem
  const shorter = random.chance(2, 3) ? hurried(random, spoiled) : spoiled
  return random.chance(1, 3) ? exchanged(random, shorter) : shorter
}

/** Compares the engine with the definition on a problem; what it said. */
export function expectStrings(problem: Problem): 'pass' | 'fail' | 'undecided' {
  const decision = strings.decide(problem, new Meter())
  if (decision === undefined || decision.outcome === 'unknown') return 'undecided'
  const legal = isLinearizable(problem)
  if (decision.outcome !== (legal ? 'pass' : 'fail')) expect.fail(JSON.stringify(problem))
  if (decision.outcome === 'pass') expect(faultIn(decision.order, problem)).toBeUndefined()
  return decision.outcome
}

/** Some gets return what another get returned, so that they may be stale, or too early. */
function withOldReads(random: Random, problem: Problem): Problem {
  const results = problem.operations.flatMap(({ f, result }) =>
    f === 'get' && result !== undefined ? [result] : [],
  )
  const operations = problem.operations.map((op) => {
    const answered = op.f === 'get' && op.result !== undefined
    return answered && random.chance(1, 3) ? { ...op, result: random.pick(results) } : op
  })
  return { ...problem, operations }
}
