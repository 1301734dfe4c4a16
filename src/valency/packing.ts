const HALF = 0xffff

/**
 * Rows of numbers as a fixed number of words, two numbers a word as long as they are small. Rows
 * that are shorter are filled up; the numbers after the first `processes` count from 1.
 */
export class Packing {
  readonly processes: number
  readonly words: number
  readonly halves: boolean
  readonly #room: number

  constructor(processes: number, room: number, halves: boolean) {
    this.processes = processes
    this.halves = halves
    this.words = halves ? (room + 1) >> 1 : room
    this.#room = halves ? this.words * 2 : room
  }

  /** Whether a row can be packed; the next packing has more room. */
  fits(row: Int32Array, size: number): boolean {
    if (size > this.#room) return false
    if (!this.halves) return true
    for (let at = 0; at < size; at++) if (row[at]! >= HALF) return false
    return true
  }

  wider(row: Int32Array, size: number): Packing {
    let room = this.#room
    while (room < size) room += 4
    const halves = this.halves && row.subarray(0, size).every((number) => number < HALF)
    return new Packing(this.processes, room, halves)
  }

  pack(row: Int32Array, size: number, words: Int32Array): void {
    const { processes } = this
    if (!this.halves) {
      for (let at = 0; at < this.words; at++)
        words[at] = at < processes ? row[at]! : at < size ? row[at]! + 1 : 0
      return
    }
    for (let word = 0, at = 0; word < this.words; word++, at += 2) {
      const low = at < processes ? row[at]! : at < size ? row[at]! + 1 : 0
      const next = at + 1
      const high = next < processes ? row[next]! : next < size ? row[next]! + 1 : 0
      words[word] = low | (high << 16)
    }
  }

  /** Answers the size of the row, which must have room for `most` numbers. */
  unpack(words: Int32Array, offset: number, row: Int32Array): number {
    const { processes } = this
    let size = 0
    for (let word = 0; word < this.words; word++) {
      const packed = words[offset + word]!
      if (!this.halves) {
        if (size >= processes && packed === 0) return size
        row[size] = size < processes ? packed : packed - 1
        size++
        continue
      }
      for (let half = 0; half < 2; half++) {
        const number = half === 0 ? packed & HALF : packed >>> 16
        if (size >= processes && number === 0) return size
        row[size] = size < processes ? number : number - 1
        size++
      }
    }
    return size
  }

  get most(): number {
    return this.#room
  }
}
