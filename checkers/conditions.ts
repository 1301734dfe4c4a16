import { nearest } from '../src/core/nearest.ts'
import { UserError } from '../src/core/user-error.ts'
import { shown } from '../src/core/wording.ts'
import { atomic } from './atomic.ts'
import { causalConvergence } from './causal-convergence.ts'
import { causalMemory } from './causal-memory.ts'
import { causal } from './causal.ts'
import type { Condition } from './condition.ts'
import { consensus } from './consensus.ts'
import { counterBounds } from './counter-bounds.ts'
import { counterFinal } from './counter-final.ts'
import { echo } from './echo.ts'
import { eventual } from './eventual.ts'
import { leader } from './leader.ts'
import { linearizable } from './linearizable.ts'
import { monotonicReads } from './monotonic-reads.ts'
import { monotonicWrites } from './monotonic-writes.ts'
import { mutualExclusion } from './mutual-exclusion.ts'
import { readYourWrites } from './read-your-writes.ts'
import { regular } from './regular.ts'
import { safe } from './safe.ts'
import { sequential } from './sequential.ts'
import { setFull } from './set-full.ts'
import { strongEventual } from './strong-eventual.ts'
import { strongRegular } from './strong-regular.ts'
import { totalOrder } from './total-order.ts'
import { uniqueIds } from './unique-ids.ts'
import { writesFollowReads } from './writes-follow-reads.ts'

/** All conditions, by kind, the stronger ones first. */
export const conditions: readonly Condition[] = [
  linearizable,
  sequential,
  causalMemory,
  causalConvergence,
  causal,
  readYourWrites,
  monotonicReads,
  monotonicWrites,
  writesFollowReads,
  safe,
  regular,
  strongRegular,
  atomic,
  eventual,
  strongEventual,
  setFull,
  uniqueIds,
  counterBounds,
  counterFinal,
  echo,
  totalOrder,
  mutualExclusion,
  leader,
  consensus,
]

/**
 * Conditions for operations that no sequential model knows, in the order in which they are tried.
 */
export const directConditions: readonly Condition[] = [
  uniqueIds,
  echo,
  totalOrder,
  leader,
  consensus,
  strongEventual,
]

/**
 * What follows from what, on histories to which both apply: each condition implies the ones behind
 * it, and what those imply. Checked on all small histories by the tests.
 */
const IMPLIED: ReadonlyMap<string, readonly string[]> = new Map([
  ['linearizable', ['sequential', 'strong-regular', 'set-full', 'counter']],
  ['strong-regular', ['regular']],
  ['regular', ['safe']],
  ['sequential', ['causal-memory', 'causal-convergence']],
  ['causal-memory', ['causal', 'monotonic-reads']],
  ['causal-convergence', ['causal', 'monotonic-reads']],
  // Not monotonic reads: plain causality lets independent writes flip back and forth.
  ['causal', ['monotonic-writes', 'read-your-writes', 'writes-follow-reads']],
])

/** Everything that follows from a condition, itself not included. */
export function impliedBy(name: string): ReadonlySet<string> {
  const implied = new Set<string>()
  const visit = (from: string): void => {
    for (const next of IMPLIED.get(from) ?? []) {
      implied.add(next)
      visit(next)
    }
  }
  visit(name)
  return implied
}

/** The condition that is called `name`. @throws UserError if there is none */
export function conditionNamed(name: string): Condition {
  const found = conditions.find((condition) => condition.name === name)
  if (found !== undefined) return found
  const names = conditions.map((condition) => condition.name)
  const close = nearest(name, names)
  throw new UserError(`there is no condition called ${shown(name)}`, {
    where: '--condition',
    hint: `${close === undefined ? '' : `did you mean ${close}? There are: `}${names.join(', ')}`,
  })
}
