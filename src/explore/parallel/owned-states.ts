import type { SharedMemory } from './shared-memory.ts'

/**
 * The states that one worker owns: an open-addressing table with, for each state, its hash and
 * where its words are. That is `1 + number` for a state with a number, `~address` for one that lies
 * in the mail of this round, and 0 where nothing is. Nobody else reads it, so it may grow at will.
 */
export class OwnedStates {
  readonly #words: number
  readonly #states: Int32Array
  readonly #mail: Int32Array
  #cells = new Int32Array(2 << FIRST_BITS)
  #mask = (1 << FIRST_BITS) - 1
  #count = 0

  constructor({ words, states, mail }: SharedMemory) {
    this.#words = words
    this.#states = states
    this.#mail = mail
  }

  get bytes(): number {
    return this.#cells.byteLength
  }

  /** Makes room for so many more. */
  reserve(more: number): void {
    let cells = this.#mask + 1
    while ((this.#count + more) * 4 > cells * 3) cells *= 2
    if (cells > this.#mask + 1) this.#grow(cells)
  }

  /** Adds the state that lies at an address of the mail. Answers its cell, or -1 if it is known. */
  add(address: number, hash: number): number {
    const cells = this.#cells
    const mask = this.#mask
    const words = this.#words
    const mail = this.#mail
    for (let probe = hash & mask; ; probe = (probe + 1) & mask) {
      const where = cells[2 * probe + 1]!
      if (where === 0) {
        cells[2 * probe] = hash
        cells[2 * probe + 1] = ~address
        this.#count++
        return probe
      }
      if (cells[2 * probe] !== hash) continue
      const known = where > 0 ? this.#states : mail
      const at = where > 0 ? (where - 1) * words : ~where
      let word = 0
      while (word < words && known[at + word] === mail[address + word]) word++
      if (word === words) return -1
    }
  }

  /** Adds a state that has its number already, and is not known. */
  adopt(number: number, hash: number): void {
    let probe = hash & this.#mask
    while (this.#cells[2 * probe + 1] !== 0) probe = (probe + 1) & this.#mask
    this.#cells[2 * probe] = hash
    this.settle(probe, number)
    this.#count++
  }

  /** A state that was added in this round has got its number. */
  settle(cell: number, number: number): void {
    this.#cells[2 * cell + 1] = 1 + number
  }

  #grow(length: number): void {
    const before = this.#cells
    const cells = new Int32Array(2 * length)
    const mask = length - 1
    for (let at = 0; at < before.length; at += 2) {
      const where = before[at + 1]!
      if (where === 0) continue
      const hash = before[at]!
      let probe = hash & mask
      while (cells[2 * probe + 1] !== 0) probe = (probe + 1) & mask
      cells[2 * probe] = hash
      cells[2 * probe + 1] = where
    }
    this.#cells = cells
    this.#mask = mask
  }
}

const FIRST_BITS = 12
