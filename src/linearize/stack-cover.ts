/** Larger than any count, also after a million subtractions. */
const REPORTED = 1 << 30

/**
 * How many values cover each gap, when values are taken away one by one. Each gap is reported once:
 * when only one value still covers it. A tree of minima whose subtractions stay where they apply.
 */
export class Cover {
  readonly #size: number
  readonly #least: Int32Array
  readonly #pending: Int32Array
  /**
   * Fenwick tree of the sums of the (number + 1) of the values that cover a gap: names a single
   * one.
   */
  readonly #names: Float64Array

  /**
   * `counts` by gap; the gaps covered at most once count as reported. Value `v` covers `into[v] ..
   * out[v] - 1`.
   */
  constructor(counts: Int32Array, into: Int32Array, out: Int32Array) {
    let size = 1
    while (size < counts.length) size *= 2
    this.#size = size
    this.#least = new Int32Array(2 * size).fill(REPORTED)
    this.#pending = new Int32Array(size)
    for (let gap = 0; gap < counts.length; gap++) {
      if (counts[gap]! > 1) this.#least[size + gap] = counts[gap]!
    }
    for (let at = size - 1; at > 0; at--) this.#renew(at)

    const names = new Float64Array(counts.length + 2)
    for (let v = 0; v < into.length; v++) {
      if (into[v]! >= out[v]!) continue
      names[into[v]! + 1]! += v + 1
      names[out[v]! + 1]! -= v + 1
    }
    for (let at = 1; at < names.length; at++) {
      const above = at + (at & -at)
      if (above < names.length) names[above]! += names[at]!
    }
    this.#names = names
  }

  /** The value that covers a gap, if exactly one does. */
  owner(gap: number): number {
    let sum = 0
    for (let at = gap + 1; at > 0; at -= at & -at) sum += this.#names[at]!
    return sum - 1
  }

  /** Value `v` no longer covers the gaps `low .. high - 1`. */
  takeAway(v: number, low: number, high: number): void {
    this.#name(low, -(v + 1))
    this.#name(high, v + 1)
    const left = low + this.#size
    const right = high + this.#size
    for (let l = left, r = right; l < r; l >>= 1, r >>= 1) {
      if ((l & 1) === 1) this.#subtract(l++)
      if ((r & 1) === 1) this.#subtract(--r)
    }
    for (let at = left >> 1; at > 0; at >>= 1) this.#renew(at)
    for (let at = (right - 1) >> 1; at > 0; at >>= 1) this.#renew(at)
  }

  /** A gap that only one value covers and that was not yet reported, or -1. */
  report(): number {
    const least = this.#least
    if (least[1]! > 1) return -1
    let at = 1
    while (at < this.#size) {
      at *= 2
      if (least[at + 1]! < least[at]!) at++
    }
    const gap = at - this.#size
    least[at] = REPORTED
    for (at >>= 1; at > 0; at >>= 1) this.#renew(at)
    return gap
  }

  #subtract(at: number): void {
    this.#least[at]!--
    if (at < this.#size) this.#pending[at]!--
  }

  #renew(at: number): void {
    const least = this.#least
    const left = least[2 * at]!
    const right = least[2 * at + 1]!
    least[at] = (left < right ? left : right) + this.#pending[at]!
  }

  #name(start: number, change: number): void {
    for (let at = start + 1; at < this.#names.length; at += at & -at) this.#names[at]! += change
  }
}
