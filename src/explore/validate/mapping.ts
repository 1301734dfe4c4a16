import type { TraceHeader, TraceStep } from '../../core/trace.ts'
import type { Parameters, Spec } from '../spec.ts'

/** In the place of a parameter: the trace does not say, any value of its range may be meant. */
export const ANY: unique symbol = Symbol('any value of the range')

/** An action of a spec and the values of its parameters. */
export type Instance = readonly [action: string, ...parameters: readonly unknown[]]

/** Actions that are taken one after the other. None: the spec stands still. */
export type Way = readonly Instance[]

/**
 * What part of a step of a trace means: which actions of the spec may have been taken, and what is
 * then to be seen of its variables. Most steps have one part or none; a step has several where
 * they concern several runs of the spec, or are done at different times.
 */
export interface Part {
  /** One of them. Default: the spec stands still. */
  readonly ways?: readonly Way[] | (() => readonly Way[])
  /** The first of the ways that fits is the one that is meant; otherwise any of them may be. */
  readonly first?: boolean
  /** Where there is no way: what would be needed for one, in words. */
  readonly lacks?: string
  /**
   * What the trace says of the variables after that, as far as it says anything: `undefined` if the
   * state fits, otherwise what differs, in words.
   */
  readonly sees?: (state: never) => string | undefined
  /**
   * Nothing of it can be known to others before this write of the node is on its disk, and a crash
   * before that undoes it: the part is taken when the write is known to be there.
   */
  readonly after?: number
  /** A later write of the same step without which a restart does not find that of `after`. */
  readonly whole?: number
  /** Which run of the spec it is, where a trace holds several. */
  readonly run?: string
}

/** Turns each step of a trace, in order, into its parts. */
export type Explain = (step: TraceStep) => readonly Part[]

/**
 * Where the numbers of the spec begin: what its state does not keep any more is counted on. Logs
 * and terms grow for ever, and a spec has a bounded part of them before its eyes.
 */
export interface Window {
  /** By how much each origin may be moved in this state, without a loss. */
  spare(state: never): readonly number[]
  /** Rewrites a state for moved origins. */
  move(state: never, by: readonly number[]): void
}

/** How traces of a protocol are seen as behaviours of a spec: plain functions. */
export interface Mapping {
  readonly name: string
  readonly about: string
  readonly spec: Spec
  /** Names of the protocols that it can read traces of. */
  readonly protocols: readonly string[]
  reader(header: TraceHeader): Reader
  /**
   * Steps of the spec that no trace shows: up to `most` of them may come before any part.
   */
  readonly silent?: { readonly ways: readonly Instance[]; readonly most: number }
}

/** Reads one trace: once to find out how large the spec has to be, then to explain it. */
export interface Reader {
  /** A step, at the first look. */
  see(step: TraceStep): void
  /** @param room 1 at first; greater when that turned out to be too little */
  parameters(room: number): Parameters
  /**
   * Begins to explain the trace, perhaps once more.
   *
   * @param origins where the numbers of the spec begin now, one for each of the window's
   */
  explain(parameters: Parameters, origins: readonly number[]): Explain
  window?(parameters: Parameters): Window
}

/** Thrown by a mapping that meets something of which its spec knows nothing. */
export class NotCovered extends Error {
  constructor(fact: string) {
    super(fact)
    this.name = 'NotCovered'
  }
}

/** Thrown by a mapping whose numbers do not fit the spec any more: it is made larger. */
export class NeedsRoom extends Error {
  constructor(fact: string) {
    super(fact)
    this.name = 'NeedsRoom'
  }
}
