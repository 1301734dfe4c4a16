const NEVER = 0x7fffffff

/**
 * Intervals, of which those that contain a point are taken out, each once: a tree of the lowest
 * left end over the intervals, which are numbered so that the right ends rise within each group.
 */
export class Stab {
  readonly #size: number
  readonly #lowest: Int32Array

  constructor(lows: Int32Array) {
    let size = 1
    while (size < lows.length) size *= 2
    this.#size = size
    this.#lowest = new Int32Array(2 * size).fill(NEVER)
    this.#lowest.set(lows, size)
    for (let at = size - 1; at > 0; at--) {
      this.#lowest[at] = Math.min(this.#lowest[2 * at]!, this.#lowest[2 * at + 1]!)
    }
  }

  /**
   * The first interval from number `start` on, and before `end`, that begins at `point` or earlier;
   * or -1.
   */
  first(start: number, end: number, point: number): number {
    const lowest = this.#lowest
    if (start >= end) return -1
    let at = start + this.#size
    while (lowest[at]! > point) {
      while ((at & 1) === 1) at >>= 1
      if (at === 0) return -1
      at++
    }
    while (at < this.#size) {
      at *= 2
      if (lowest[at]! > point) at++
    }
    const found = at - this.#size
    return found < end ? found : -1
  }

  remove(interval: number): void {
    const lowest = this.#lowest
    let at = interval + this.#size
    lowest[at] = NEVER
    for (at >>= 1; at > 0; at >>= 1) {
      const low = Math.min(lowest[2 * at]!, lowest[2 * at + 1]!)
      if (lowest[at] === low) return
      lowest[at] = low
    }
  }
}

/** The first number in `from .. to - 1` whose (rising) key is at least `key`. */
export function lowerBound(keys: Int32Array, key: number, from: number, to: number): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >> 1
    if (keys[middle]! < key) low = middle + 1
    else high = middle
  }
  return low
}
