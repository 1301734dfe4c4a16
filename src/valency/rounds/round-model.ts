import type { Views } from './views.ts'

/** Where a run stands: what each process knows, and what the adversary has to remember. */
export interface Position {
  /** The view of each process that still counts, `NOTHING` of one that crashed or is a traitor. */
  readonly views: Int32Array
  readonly notes: Int32Array
}

/** How a run begins. */
export interface Start {
  readonly inputs: Int32Array
  /** 1 for those that count. */
  readonly counts: Uint8Array
  readonly notes: Int32Array
}

/** What the adversary does in a round. */
export interface Move {
  /** `heard[p * n + q]`: the view that p hears from q, or `NOTHING`. */
  readonly heard: Int32Array
  /** 1 for those that still count afterwards. */
  readonly counts: Uint8Array
  readonly notes: Int32Array
}

/** What all that count have to decide at the end of a run; absent: whatever they like, together. */
export type Demand = 0 | 1 | undefined

/**
 * An adversary of processes that proceed in rounds. Everybody tells everybody all it knows in each
 * round; the adversary picks inputs, and what arrives. What is impossible against it then is
 * impossible for every deterministic algorithm.
 */
export interface RoundModel {
  readonly processes: number
  readonly rounds: number
  /** How many words the adversary remembers. */
  readonly notes: number
  /** Fills `start` in every way there is, and calls `emit` each time. */
  starts(views: Views, start: Start, emit: () => void): void
  /** Fills `move` with everything that can happen in this round, the first being 1. */
  moves(round: number, before: Position, views: Views, move: Move, emit: () => void): void
  demand(end: Position): Demand
}
