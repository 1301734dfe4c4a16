/** Numbers for pairs of numbers, in open addressing: for what is asked in the innermost loops. */
export class PairTable {
  #keys = new Int32Array(2 << 10)
  #values = new Int32Array(1 << 10).fill(-1)
  #mask = (1 << 10) - 1
  #count = 0

  get size(): number {
    return this.#count
  }

  /** The number that was set for a pair, -1 if none was. */
  get(one: number, two: number): number {
    const keys = this.#keys
    const values = this.#values
    const mask = this.#mask
    for (let at = mixed(one, two) & mask; ; at = (at + 1) & mask) {
      const value = values[at]!
      if (value === -1) return -1
      if (keys[at << 1] === one && keys[(at << 1) | 1] === two) return value
    }
  }

  /** Sets the number of a pair that has none; it is not negative. */
  set(one: number, two: number, value: number): void {
    if (this.#count * 2 > this.#mask) this.#grow()
    this.#put(one, two, value)
    this.#count++
  }

  #put(one: number, two: number, value: number): void {
    const mask = this.#mask
    let at = mixed(one, two) & mask
    while (this.#values[at] !== -1) at = (at + 1) & mask
    this.#keys[at << 1] = one
    this.#keys[(at << 1) | 1] = two
    this.#values[at] = value
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values]
    const length = values.length * 2
    this.#keys = new Int32Array(length * 2)
    this.#values = new Int32Array(length).fill(-1)
    this.#mask = length - 1
    for (const [at, value] of values.entries()) {
      if (value !== -1) this.#put(keys[at << 1]!, keys[(at << 1) | 1]!, value)
    }
  }
}

function mixed(one: number, two: number): number {
  let hash = Math.imul(one ^ Math.imul(two, 0x9e3779b1), 0x85ebca77)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0xc2b2ae3d)
  return hash ^ (hash >>> 16)
}

/** Numbers for tuples of numbers of one length, in open addressing. */
export class TupleTable {
  readonly #width: number
  #keys: Int32Array
  #values = new Int32Array(1 << 8).fill(-1)
  #count = 0

  constructor(width: number) {
    this.#width = width
    this.#keys = new Int32Array(width << 8)
  }

  /** The number that was set for a tuple, -1 if none was. */
  get(tuple: Int32Array): number {
    const at = this.#place(this.#keys, this.#values, tuple, 0)
    return this.#values[at]!
  }

  /** Sets the number of a tuple that has none; it is not negative. */
  set(tuple: Int32Array, value: number): void {
    if (this.#count * 2 >= this.#values.length) this.#grow()
    const at = this.#place(this.#keys, this.#values, tuple, 0)
    this.#keys.set(tuple, at * this.#width)
    this.#values[at] = value
    this.#count++
  }

  #place(keys: Int32Array, values: Int32Array, tuple: Int32Array, offset: number): number {
    const width = this.#width
    const mask = values.length - 1
    let hash = 0x9e3779b9 | 0
    for (let part = 0; part < width; part++) {
      hash = Math.imul(hash ^ tuple[offset + part]!, 0x85ebca77)
      hash ^= hash >>> 15
    }
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      if (values[at] === -1) return at
      let part = 0
      while (part < width && keys[at * width + part] === tuple[offset + part]) part++
      if (part === width) return at
    }
  }

  #grow(): void {
    const width = this.#width
    const keys = new Int32Array(this.#keys.length * 2)
    const values = new Int32Array(this.#values.length * 2).fill(-1)
    for (const [from, value] of this.#values.entries()) {
      if (value === -1) continue
      const at = this.#place(keys, values, this.#keys, from * width)
      for (let part = 0; part < width; part++) {
        keys[at * width + part] = this.#keys[from * width + part]!
      }
      values[at] = value
    }
    this.#keys = keys
    this.#values = values
  }
}
