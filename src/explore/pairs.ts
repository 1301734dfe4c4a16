/** A set of pairs of small numbers: an open-addressing table. */
export class Pairs {
  #table = new Int32Array(1 << 10)
  #count = 0

  has(one: number, other: number): boolean {
    return this.#table[this.#placeOf(one, other)] !== 0
  }

  add(one: number, other: number): void {
    const place = this.#placeOf(one, other)
    if (this.#table[place] !== 0) return
    this.#table[place] = one + 1
    this.#table[place + 1] = other
    this.#count++
    if (this.#count * 4 > this.#table.length) this.#grow()
  }

  /** Where the pair is, or where it would have to be. */
  #placeOf(one: number, other: number): number {
    const table = this.#table
    const mask = table.length - 1
    let mixed = Math.imul(one ^ Math.imul(other, 0x85ebca77), 0x9e3779b1)
    mixed ^= mixed >>> 15
    for (let place = (mixed << 1) & mask; ; place = (place + 2) & mask)
      if (table[place] === 0 || (table[place] === one + 1 && table[place + 1] === other))
        return place
  }

  #grow(): void {
    const old = this.#table
    this.#table = new Int32Array(old.length * 2)
    this.#count = 0
    for (let place = 0; place < old.length; place += 2)
      if (old[place] !== 0) this.add(old[place]! - 1, old[place + 1]!)
  }
}
