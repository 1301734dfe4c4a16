import { IntList } from './int-list.ts'

/** Places that a row has at first; a power of two, as is every later size. */
const FIRST = 8
/** The column and the number of a place. */
const PLACE = 2

/**
 * Numbers for pairs of numbers, all of one row near to each other: for innermost loops that ask
 * about few rows at a time. Rows count from 0; a number is 0 until another one was set.
 */
export class IntRows {
  /** Of each row: where it begins, how many places it has less one, how many of them are taken. */
  readonly #rows = new IntList()
  /** Of each place: one more than its column, 0 where there is none, and the number. */
  #places = new Int32Array(1 << 12)
  #used = 0

  /** The numbers, by the places that `place` answers. */
  get numbers(): Int32Array {
    return this.#places
  }

  /** Where in `numbers` the number of a pair stands, until the next call. */
  place(row: number, column: number): number {
    if (row * 3 >= this.#rows.length) this.#addRows(row)
    const rows = this.#rows.data
    const places = this.#places
    const first = rows[row * 3]!
    const mask = rows[row * 3 + 1]!
    const key = column + 1
    for (let probe = spread(key) & mask; ; probe = (probe + 1) & mask) {
      const at = first + PLACE * probe
      const there = places[at]!
      if (there === key) return at + 1
      if (there === 0) return this.#take(row, key, at)
    }
  }

  #addRows(last: number): void {
    const rows = this.#rows
    while (rows.length <= last * 3) {
      rows.push(this.#room(FIRST))
      rows.push(FIRST - 1)
      rows.push(0)
    }
  }

  /** A place for one more column; at most three quarters of a row are taken. */
  #take(row: number, key: number, at: number): number {
    const rows = this.#rows.data
    const mask = rows[row * 3 + 1]!
    const taken = ++rows[row * 3 + 2]!
    if (taken * 4 <= (mask + 1) * 3) {
      this.#places[at] = key
      return at + 1
    }
    const before = rows[row * 3]!
    const first = this.#room((mask + 1) * 2)
    rows[row * 3] = first
    rows[row * 3 + 1] = mask * 2 + 1
    for (let old = 0; old <= mask; old++) {
      const from = before + PLACE * old
      const known = this.#places[from]!
      if (known !== 0) this.#put(first, mask * 2 + 1, known, this.#places[from + 1]!)
    }
    return this.#put(first, mask * 2 + 1, key, 0)
  }

  #put(first: number, mask: number, key: number, number: number): number {
    let probe = spread(key) & mask
    while (this.#places[first + PLACE * probe] !== 0) probe = (probe + 1) & mask
    const at = first + PLACE * probe
    this.#places[at] = key
    this.#places[at + 1] = number
    return at + 1
  }

  /** Where so many empty places begin. */
  #room(places: number): number {
    const first = this.#used
    this.#used += places * PLACE
    if (this.#used > this.#places.length) {
      const more = new Int32Array(Math.max(this.#places.length * 2, this.#used))
      more.set(this.#places)
      this.#places = more
    }
    return first
  }
}

function spread(key: number): number {
  const mixed = Math.imul(key, 0x9e3779b1)
  return mixed ^ (mixed >>> 15)
}
