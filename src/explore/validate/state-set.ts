/** Places of the table at first; a power of two. */
const FIRST_PLACES = 64

/** Packed states, each once, in the order in which they came. Used again after `clear`. */
export class StateSet {
  readonly words: number
  states: Int32Array
  count = 0
  #table = new Int32Array(FIRST_PLACES)

  constructor(words: number) {
    this.words = words
    this.states = new Int32Array(words * FIRST_PLACES)
  }

  clear(): void {
    // What was large once need not be large again, and clearing it would take as long each time.
    if (this.#table.length > FIRST_PLACES && this.count * 16 < this.#table.length) {
      this.#table = new Int32Array(FIRST_PLACES)
      this.states = new Int32Array(this.words * FIRST_PLACES)
    } else this.#table.fill(0)
    this.count = 0
  }

  /** Whether the state is new. */
  add(state: Int32Array): boolean {
    const { words } = this
    const mask = this.#table.length - 1
    let place = hashOf(state, 0, words) & mask
    for (let entry = this.#table[place]!; entry !== 0; entry = this.#table[place]!) {
      if (this.#isAt(entry - 1, state)) return false
      place = (place + 1) & mask
    }
    if ((this.count + 1) * words > this.states.length) {
      const longer = new Int32Array(this.states.length * 2)
      longer.set(this.states)
      this.states = longer
    }
    this.states.set(state, this.count * words)
    this.#table[place] = ++this.count
    if (this.count * 2 > this.#table.length) this.#grow()
    return true
  }

  #isAt(number: number, state: Int32Array): boolean {
    const base = number * this.words
    for (let word = 0; word < this.words; word++) {
      if (this.states[base + word] !== state[word]) return false
    }
    return true
  }

  #grow(): void {
    const table = new Int32Array(this.#table.length * 2)
    const mask = table.length - 1
    for (let number = 0; number < this.count; number++) {
      let place = hashOf(this.states, number * this.words, this.words) & mask
      while (table[place] !== 0) place = (place + 1) & mask
      table[place] = number + 1
    }
    this.#table = table
  }
}

function hashOf(states: Int32Array, offset: number, words: number): number {
  let mixed = 0x9e3779b9 | 0
  for (let word = 0; word < words; word++) {
    mixed = Math.imul(mixed ^ states[offset + word]!, 0x85ebca77)
    mixed ^= mixed >>> 15
  }
  mixed = Math.imul(mixed, 0xc2b2ae3d)
  return mixed ^ (mixed >>> 16)
}
