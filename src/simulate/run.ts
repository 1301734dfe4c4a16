import type { TraceHeader, TraceStep } from '../core/trace.ts'
import type { BoundHit } from '../core/verdict.ts'
import type { HistoryEvent } from '../history/event.ts'
import type { FaultType, NodeId } from '../node/index.ts'
import type { Schedule } from './schedule.ts'

/** What came of a simulation. Whether the history is right is judged by whoever asked for it. */
export interface Run {
  /** `unknown`: the budget was used up before the end. */
  readonly outcome: 'pass' | 'fail' | 'unknown'
  readonly failure?: Failure
  readonly bound?: BoundHit
  /** What clients saw, and faults as the process `nemesis`. */
  readonly history: readonly HistoryEvent[]
  readonly header: TraceHeader
  /** Empty unless a trace was asked for. */
  readonly trace: readonly TraceStep[]
  /** What was left to chance, in order; empty unless a trace was asked for. */
  readonly chances: readonly Chance[]
  /** Present if the simulation was to record it. */
  readonly schedule?: Schedule
  readonly recovery: Recovery
  readonly stats: Stats
}

/**
 * Something that a deviation may be about, and when it was: what a story needs to tell of it.
 * `time` is in microseconds, `nth` as in `Deviation`.
 */
export type Chance =
  | {
      readonly type: 'message'
      readonly from: NodeId
      readonly to: NodeId
      readonly nth: number
      readonly time: number
      readonly message: unknown
    }
  | {
      readonly type: 'timer'
      readonly node: NodeId
      readonly nth: number
      readonly time: number
      readonly timer: string
    }
  | {
      readonly type: 'pick'
      readonly node: NodeId
      readonly nth: number
      readonly time: number
      readonly options: number
    }
  | {
      readonly type: 'disk' | 'crash'
      readonly node: NodeId
      readonly nth: number
      readonly time: number
    }

export interface Failure {
  /**
   * `invariant`: one was violated. `exception`: a handler threw. `stalled`: the cluster was healed
   * and did not serve a request within the bound.
   */
  readonly kind: 'invariant' | 'exception' | 'stalled'
  /** Of the invariant, of the error (`TypeError`), or `recovers`. */
  readonly name: string
  /** What is wrong: `n1 and n3 both lead in term 4`. */
  readonly sentence: string
  /** The node whose handler ran last. */
  readonly node?: NodeId
  /** The step of the trace after which it was seen; counted whether there is a trace or not. */
  readonly step: number
  /** Microseconds. */
  readonly time: number
  readonly stack?: string
}

/**
 * How the cluster came back after it was healed. `not asked`: the simulation did not want to know,
 * or ended before. `not recoverable`: too many nodes are down for ever or have lost their disks, so
 * nothing was asked of the others.
 */
export type Recovery =
  | { readonly outcome: 'not asked' }
  | { readonly outcome: 'not recoverable'; readonly because: string }
  | {
      readonly outcome: 'recovered' | 'stalled'
      /** The nodes that were healed; all others were cut off and stopped. */
      readonly core: readonly NodeId[]
      /** Until the last client was served, in milliseconds. */
      readonly ms: number
    }

export interface Stats {
  /** Deliveries, requests, timers and disk completions. */
  readonly events: number
  readonly messages: number
  readonly requests: number
  readonly timers: number
  readonly diskCompletions: number
  /** Messages that were lost, to chance or to faults. */
  readonly lost: number
  readonly doubled: number
  readonly operations: number
  readonly ok: number
  readonly fail: number
  readonly info: number
  readonly crashes: number
  readonly faults: Readonly<Partial<Record<FaultType, number>>>
  /** Milliseconds of virtual time. */
  readonly simulatedMs: number
  /** How often each label of `note` was seen. */
  readonly notes: Readonly<Record<string, number>>
}
