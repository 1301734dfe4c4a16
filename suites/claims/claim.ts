import type { Check } from './check.ts'

/**
 * A statement about distributed computing, as it is made in lectures and papers, with the checks
 * that decide it. Nothing is believed: the verdict is the one that the checks must show, and a
 * statement without a running check counts as not yet checked.
 */
export type Claim = Holds | Corrected | Refuted | NotExecutable | NotYetChecked

interface Statement {
  /** `RAF-05` */
  readonly id: string
  /** Two to six words: `Consensus: agreement`. */
  readonly name: string
  readonly kind: 'property' | 'claim' | 'protocol' | 'theorem' | 'spec' | 'object' | 'metric'
  /** The statement as it is made, in our words. */
  readonly says: string
  /** Paper or textbook, year, section; `lecture notes` where nobody else says it. */
  readonly source: string
}

/** It is so, as it is worded. */
export interface Holds extends Statement {
  readonly verdict: 'holds'
  /** Each of them shows that it is so, or that the check of it can fail. */
  readonly checks: Checks
}

/** It is not quite so as it is worded, and so once it is put right. */
export interface Corrected extends Statement {
  readonly verdict: 'holds with a correction'
  /** Each of them shows where the wording goes wrong. */
  readonly counterexamples: Checks
  /** The right statement. */
  readonly instead: string
  /** Each of them shows that the right statement is so. */
  readonly checks: Checks
}

/** It is not so. */
export interface Refuted extends Statement {
  readonly verdict: 'refuted as worded'
  readonly counterexamples: Checks
  /** What is so instead. */
  readonly instead: string
  /** What shows that this is so. */
  readonly checks?: Checks
}

/** No program could decide it: a matter of taste, of organisation, of history. */
export interface NotExecutable extends Statement {
  readonly verdict: 'not executable'
  readonly because: string
}

/** It could be decided, and is not. */
export interface NotYetChecked extends Statement {
  readonly verdict: 'not yet checked'
  /** What is missing. */
  readonly because: string
}

/** At least one. */
export type Checks = readonly [Check, ...Check[]]

/** The claims about one subject, in the order of a course. */
export interface ClaimGroup {
  /** `Raft` */
  readonly name: string
  readonly claims: readonly Claim[]
}

/** All checks of a claim, with what each of them shows. */
export function checksOf(claim: Claim): readonly {
  readonly shows: 'statement' | 'counterexample' | 'right statement'
  readonly check: Check
}[] {
  switch (claim.verdict) {
    case 'holds':
      return claim.checks.map((check) => ({ shows: 'statement', check }))
    case 'holds with a correction':
    case 'refuted as worded':
      return [
        ...claim.counterexamples.map((check) => ({ shows: 'counterexample', check }) as const),
        ...(claim.checks ?? []).map((check) => ({ shows: 'right statement', check }) as const),
      ]
    case 'not executable':
    case 'not yet checked':
      return []
  }
}
