import type { Json } from '../core/json.ts'
import type { Operation } from '../core/operation.ts'

/** A fault that was injected: `from` and `to` are nanoseconds; `to` is absent if it never ended. */
export interface Fault {
  readonly f: string
  readonly value: Json
  readonly position: number
  readonly time: number | undefined
}

/** What clients saw, with invocations and completions paired. */
export interface History {
  /** Where it came from, for messages: a file name, or a word like 'generated'. */
  readonly source: string
  /** Operations that returned or whose outcome is unknown, in order of invocation. */
  readonly operations: readonly Operation[]
  /**
   * Operations that certainly did not happen (`fail`), for drawings only. Their ids are -1, -2, ...
   */
  readonly failed: readonly Operation[]
  /** Events of `nemesis`, in order. */
  readonly faults: readonly Fault[]
  /** How many events there were. */
  readonly events: number
  /** How many events a lenient reader left out. */
  readonly skipped: number
}
