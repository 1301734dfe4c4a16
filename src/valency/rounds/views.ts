import type { Visited } from '../../explore/visited.ts'
import { visitedFor } from '../../explore/visited-source.ts'

/** In place of a view: nothing was heard, or there is nobody who could have one. */
export const NOTHING = -1

/** The input of a process that gets none. */
export const BLANK = 2

/**
 * Everything that a process can know, each view once and as a number: its input, and for each round
 * what it heard from whom. Messages are views too, as nobody can say more than all it knows (the
 * full-information protocol), so a view is its owner and a list of older views. A number is smaller
 * than that of every view which contains it.
 */
export class Views {
  readonly processes: number
  readonly #table: Visited
  /** Owner twice, one more for an input; then from each process what was heard, or the input. */
  readonly #words: Int32Array

  constructor(processes: number, bytes: number) {
    this.processes = processes
    this.#table = visitedFor(processes + 1, { bytes })
    this.#words = new Int32Array(processes + 1)
  }

  get count(): number {
    return this.#table.count
  }

  get bytes(): number {
    return this.#table.bytes
  }

  /** Before the first round. @throws BoundReached */
  start(owner: number, input: number): number {
    const words = this.#words
    words.fill(NOTHING)
    words[0] = owner * 2 + 1
    words[owner + 1] = input
    return this.#add(words)
  }

  /**
   * A round later: `heard[from + q]` is what came from process q, and the owner remembers its own
   * view. @throws BoundReached
   */
  next(owner: number, own: number, heard: Int32Array, from: number): number {
    const words = this.#words
    words[0] = owner * 2
    for (let q = 0; q < this.processes; q++) words[q + 1] = heard[from + q]!
    words[owner + 1] = own
    return this.#add(words)
  }

  ownerOf(view: number): number {
    return this.#word(view, 0) >> 1
  }

  /** Before the first round, with an input instead of messages. */
  isStart(view: number): boolean {
    return (this.#word(view, 0) & 1) === 1
  }

  inputOf(view: number): number {
    return this.#word(view, this.ownerOf(view) + 1)
  }

  /** What it heard last from a process, or its own view a round before. */
  heardFrom(view: number, process: number): number {
    return this.#word(view, process + 1)
  }

  #word(view: number, word: number): number {
    return this.#table.states[view * (this.processes + 1) + word]!
  }

  #add(words: Int32Array): number {
    const added = this.#table.add(words)
    return added < 0 ? ~added : added
  }
}
