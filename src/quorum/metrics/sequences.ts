/** Gives equal sequences of whole numbers the same number, counted from 0. */
export class Sequences {
  #pool = new Int32Array(1 << 12)
  /** Where a sequence begins in the pool; one more entry than there are sequences. */
  #starts = new Int32Array(1 << 8)
  /** Sequence + 1 at its place, 0 where it is free. */
  #table = new Int32Array(1 << 9)
  #count = 0

  get count(): number {
    return this.#count
  }

  /** What all of it takes, in bytes. */
  get bytes(): number {
    return this.#pool.byteLength + this.#starts.byteLength + this.#table.byteLength
  }

  /** The members of a sequence. Only valid until the next one is added. */
  members(sequence: number): Int32Array {
    return this.#pool.subarray(this.#starts[sequence], this.#starts[sequence + 1])
  }

  /** The number of the sequence made of the first `length` values. */
  number(values: Int32Array, length: number): number {
    const mask = this.#table.length - 1
    let place = hash(values, length) & mask
    for (let entry = this.#table[place]!; entry !== 0; entry = this.#table[place]!) {
      if (this.#equals(entry - 1, values, length)) return entry - 1
      place = (place + 1) & mask
    }
    this.#table[place] = this.#count + 1
    this.#append(values, length)
    return this.#count - 1
  }

  #equals(sequence: number, values: Int32Array, length: number): boolean {
    const start = this.#starts[sequence]!
    if (this.#starts[sequence + 1]! - start !== length) return false
    for (let i = 0; i < length; i++) if (this.#pool[start + i] !== values[i]) return false
    return true
  }

  #append(values: Int32Array, length: number): void {
    const start = this.#starts[this.#count]!
    if (start + length > this.#pool.length) {
      this.#pool = larger(this.#pool, Math.max(2 * this.#pool.length, start + length))
    }
    for (let i = 0; i < length; i++) this.#pool[start + i] = values[i]!
    this.#count++
    if (this.#count + 1 >= this.#starts.length) {
      this.#starts = larger(this.#starts, 2 * this.#starts.length)
    }
    this.#starts[this.#count] = start + length
    if (2 * this.#count > this.#table.length) this.#grow()
  }

  #grow(): void {
    const table = new Int32Array(2 * this.#table.length)
    const mask = table.length - 1
    for (let sequence = 0; sequence < this.#count; sequence++) {
      const members = this.members(sequence)
      let place = hash(members, members.length) & mask
      while (table[place] !== 0) place = (place + 1) & mask
      table[place] = sequence + 1
    }
    this.#table = table
  }
}

/** FNV-1a over whole words, with the last step of MurmurHash3 so that the low bits are good. */
function hash(values: Int32Array, length: number): number {
  let bits = 0x811c9dc5
  for (let i = 0; i < length; i++) bits = Math.imul(bits ^ values[i]!, 0x01000193) ^ (bits >>> 15)
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  return bits ^ (bits >>> 13)
}

export function larger(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const result = new Int32Array(length)
  result.set(array)
  return result
}
