import { Meter } from '../src/core/budget.ts'
import type { History } from '../src/history/history.ts'
import type { CheckOptions, Violation } from './condition.ts'
import { conditions, impliedBy } from './conditions.ts'

/** Which of the conditions weaker than linearizability a history meets. */
export interface Weaker {
  /** The strongest that hold: what else holds follows from these. */
  readonly holds: readonly string[]
  /** The weakest that do not: what else is broken follows from these. */
  readonly broken: readonly { readonly condition: string; readonly violation: Violation }[]
  readonly undecided: readonly { readonly condition: string; readonly reason: string }[]
}

/** The outcome is known already, so the look at the others may not take longer than this. */
const SECONDS_AT_MOST = 10

/**
 * Looks at all conditions that linearizability implies, the weakest first: they are the cheapest,
 * and once one is broken, whatever implies it needs no look.
 */
export function weakerConditions(history: History, options: CheckOptions, meter: Meter): Weaker {
  const { rest } = meter
  const look = new Meter({ ...rest, seconds: Math.min(rest.seconds ?? Infinity, SECONDS_AT_MOST) })
  const weaker = impliedBy('linearizable')
  const candidates = conditions
    .filter((condition) => weaker.has(condition.name))
    .sort((a, b) => impliedBy(a.name).size - impliedBy(b.name).size)
  const holds = new Set<string>()
  const broken = new Map<string, Violation>()
  const undecided: { condition: string; reason: string }[] = []
  for (const condition of candidates) {
    const { name } = condition
    if ([...impliedBy(name)].some((implied) => broken.has(implied))) continue
    if (condition.unfit(history, options) !== undefined) continue
    const { outcome, evidence } = condition.check(history, { ...options, budget: look.rest })
    if (outcome === 'pass') holds.add(name)
    else if (outcome === 'fail') broken.set(name, evidence)
    else undecided.push({ condition: name, reason: evidence.covered })
  }
  for (const name of [...holds]) for (const implied of impliedBy(name)) holds.delete(implied)
  return {
    holds: [...holds],
    broken: [...broken].map(([condition, violation]) => ({ condition, violation })),
    undecided,
  }
}
