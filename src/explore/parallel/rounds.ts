import type { SharedMemory } from './shared-memory.ts'
import { ENVELOPE, MOST_CHUNKS } from './shared-memory.ts'

/** States that are gone on from together, cut into chunks; `from` is -1 for the initial states. */
export interface Round {
  readonly from: number
  readonly end: number
  /** States in a chunk. */
  readonly size: number
  readonly chunks: number
}

export const FIRST_ROUND: Round = { from: -1, end: 0, size: 1, chunks: 1 }

/** The letters of a round take about so many words, to stay in the caches. */
const WORDS_AT_ONCE = 1 << 19
const LEAST_CHUNK = 8
const FIRST_STATES = 256

/**
 * How many states a round has: as many as keep the mail small, going by how many letters the last
 * rounds had. Each worker works that out by itself, from the same numbers.
 */
export class Pace {
  readonly #memory: SharedMemory
  #states = FIRST_STATES

  constructor(memory: SharedMemory) {
    this.#memory = memory
  }

  /** The round that begins with a state. */
  round(from: number, levelEnd: number): Round {
    const end = Math.min(levelEnd, from + this.#states)
    const size = Math.max(LEAST_CHUNK, Math.ceil((end - from) / MOST_CHUNKS))
    return { from, end, size, chunks: Math.ceil((end - from) / size) }
  }

  /** Learns from a round that went well. */
  learn({ from, end }: Round, written: number): void {
    const { words, letters } = this.#memory
    const room = Math.min(WORDS_AT_ONCE / (words + ENVELOPE), letters / 2)
    const each = Math.max(1, written) / Math.max(1, end - from)
    const wanted = Math.ceil(room / each)
    // A few states say little about the next ones.
    this.#states = Math.max(1, Math.min(wanted, 4 * Math.max(FIRST_STATES, end - from)))
  }

  /** Learns from a round whose letters did not fit. False if it could not be smaller. */
  shrink({ from, end }: Round): boolean {
    this.#states = Math.max(1, (end - from) >> 3)
    return end - from > 1
  }
}
