/** A growing set of integers that knows the neighbours of each, as bits under bits under bits. */
export class GapSet {
  readonly #levels: Int32Array[] = []

  /** Holds numbers from 0 to `last`. */
  constructor(last: number) {
    for (let size = (last >> 5) + 1; ; size = ((size - 1) >> 5) + 1) {
      this.#levels.push(new Int32Array(size))
      if (size === 1) return
    }
  }

  add(gap: number): void {
    let at = gap
    for (const level of this.#levels) {
      const before = level[at >> 5]!
      level[at >> 5] = before | (1 << (at & 31))
      if (before !== 0) return
      at >>= 5
    }
  }

  /** The largest number up to `gap`, or -1. */
  atMost(gap: number): number {
    let at = gap
    for (let depth = 0; depth < this.#levels.length; depth++) {
      const bits = this.#levels[depth]![at >> 5]! & (-1 >>> (31 - (at & 31)))
      if (bits !== 0) return this.#down(depth, (at & ~31) | (31 - Math.clz32(bits)), true)
      at = (at >> 5) - 1
      if (at < 0) return -1
    }
    return -1
  }

  /** The smallest number from `gap` on, or -1. */
  atLeast(gap: number): number {
    let at = gap
    for (let depth = 0; depth < this.#levels.length; depth++) {
      const level = this.#levels[depth]!
      if (at >> 5 >= level.length) return -1
      const bits = level[at >> 5]! & (-1 << (at & 31))
      if (bits !== 0) return this.#down(depth, (at & ~31) | lowest(bits), false)
      at = (at >> 5) + 1
    }
    return -1
  }

  #down(depth: number, start: number, last: boolean): number {
    let at = start
    for (let below = depth - 1; below >= 0; below--) {
      const bits = this.#levels[below]![at]!
      at = (at << 5) | (last ? 31 - Math.clz32(bits) : lowest(bits))
    }
    return at
  }
}

function lowest(bits: number): number {
  return 31 - Math.clz32(bits & -bits)
}
