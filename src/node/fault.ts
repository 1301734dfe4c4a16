import type { NodeId } from './fx.ts'

/**
 * Something that goes wrong, as data: it begins at `at` and ends before `until`, in milliseconds
 * since the start. Without `until` it does not end by itself.
 */
export type Fault = Span &
  (
    | CrashFault
    | { readonly type: 'pause'; readonly node: NodeId }
    | LinkFault
    /** Writes wait. */
    | { readonly type: 'disk-full'; readonly node: NodeId }
    /** Writes take longer, by this many milliseconds. */
    | { readonly type: 'disk-slow'; readonly node: NodeId; readonly ms: number }
    /** The node's clock runs faster (or slower, below 0) by so many percent. */
    | { readonly type: 'clock-skew'; readonly node: NodeId; readonly percent: number }
    /** The node's clock jumps once, by so many milliseconds. */
    | { readonly type: 'clock-jump'; readonly node: NodeId; readonly ms: number }
  )

/** From when to when a fault lasts, in milliseconds since the start. */
export interface Span {
  readonly at: number
  readonly until?: number
}

/** The node stops at `at`, and starts again at `until` with what its disk has kept. */
export interface CrashFault {
  readonly type: 'crash'
  readonly node: NodeId
  /**
   * What becomes of writes that were not yet done. `keep`: all are kept. `lose`: the first few are
   * kept. `torn`: like `lose`, and the first that is lost is half written. `corrupt`: a record
   * that was done is damaged. `wipe`: the disk comes back empty. Default: `lose`.
   */
  readonly disk?: 'keep' | 'lose' | 'torn' | 'corrupt' | 'wipe'
}

/** Something is wrong with the links from some nodes to some others, in this direction only. */
export interface LinkFault {
  /**
   * `partition`: messages are lost. `clog`: they wait until it ends. `loss`, `duplicate`: a part of
   * them, in percent (`amount`). `delay`: each is late by up to `amount` milliseconds.
   */
  readonly type: 'partition' | 'clog' | 'loss' | 'duplicate' | 'delay'
  readonly from: readonly NodeId[]
  readonly to: readonly NodeId[]
  /** Percent or milliseconds; unused for `partition` and `clog`. */
  readonly amount?: number
  /** The other direction as well. */
  readonly both?: boolean
}

/** The names of the types of faults. */
export type FaultType = Fault['type']

/** Every type of fault, for commands that offer them by name. */
export const faultTypes: readonly FaultType[] = [
  'crash',
  'pause',
  'partition',
  'clog',
  'loss',
  'duplicate',
  'delay',
  'disk-full',
  'disk-slow',
  'clock-skew',
  'clock-jump',
]
