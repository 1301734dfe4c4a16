import { BoundReached, DEFAULT_EXPLORE_BYTES } from './bounds.ts'

export interface VisitedOptions {
  /** How many states there may be. */
  readonly states?: number
  /** How large the tables may become. */
  readonly bytes?: number
  /** Whether code may be generated. Default: yes. */
  readonly generated?: boolean
}

/** States for which there is room at first. */
const FIRST_STATES = 1 << 10
/** Room grows by this factor: pages that nobody has written to take no memory. */
const MORE_ROOM = 8
const BYTES_PER_ID = 4

/**
 * Packed states, each once, numbered in the order in which they came: an open-addressing table of
 * their numbers. The bits of an entry that the number does not need hold bits of the hash that do
 * not choose the place, so that most states that are not the same are told apart without a look at
 * them. At most half of the table is used.
 */
export class Visited {
  readonly words: number
  states: Int32Array
  /** The number of the state from which each one was found first, -1 for initial states. */
  parents: Int32Array
  table: Int32Array
  count = 0
  /** All states are kept. */
  readonly first = 0
  /** The table is made larger when this many states are there. */
  protected room: number
  readonly #mostStates: number
  #mostBytes: number

  constructor(words: number, options: VisitedOptions = {}) {
    this.words = words
    this.#mostStates = options.states ?? Infinity
    this.#mostBytes = options.bytes ?? DEFAULT_EXPLORE_BYTES
    this.states = new Int32Array(words * FIRST_STATES)
    this.parents = new Int32Array(FIRST_STATES)
    this.table = new Int32Array(FIRST_STATES * 2)
    this.room = Math.min(FIRST_STATES, this.#mostStates)
  }

  /** What is used, in bytes. */
  get bytes(): number {
    return this.#bytesFor(this.count, this.table.length)
  }

  /**
   * The number of a state that was there already as it is, the number of a new one as `~number`.
   * Throws `BoundReached`, and then nothing has changed.
   */
  add(state: Int32Array, parent = -1): number {
    const { words, table, states } = this
    const mask = table.length - 1
    const hash = this.hash(state, 0)
    const want = hash & ~mask
    for (let probe = hash & mask; ; probe = (probe + 1) & mask) {
      const entry = table[probe]!
      if (entry === 0) return this.insert(state, parent, probe, want)
      if (((entry ^ want) & ~mask) !== 0) continue
      const known = (entry & mask) - 1
      let word = 0
      while (word < words && states[known * words + word] === state[word]) word++
      if (word === words) return known
    }
  }

  /** The number of a state, -1 if it is not there. */
  find(state: Int32Array, offset = 0): number {
    const { words, table, states } = this
    const mask = table.length - 1
    const hash = this.hash(state, offset)
    for (let probe = hash & mask; ; probe = (probe + 1) & mask) {
      const entry = table[probe]!
      if (entry === 0) return -1
      if (((entry ^ hash) & ~mask) !== 0) continue
      const known = (entry & mask) - 1
      let word = 0
      while (word < words && states[known * words + word] === state[offset + word]) word++
      if (word === words) return known
    }
  }

  /** Changes how large the tables may become. */
  limit(bytes: number): void {
    this.#mostBytes = bytes
    this.room = Math.max(this.count, Math.min(this.room, this.#affordable()))
  }

  /** All states are kept. */
  forget(): void {
    return
  }

  /** All states and parents of another table, which is then of no more use. */
  restore(states: Int32Array, parents: Int32Array): void {
    const count = parents.length
    let length = this.table.length
    while (length < count * 2) length *= 2
    this.states = states
    this.parents = parents
    this.count = count
    this.#fill(length)
    this.room = count
  }

  hash(state: Int32Array, offset: number): number {
    let mixed = 0x9e3779b9 | 0
    for (let word = 0; word < this.words; word++) {
      mixed = Math.imul(mixed ^ state[offset + word]!, 0x85ebca77)
      mixed ^= mixed >>> 15
    }
    mixed = Math.imul(mixed, 0xc2b2ae3d)
    return mixed ^ (mixed >>> 16)
  }

  /** A new state into the empty place that the search for it ended at. */
  protected insert(state: Int32Array, parent: number, probe: number, want: number): number {
    if (this.count === this.room) {
      this.#grow()
      return this.add(state, parent)
    }
    const added = this.count++
    const base = added * this.words
    for (let word = 0; word < this.words; word++) this.states[base + word] = state[word]!
    this.parents[added] = parent
    this.table[probe] = want | (added + 1)
    return ~added
  }

  #grow(): void {
    if (this.count >= this.#mostStates) throw new BoundReached('states', this.#mostStates)
    if (this.count * 2 >= this.table.length) {
      const length = this.table.length * 2
      if (this.#bytesFor(this.count, length) > this.#mostBytes)
        throw new BoundReached('memory', this.#mostBytes)
      this.#fill(length)
    }
    this.#makeRoom()
  }

  /** As many states as the table and the arrays have room for and the bounds allow. */
  #makeRoom(): void {
    const { words, table } = this
    if (this.count === this.parents.length) {
      this.states = longer(this.states, words)
      this.parents = longer(this.parents, 1)
    }
    const most = Math.min(this.#mostStates, this.#affordable())
    this.room = Math.min(table.length >> 1, this.parents.length, most)
    if (this.count >= this.room) {
      if (this.count >= this.#mostStates) throw new BoundReached('states', this.#mostStates)
      throw new BoundReached('memory', this.#mostBytes)
    }
  }

  /** How many states the bound on memory allows beside the table as it is. */
  #affordable(): number {
    const rest = this.#mostBytes - this.table.length * BYTES_PER_ID
    return Math.floor(rest / ((this.words + 1) * BYTES_PER_ID))
  }

  #bytesFor(states: number, places: number): number {
    return (states * (this.words + 1) + places) * BYTES_PER_ID
  }

  /** A new table of all states. */
  #fill(length: number): void {
    const { words, states, count } = this
    const table = new Int32Array(length)
    const mask = length - 1
    for (let known = 0; known < count; known++) {
      const hash = this.hash(states, known * words)
      let probe = hash & mask
      while (table[probe] !== 0) probe = (probe + 1) & mask
      table[probe] = (hash & ~mask) | (known + 1)
    }
    this.table = table
  }
}

function longer(short: Int32Array, unit: number): Int32Array {
  for (let factor = MORE_ROOM; factor > 1; factor /= 2) {
    try {
      const long = new Int32Array(Math.ceil(short.length / unit) * factor * unit)
      long.set(short)
      return long
    } catch (error) {
      // Address space is short: less is asked for.
      if (!(error instanceof RangeError) || factor === 2) throw error
    }
  }
  return short
}
