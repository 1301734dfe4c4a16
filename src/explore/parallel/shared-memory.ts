import { tallyLength } from './tally.ts'

/**
 * The memory that the workers of one search share. Buffers are reserved large: pages that nobody
 * wrote to cost nothing. Everything that is counted in a round is written by one worker only, so
 * that nothing but the claims of chunks and the barrier is atomic.
 */
export interface SharedMemory {
  readonly workers: number
  /** The length of a packed state. */
  readonly words: number
  readonly mostStates: number
  /** How many letters fit into the mailbox from one worker to one owner. */
  readonly letters: number
  readonly actions: number
  readonly claims: number
  /** All states in the order in which one thread would find them, and the parent of each. */
  readonly states: Int32Array
  readonly parents: Int32Array
  /** What workers write to the owners of states: a box for each writer and owner. */
  readonly mail: Int32Array
  /** For each worker and owner: how many letters it wrote for him in each chunk. */
  readonly chunkEnds: Int32Array
  /** And how many before it. */
  readonly chunkStarts: Int32Array
  /** Which worker took which chunk. */
  readonly chunkTakers: Int32Array
  /** For each owner and chunk: how many of its states are new. */
  readonly newCounts: Int32Array
  /** For each owner: where in their chunks its new states were found. */
  readonly newPlaces: Int32Array
  /** 1 for the chunks of this round in which something was seen that has no number. */
  readonly chunkMissed: Int32Array
  /** The states of this round from which something new is seen. */
  readonly missed: Int32Array
  /** All such states until now, in the order in which one thread would come to them. */
  readonly lessons: Int32Array
  /** What the numbering of each worker is like. */
  readonly digests: Int32Array
  readonly control: Int32Array
  /** A `Tally` for each worker, of all rounds that are settled. */
  readonly tallies: Float64Array
}

/** The words of `control`. */
export const CONTROL = {
  arrived: 0,
  generation: 1,
  /** Not 0 when everybody has to leave at once. */
  aborted: 2,
  nextChunk: 3,
  /** Not 0 when this round cannot be settled: an `Oddity`. */
  oddWriting: 4,
  oddReading: 11,
  /** The place of the universe that has no room for one more value. */
  full: 12,
  /** The search has been asked to end at the next round. */
  asked: 5,
  /** What worker 0 read there, for all to see in the same round. */
  granted: 6,
  /** For who watches: states so far, the first one that is not expanded, levels. */
  count: 7,
  from: 8,
  depth: 9,
  levelEnd: 10,
  /** How many of `missed` and of `lessons` are there. */
  missed: 13,
  lessons: 14,
  length: 16,
} as const

/** At most so many chunks a round. */
export const MOST_CHUNKS = 128
const MOST_LETTERS = 1 << 19
/** States of a round from which something new is seen, and of a whole search. */
export const MOST_MISSED = 1 << 15
export const MOST_LESSONS = 1 << 24
/** Of a letter, behind the words of the state: hash, place in the chunk, parent, action. */
export const ENVELOPE = 4

export interface Extent {
  readonly workers: number
  readonly words: number
  readonly actions: number
  readonly claims: number
  readonly bytes: number
  /** Letters that fit into the mailboxes of one writer. */
  readonly mail?: number
}

/** Reserves the memory for states that fit into `bytes`, and what the workers need besides. */
export function reserve(extent: Extent): SharedMemory {
  const { workers, words, actions, claims, bytes, mail = MOST_LETTERS } = extent
  const afforded = bytes / (4 * (words + 1) + BYTES_IN_TABLES)
  const mostStates = Math.floor(Math.min(afforded, MOST_WORDS / words))
  const boxes = workers * workers
  const letters = Math.ceil(mail / workers)
  return {
    workers,
    words,
    mostStates,
    letters,
    actions,
    claims,
    states: ints(mostStates * words),
    parents: ints(mostStates),
    mail: ints(boxes * letters * (words + ENVELOPE)),
    chunkEnds: ints(boxes * MOST_CHUNKS),
    chunkStarts: ints(boxes * MOST_CHUNKS),
    chunkTakers: ints(MOST_CHUNKS),
    chunkMissed: ints(MOST_CHUNKS),
    missed: ints(MOST_MISSED),
    lessons: ints(MOST_LESSONS),
    digests: ints(workers),
    newCounts: ints(workers * MOST_CHUNKS),
    newPlaces: ints(boxes * letters),
    control: ints(CONTROL.length),
    tallies: new Float64Array(new SharedArrayBuffer(8 * workers * tallyLength(actions, claims))),
  }
}

/** What a state takes at most in the table of its owner, while that grows. */
const BYTES_IN_TABLES = 32
/** Numbers of words have to stay below 2^31. */
const MOST_WORDS = 2 ** 31 - 1

/** The letters from one worker to one owner begin here in the mail. */
export function mailbox(memory: SharedMemory, writer: number, owner: number): number {
  const { workers, words, letters } = memory
  return (writer * workers + owner) * letters * (words + ENVELOPE)
}

function ints(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(4 * length))
}
