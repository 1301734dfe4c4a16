import type { Budget } from '../src/core/budget.ts'
import type { Json } from '../src/core/json.ts'
import type { Model } from '../src/core/model.ts'
import type { Verdict } from '../src/core/verdict.ts'
import type { History } from '../src/history/history.ts'

/** What a condition gets besides the history. */
export interface CheckOptions {
  /** Which sequential object the operations are on; absent where the condition needs none. */
  readonly model?: Model
  /** The initial value, as in `--initial`; absent means the model's own. */
  readonly initial?: Json
  readonly budget?: Budget
}

/** Why a history meets a condition: orders that anybody can replay, or a sentence. */
export interface Witness {
  /** Ids of operations, in an order that proves it; one for each independent part. */
  readonly orders: readonly {
    readonly part: string
    readonly order: readonly number[] | Int32Array
  }[]
  /** What was established, in one sentence. */
  readonly sentence: string
}

/** Why a history breaks a condition. */
export interface Violation {
  /** 'client 5 read 812, but 835 was written and acknowledged 4.8 s before' */
  readonly sentence: string
  /**
   * The ids of the operations that contradict each other: as few as possible, in order of
   * invocation.
   */
  readonly operations: readonly number[]
  /** The operation at fault, the one to point at; one of `operations`. */
  readonly culprit?: number
  /** The part of the history it is in, for conditions that are decided part by part: `key "x"`. */
  readonly part?: string
  /** The operation by whose return it was certain that there is no order. */
  readonly firstImpossible?: number
  /** All of that part that was known just before then, by id, in a legal order. */
  readonly longest?: readonly number[]
  /** What was left undone to make `operations` few and sure; absent when nothing was. */
  readonly caveat?: string
  /** A bound was hit, so more may be wrong than is told: what was left out. */
  readonly cut?: string
  /** All further violations that were found, each by itself. */
  readonly others: readonly { readonly sentence: string; readonly operations: readonly number[] }[]
}

/** What a condition answers: orders that prove it, a violation, or the bound that was hit. */
export type ConditionVerdict = Verdict<Witness, Violation>

/** A consistency condition: a property of histories, with its check. */
export interface Condition {
  /** As on the command line: `monotonic-reads`. */
  readonly name: string
  /** What it demands, in one sentence, for people. */
  readonly summary: string
  /** Where it was defined. */
  readonly source: string
  /**
   * Why this condition says nothing about this history ('needs unique writes', 'no elections in
   * it'); `undefined` if it applies.
   */
  unfit(history: History, options: CheckOptions): string | undefined
  /** Decides whether the history meets the condition. Asked only where `unfit` finds nothing. */
  check(history: History, options: CheckOptions): ConditionVerdict
}
