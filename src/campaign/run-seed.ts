import type { Outcome } from '../core/verdict.ts'
import { simulate } from '../simulate/index.ts'
import type { Subject } from './subject.ts'

/** What came of one seed, in a few words and numbers. */
export interface SeedResult {
  /** The place of the seed in the campaign, from 0. */
  readonly index: number
  readonly seed: number
  readonly outcome: Outcome
  readonly violated?: string
  /** Absent where all is well. */
  readonly sentence?: string
  readonly events: number
  readonly operations: number
  readonly faults: number
  readonly simulatedMs: number
  /** So much went wrong that nobody could expect the cluster to come back. */
  readonly notRecoverable: boolean
}

export async function runSeed(subject: Subject, seed: number, index: number): Promise<SeedResult> {
  const run = simulate(subject.simulation(seed))
  const { outcome, violated, sentence } = await subject.judge(run)
  const { events, operations, faults, simulatedMs } = run.stats
  return {
    index,
    seed,
    outcome,
    ...(violated === undefined ? {} : { violated }),
    ...(outcome === 'pass' ? {} : { sentence }),
    events,
    operations,
    faults: Object.values(faults).reduce((sum, count) => sum + count, 0),
    simulatedMs,
    notRecoverable: run.recovery.outcome === 'not recoverable',
  }
}
