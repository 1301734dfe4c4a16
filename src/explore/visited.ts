/** Packed states, each once, numbered in the order in which they came: an open-addressing table. */
export class Visited {
  readonly words: number
  #table = new Int32Array(1 << 10)
  #states: Int32Array
  #count = 0

  constructor(words: number) {
    this.words = words
    this.#states = new Int32Array(words * 512)
  }

  get count(): number {
    return this.#count
  }

  get states(): Int32Array {
    return this.#states
  }

  /** The number of a state that was there already as it is, the number of a new one as `~number`. */
  add(state: Int32Array): number {
    if (this.#count * 2 >= this.#table.length) this.#grow()
    const words = this.words
    const table = this.#table
    const states = this.#states
    const mask = table.length - 1
    for (let probe = hash(state, 0, words) & mask; ; probe = (probe + 1) & mask) {
      const known = table[probe]! - 1
      if (known < 0) {
        const added = this.#count++
        for (let word = 0; word < words; word++) states[added * words + word] = state[word]!
        table[probe] = added + 1
        return ~added
      }
      let word = 0
      while (word < words && states[known * words + word] === state[word]) word++
      if (word === words) return known
    }
  }

  #grow(): void {
    const table = new Int32Array(this.#table.length * 2)
    const mask = table.length - 1
    for (let known = 0; known < this.#count; known++) {
      let probe = hash(this.#states, known * this.words, this.words) & mask
      while (table[probe] !== 0) probe = (probe + 1) & mask
      table[probe] = known + 1
    }
    this.#table = table
    const states = new Int32Array(this.words * (table.length >> 1))
    states.set(this.#states)
    this.#states = states
  }
}

function hash(state: Int32Array, offset: number, words: number): number {
  let mixed = 0x9e3779b9 | 0
  for (let word = 0; word < words; word++) {
    mixed = Math.imul(mixed ^ state[offset + word]!, 0x85ebca77)
    mixed ^= mixed >>> 13
    mixed = (mixed << 7) | (mixed >>> 25)
  }
  mixed = Math.imul(mixed, 0xc2b2ae3d)
  return mixed ^ (mixed >>> 16)
}
