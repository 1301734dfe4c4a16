import type { Budget } from '../src/core/budget.ts'
import type { Json } from '../src/core/json.ts'
import type { Model } from '../src/core/model.ts'
import type { BoundHit, Outcome } from '../src/core/verdict.ts'
import type { History } from '../src/history/history.ts'
import type { Violation, Witness } from './condition.ts'

export interface JudgeOptions {
  /** A condition's name; absent: `linearizable`, plus a look at which weaker ones hold. */
  readonly condition?: string
  /** Absent: inferred from the operations. */
  readonly model?: Model
  readonly initial?: Json
  /** Forces one engine of the linearizability checker. */
  readonly engine?: string
  /** For the judgement as a whole. */
  readonly budget?: Budget
}

/** What `synod judge --json` prints for a file. */
export interface Judgement {
  readonly file: string
  readonly outcome: Outcome
  readonly condition: string
  /** `null` for conditions that need no model. */
  readonly model: string | null
  readonly engine: string
  /** How many operations were judged. */
  readonly operations: number
  readonly seconds: number
  readonly evidence: Evidence
}

/** Exactly one of `witness`, `violation` and `bound` is there, after the outcome. */
export interface Evidence {
  /** The outcome in one sentence. */
  readonly sentence: string
  readonly witness?: Witness
  readonly violation?: Violation
  readonly bound?: BoundHit
  /** With a violation and no `condition` asked for: the strongest weaker conditions that hold ... */
  readonly holds?: readonly string[]
  /** ... the weakest that do not, each with the proof against it ... */
  readonly broken?: readonly { readonly condition: string; readonly violation: Violation }[]
  /** ... and those that could not be decided, each with the reason. */
  readonly undecided?: readonly { readonly condition: string; readonly reason: string }[]
}

export function judge(history: History, options: JudgeOptions = {}): Promise<Judgement> {
  return Promise.reject(new Error(`not yet: ${history.source} ${options.condition ?? ''}`))
}
