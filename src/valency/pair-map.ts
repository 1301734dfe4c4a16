/** Whole numbers from -1 on, by pairs of small numbers: an open-addressing table. */
export class PairMap {
  #table = new Int32Array(3 << 10)
  #mask = (1 << 10) - 1
  #count = 0

  /** The number of a pair, -1 if it has none. */
  get(one: number, other: number): number {
    const table = this.#table
    for (let place = this.#first(one, other); ; place = (place + 1) & this.#mask) {
      const at = place * 3
      const entry = table[at]!
      if (entry === 0) return -1
      if (entry === one + 1 && table[at + 1] === other) return table[at + 2]!
    }
  }

  /** Gives a number to a pair that has none yet. */
  set(one: number, other: number, value: number): void {
    const table = this.#table
    let place = this.#first(one, other)
    while (table[place * 3] !== 0) place = (place + 1) & this.#mask
    table[place * 3] = one + 1
    table[place * 3 + 1] = other
    table[place * 3 + 2] = value
    this.#count++
    if (this.#count * 2 > this.#mask) this.#grow()
  }

  #first(one: number, other: number): number {
    let mixed = Math.imul(one ^ Math.imul(other + 1, 0x85ebca77), 0x9e3779b1)
    mixed ^= mixed >>> 15
    return mixed & this.#mask
  }

  #grow(): void {
    const old = this.#table
    this.#mask = this.#mask * 2 + 1
    this.#table = new Int32Array(3 * (this.#mask + 1))
    this.#count = 0
    for (let at = 0; at < old.length; at += 3)
      if (old[at] !== 0) this.set(old[at]! - 1, old[at + 1]!, old[at + 2]!)
  }
}
