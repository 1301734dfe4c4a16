import { conditions, impliedBy } from '../../checkers/conditions.ts'
import type { Model } from '../../src/core/model.ts'
import type { History } from '../../src/history/history.ts'

/** The conditions on reads and writes in which real time plays no part, the stronger ones first. */
export const TIMELESS = [
  'sequential',
  'causal-memory',
  'causal-convergence',
  'causal',
  'read-your-writes',
  'monotonic-reads',
  'monotonic-writes',
  'writes-follow-reads',
]

/** Which of them a history meets. */
export function holdingOf(history: History, model: Model): Set<string> {
  const holding = conditions.filter(
    ({ name, check }) => TIMELESS.includes(name) && check(history, { model }).outcome === 'pass',
  )
  return new Set(holding.map(({ name }) => name))
}

/** Conditions that a history breaks although it meets one that implies them. */
export function hierarchyFaults(history: History, model: Model): string[] {
  const holding = holdingOf(history, model)
  return [...holding].flatMap((strong) =>
    TIMELESS.filter((weak) => impliedBy(strong).has(weak) && !holding.has(weak)).map(
      (weak) => `${strong} without ${weak}`,
    ),
  )
}
