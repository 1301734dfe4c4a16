import { oddities } from './coverage.ts'
import type { Counts } from './coverage.ts'
import type { Exploration, Stopped, Violation } from './exploration.ts'
import { FINGERPRINT_BITS, missedStates } from './fingerprints.ts'
import type { System } from './system.ts'

/** What a search knows when it is over. */
export interface Findings {
  readonly system: System
  readonly counts: Counts
  readonly violations: readonly Violation[]
  readonly distinctStates: number
  readonly generatedStates: number
  readonly depth: number
  readonly seconds: number
  readonly strategy: Exploration['strategy']
  readonly cut: boolean
  readonly stopped: Stopped | undefined
  readonly fingerprints: boolean
  readonly bytes: number
}

/** The verdict of one search. What was never reached counts only when everything was seen. */
export function conclude(found: Findings): Exploration {
  const { system, counts, stopped, distinctStates } = found
  const complete = stopped === undefined && found.violations.length === 0
  const never = stopped === undefined ? neverReached(system, counts.unseen) : []
  const violations = complete ? never : found.violations
  const coverage = counts.coverage()
  return {
    name: system.name,
    outcome: violations.length > 0 ? 'fail' : stopped === undefined ? 'pass' : 'unknown',
    distinctStates,
    generatedStates: found.generatedStates,
    depth: found.depth,
    seconds: found.seconds,
    workers: 1,
    strategy: found.strategy,
    cut: found.cut,
    coverage,
    violations,
    warnings: complete ? [...nothing(distinctStates, system), ...oddities(coverage)] : [],
    ...(stopped === undefined ? {} : { stopped }),
    ...(found.fingerprints
      ? { fingerprints: { bits: FINGERPRINT_BITS, missed: missedStates(distinctStates) } }
      : {}),
    bytes: found.bytes,
  }
}

function neverReached(system: System, unseen: readonly number[]): Violation[] {
  return unseen.map((claim) => ({ kind: 'never', name: system.sometimes[claim] ?? '', trace: [] }))
}

function nothing(states: number, { sometimes }: System): string[] {
  const unclaimed = 'nothing is claimed that must be reached: it would pass if it did nothing'
  return [
    ...(states === 0 ? ['there is no initial state'] : []),
    ...(sometimes.length === 0 ? [unclaimed] : []),
  ]
}
