import { BoundReached, DEFAULT_EXPLORE_BYTES } from './bounds.ts'
import type { Visited, VisitedOptions } from './visited.ts'
import { visitedFor } from './visited-source.ts'

export const FINGERPRINT_BITS = 64
const LANES = 2

/**
 * States told apart by 64 bits each: two lanes of 32, mixed from the words with different
 * constants. The states themselves are kept until they were gone on from. Two states with the same
 * fingerprint are taken for one, with the odds that `missedStates` gives.
 */
export class Fingerprints {
  readonly words: number
  states: Int32Array
  first = 0
  readonly #seen: Visited
  readonly #lanes = new Int32Array(LANES)
  readonly #mostBytes: number

  constructor(words: number, options: VisitedOptions = {}) {
    this.words = words
    this.#mostBytes = options.bytes ?? DEFAULT_EXPLORE_BYTES
    this.#seen = visitedFor(LANES, options)
    this.states = new Int32Array(words << 10)
    this.#seen.limit(this.#mostBytes - this.states.byteLength)
  }

  get count(): number {
    return this.#seen.count
  }

  get parents(): Int32Array {
    return this.#seen.parents
  }

  get bytes(): number {
    return this.#seen.bytes + this.states.byteLength
  }

  /** The lanes of all states, for checkpoints. */
  get lanes(): Int32Array {
    return this.#seen.states
  }

  add(state: Int32Array, parent = -1): number {
    const { words } = this
    const base = (this.count - this.first) * words
    if (base === this.states.length) this.#grow()
    this.#mix(state, 0)
    const number = this.#seen.add(this.#lanes, parent)
    if (number < 0) for (let word = 0; word < words; word++) this.states[base + word] = state[word]!
    return number
  }

  find(state: Int32Array, offset = 0): number {
    this.#mix(state, offset)
    return this.#seen.find(this.#lanes)
  }

  forget(before: number): void {
    const { words, first } = this
    this.states.copyWithin(0, (before - first) * words, (this.count - first) * words)
    this.first = before
  }

  restore(lanes: Int32Array, parents: Int32Array, first: number, states: Int32Array): void {
    this.#seen.restore(lanes, parents)
    this.first = first
    this.states = states
  }

  #mix(state: Int32Array, offset: number): void {
    let one = 0x9e3779b9 | 0
    let other = 0x243f6a88
    for (let word = 0; word < this.words; word++) {
      const bits = state[offset + word]!
      one = Math.imul(one ^ bits, 0x85ebca77)
      one ^= one >>> 15
      other = Math.imul((other ^ bits) + 0x7f4a7c15, 0xc2b2ae3d)
      other ^= other >>> 13
    }
    one = Math.imul(one ^ (one >>> 16), 0x7feb352d)
    other = Math.imul(other ^ (other >>> 15), 0x2c1b3c6d)
    this.#lanes[0] = one ^ (one >>> 15)
    this.#lanes[1] = other ^ (other >>> 12)
  }

  #grow(): void {
    const more = this.states.length * 2
    if (this.#seen.bytes + more * Int32Array.BYTES_PER_ELEMENT > this.#mostBytes)
      throw new BoundReached('memory', this.#mostBytes)
    const states = new Int32Array(more)
    states.set(this.states)
    this.states = states
    this.#seen.limit(this.#mostBytes - states.byteLength)
  }
}

/**
 * An upper bound of the odds that two of so many different states have the same fingerprint, if
 * fingerprints are as good as random (the birthday bound).
 */
export function missedStates(states: number): number {
  return Math.min(1, (states * states) / 2 ** (FINGERPRINT_BITS + 1))
}
