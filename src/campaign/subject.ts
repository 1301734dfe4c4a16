import { load } from '../core/load.ts'
import type { Outcome } from '../core/verdict.ts'
import type { Run, Simulation } from '../simulate/index.ts'

/** What a campaign runs with one seed after another, and how it knows what went wrong. */
export interface Subject {
  simulation(seed: number): Simulation
  judge(run: Run): Promise<Judged>
}

/** What came of a run, with what its clients saw. */
export interface Judged {
  readonly outcome: Outcome
  /** Of the invariant or condition that is violated, of the error, or `recovers`. */
  readonly violated?: string
  /** The outcome in one sentence. */
  readonly sentence: string
}

/**
 * A subject by the module that exports it, because functions cannot travel from one thread to
 * another: a function that makes it out of `given`, which is plain data.
 */
export interface SubjectReference {
  /** A `file:` URL. */
  readonly module: string
  readonly export: string
  readonly given: unknown
}

export async function subjectOf({
  module,
  export: name,
  given,
}: SubjectReference): Promise<Subject> {
  const make = (await load(`${module}#${name}`)) as (given: unknown) => Promise<Subject> | Subject
  return make(given)
}
