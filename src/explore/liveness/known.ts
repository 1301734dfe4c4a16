import type { Meter } from '../../core/budget.ts'
import type { PropertyReport, Violation } from '../exploration.ts'

/** The states that a search found, each once, numbered from 0. */
export interface KnownStates {
  readonly count: number
  /** Packed, one after the other. */
  readonly states: Int32Array
  /** The number of a packed state, -1 if it was not found: then it is not `within`. */
  find(state: Int32Array): number
  /** The state from which each was found first, -1 for an initial one. Always a lower number. */
  readonly parents: Int32Array
}

export interface LongRunOptions {
  /** Names of the claims to look at. Default: all. */
  readonly only?: readonly string[]
  /** Whether every state was gone on from: otherwise nothing passes. Default: true. */
  readonly complete?: boolean
  /** How many steps the search took, which is how many edges there are at most. */
  readonly steps?: number
  /** Watches time and memory; a bound that is hit makes `unknown` of what is not decided yet. */
  readonly meter?: Meter
  readonly onProgress?: (doing: string) => void
}

/** What is said about one claim, with the evidence against it. */
export interface ClaimResult {
  readonly report: PropertyReport
  readonly violation?: Violation
}
