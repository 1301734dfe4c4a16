import type { Budget } from '../../src/core/budget.ts'
import type { Outcome } from '../../src/core/verdict.ts'
import type { Entry } from '../entry.ts'

/**
 * What decides a claim, or a part of it: an entry of another suite by its name, an entry that is
 * written only for this claim, or a question that is answered by computing.
 *
 * Names are those of `synod check` (`specs/commit/twophase/rm-3/claims`), of `synod regress`
 * (`protocols/raft/vote-not-persisted`), `valency/paxos/2-processes/01` and `zoo/RF-04`. Such a
 * check is good when the entry comes out as the entry expects, which is a failure where a bug is
 * planted.
 */
export type Check = string | Entry | Question

/** A question whose answer is computed on the spot. */
export interface Question {
  readonly type: 'question'
  /**
   * What is asked, as a sentence: `the load of majority(n=81) is 41/81`. It is good when the
   * answer is `pass`: it is so.
   */
  readonly asks: string
  /** How the answer is found. */
  readonly method: 'enumeration' | 'exploration' | 'history' | 'metric' | 'run' | 'valency'
  readonly find: (budget: Budget) => Answer | Promise<Answer>
}

export interface Answer {
  readonly outcome: Outcome
  /** What was found, with its numbers, as a sentence. */
  readonly sentence: string
  /** The counterexample or the witness, line by line, for people. */
  readonly shown?: readonly string[]
}

/** What a question needs was not found within a bound: nobody knows the answer. */
export class Undecided extends Error {
  constructor(covered: string) {
    super(covered)
    this.name = 'Undecided'
  }
}

/** A question that is answered by computing; where that throws `Undecided` it stays open. */
export function question(
  method: Question['method'],
  asks: string,
  find: Question['find'],
): Question {
  return {
    type: 'question',
    asks,
    method,
    async find(budget) {
      try {
        return await find(budget)
      } catch (error) {
        if (!(error instanceof Undecided)) throw error
        return { outcome: 'unknown', sentence: error.message }
      }
    },
  }
}

/** The answer to a question that is so or not: with the sentence that says what was found. */
export function answer(isSo: boolean, sentence: string, shown?: readonly string[]): Answer {
  return { outcome: isSo ? 'pass' : 'fail', sentence, ...(shown === undefined ? {} : { shown }) }
}
