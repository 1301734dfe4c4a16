/** It holds, it does not, or a bound was hit before that was known. */
export type Outcome = 'pass' | 'fail' | 'unknown'

/**
 * What every check answers, always with evidence: a pass carries a witness, a fail a
 * counterexample, and unknown the bound that was hit together with what was covered until then.
 */
export type Verdict<Witness = unknown, Counterexample = unknown> =
  | { readonly outcome: 'pass'; readonly engine: string; readonly evidence: Witness }
  | { readonly outcome: 'fail'; readonly engine: string; readonly evidence: Counterexample }
  | { readonly outcome: 'unknown'; readonly engine: string; readonly evidence: BoundHit }

/** Which limit ended a search, and what was decided before it did. */
export interface BoundHit {
  /** `method`: no bound was hit, but the question is outside what this check can decide. */
  readonly bound: 'time' | 'steps' | 'memory' | 'method'
  /** The limit in seconds, steps or bytes; 0 for `method`. */
  readonly limit: number
  /** What is known all the same, as a sentence. */
  readonly covered: string
}

/** Several verdicts as one: the worst counts, a violation before a doubt before a pass. */
export function worst(outcomes: Iterable<Outcome>): Outcome {
  let result: Outcome = 'pass'
  for (const outcome of outcomes) {
    if (outcome === 'fail') return 'fail'
    if (outcome === 'unknown') result = 'unknown'
  }
  return result
}
