import type { Meter } from './budget.ts'
import type { Json } from './json.ts'
import type { Model } from './model.ts'
import type { Operation } from './operation.ts'
import type { BoundHit } from './verdict.ts'

/**
 * One object and the operations on it: can they be put in a legal order that respects real time?
 */
export interface Problem {
  readonly model: Model
  /** The state at the beginning. */
  readonly initial: Json
  /** In order of `called`. Operations of unknown outcome may be left out of the order. */
  readonly operations: readonly Operation[]
}

/** Operations below are named by their index in `problem.operations`. */
export type Decision =
  | {
      readonly outcome: 'pass'
      /**
       * A legal order of all operations that returned, and of those unknown ones that took effect.
       */
      readonly order: readonly number[] | Int32Array
    }
  | {
      readonly outcome: 'fail'
      /**
       * Operations that take part in the contradiction, if the engine knows: a hint for the
       * counterexample. Empty means that it does not know.
       */
      readonly core: readonly number[]
      /** The contradiction as a sentence with the values in it, or '' when the engine has none. */
      readonly reason: string
      /** The most operations that could be put in order, a best effort; may be absent. */
      readonly longest?: readonly number[]
      /** The operation at whose return every attempt had failed, if the engine knows it. */
      readonly impossible?: number
    }
  | { readonly outcome: 'unknown'; readonly hit: BoundHit; readonly longest?: readonly number[] }

/**
 * A way to decide problems. `undefined` means 'not for me' (a value is written twice, say), which
 * an engine finds out in linear time; what it does answer is exact.
 */
export interface Engine {
  /** As in a verdict and after `--engine`: `register-zones`. */
  readonly name: string
  /** Decides the problem within what is left of the meter, or answers `undefined`. */
  decide(problem: Problem, meter: Meter): Decision | undefined
  /**
   * Of a problem that has no legal order: all contradictions in it that stand by themselves, such
   * as every stale read. `undefined` or empty: the engine cannot tell them apart.
   */
  contradictions?(problem: Problem): readonly Contradiction[] | undefined
}

/** A few operations that contradict each other; all are indices into the problem's. */
export interface Contradiction {
  readonly core: readonly number[]
  /** The operation at fault, one of `core`. */
  readonly culprit: number
  /** The operation whose return made it wrong, one of `core`: the longer before, the graver. */
  readonly since: number
  readonly reason: string
}
