import { expect } from 'vitest'
import type { CheckOptions, Condition } from '../../checkers/condition.ts'
import type { Random } from '../../src/core/random.ts'
import { seeded } from '../../src/core/random.ts'
import type { History } from '../../src/history/history.ts'

export interface TwinOptions {
  readonly condition: Condition
  readonly cases: number
  readonly seed: number
  readonly draw: (random: Random) => History
  /** The definition itself, slow and obvious. */
  readonly holds: (history: History) => boolean
  readonly options?: CheckOptions
}

/**
 * Compares a condition with its definition on random histories, and asks that each outcome makes
 * up a sixth of them at least. Whatever is called a violation has to name operations.
 */
export function compareWithTwin({
  condition,
  cases,
  seed,
  draw,
  holds,
  options = {},
}: TwinOptions) {
  const random = seeded(seed)
  const tally = { pass: 0, fail: 0 }
  for (let i = 0; i < cases; i++) {
    const history = draw(random)
    if (condition.unfit(history, options) !== undefined) continue
    const verdict = condition.check(history, options)
    const expected = holds(history) ? 'pass' : 'fail'
    if (verdict.outcome !== expected) {
      expect({ case: i, outcome: verdict.outcome, history }).toEqual({ outcome: expected })
    }
    tally[expected]++
    if (verdict.outcome !== 'fail') continue
    const { operations, culprit, sentence } = verdict.evidence
    const sound = culprit !== undefined && operations.includes(culprit)
    if (!sound || /undefined|NaN|Infinity/.test(sentence)) expect(verdict).toBe('well told')
  }
  const judged = tally.pass + tally.fail
  expect(judged).toBeGreaterThan(cases / 3)
  const rare = Math.min(tally.pass, tally.fail)
  expect(rare, JSON.stringify(tally)).toBeGreaterThan(judged / 6)
}

/** The sentence of a violation, or why there is none. */
export function sentenceOf(
  condition: Condition,
  history: History,
  options: CheckOptions = {},
): string {
  const unfit = condition.unfit(history, options)
  if (unfit !== undefined) return `unfit: ${unfit}`
  const verdict = condition.check(history, options)
  if (verdict.outcome === 'unknown') return `unknown: ${verdict.evidence.covered}`
  const { sentence } = verdict.evidence
  return verdict.outcome === 'pass' ? `pass: ${sentence}` : sentence
}

/** The ids of the operations that a violation names. */
export function namedBy(condition: Condition, history: History): readonly number[] {
  const verdict = condition.check(history, {})
  return verdict.outcome === 'fail' ? verdict.evidence.operations : []
}
