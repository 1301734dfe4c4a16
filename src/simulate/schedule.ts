import type { Asked, Fault, NodeId } from '../node/index.ts'

/**
 * Everything that decides a run of given code: what clients ask, what goes wrong, and where chance
 * differs from its default. A run that is recorded gives its schedule; a schedule gives the same
 * run again, and stays meaningful when parts of it are taken away, because each part is named by
 * what it is about (the 7th message from n1 to n2), not by its place in a row of draws.
 */
export interface Schedule {
  readonly operations: readonly ScheduledOperation[]
  readonly faults: readonly Fault[]
  readonly deviations: readonly Deviation[]
  /** Which nodes are healed in the end. Default: all that can be. */
  readonly core?: readonly NodeId[]
}

/** What a client asks for, when, and of whom. */
export interface ScheduledOperation {
  /** Milliseconds. A client that is not done with what it asked before asks when it is. */
  readonly at: number
  /** Which client, from 0. */
  readonly client: number
  /** Whom it asks first. */
  readonly node: NodeId
  readonly asked: Asked
  /** Absent: before the cluster is healed. `last`: a final read. */
  readonly phase?: 'recovery' | 'last'
}

/**
 * A draw that is not what it is by default. `nth` counts from 1. Clients (`c1`) are ends of links
 * as nodes are. Defaults: a message takes as long as the middle of the range says, and is neither
 * lost nor doubled; a timer runs for the middle of its range; the first option is picked; a disk
 * takes the middle of its range; a crash keeps none of the writes that were not yet done, and
 * damages the last record.
 */
export type Deviation =
  /** It takes so many microseconds. */
  | LinkDeviation<'delay'>
  /** It comes twice, the second time after so many microseconds. */
  | LinkDeviation<'doubled'>
  | { readonly type: 'lost'; readonly from: NodeId; readonly to: NodeId; readonly nth: number }
  /**
   * The nth time that a timer of this node was set to a range: it runs for so many microseconds.
   */
  | { readonly type: 'timer'; readonly node: NodeId; readonly nth: number; readonly us: number }
  | { readonly type: 'pick'; readonly node: NodeId; readonly nth: number; readonly index: number }
  /** The nth time that its disk was busy. */
  | { readonly type: 'disk'; readonly node: NodeId; readonly nth: number; readonly us: number }
  /** How many of the writes that were not yet done its nth crash kept. */
  | { readonly type: 'kept'; readonly node: NodeId; readonly nth: number; readonly count: number }
  /** Which value or record its nth crash damaged, counted from the last one back. */
  | {
      readonly type: 'damaged'
      readonly node: NodeId
      readonly nth: number
      readonly index: number
    }

/** A draw about the nth message over a link. */
export interface LinkDeviation<Type extends string> {
  readonly type: Type
  readonly from: NodeId
  readonly to: NodeId
  readonly nth: number
  readonly us: number
}
