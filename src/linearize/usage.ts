import type { Meter } from '../core/budget.ts'
import type { Arrays } from './arrays.ts'
import { IntList } from './int-list.ts'

/**
 * How many of the crashed operations of each class an attempt has used: interned vectors of counts.
 * Crashed operations with the same name and argument are interchangeable, so counts are enough.
 */
export class Usages {
  readonly #classes: number
  /** `#classes` counts for each usage, then their sum. */
  readonly #counts: IntList
  /** Chains of usages with the same hash, and their heads. */
  #heads: Int32Array
  readonly #chain: IntList
  readonly #scratch: Int32Array

  constructor(classes: number, meter: Meter, arrays: Arrays) {
    this.#classes = classes
    this.#counts = new IntList(meter, Math.max(64, classes + 1), arrays)
    this.#chain = new IntList(meter, 64, arrays)
    this.#heads = arrays.ints(64).fill(-1)
    this.#scratch = arrays.ints(classes + 1)
    this.#intern()
  }

  /** The usage in which nothing is used. */
  readonly none = 0

  count(usage: number, classId: number): number {
    return this.#counts.items[usage * (this.#classes + 1) + classId]!
  }

  /** The usage with one more of a class; -1 when the budget of memory is used up. */
  plus(usage: number, classId: number): number {
    const width = this.#classes + 1
    const from = usage * width
    for (let c = 0; c < width; c++) this.#scratch[c] = this.#counts.items[from + c]!
    this.#scratch[classId]!++
    this.#scratch[width - 1]!++
    return this.#intern()
  }

  /** True if `a` uses at most as many of every class as `b`: then `a` can do all that `b` can. */
  dominates(a: number, b: number): boolean {
    if (a === b) return true
    const width = this.#classes + 1
    const items = this.#counts.items
    const left = a * width
    const right = b * width
    if (items[left + width - 1]! > items[right + width - 1]!) return false
    for (let c = 0; c < width; c++) if (items[left + c]! > items[right + c]!) return false
    return true
  }

  /** The usage in `#scratch`, a new one if it was never seen. */
  #intern(): number {
    const width = this.#classes + 1
    if (this.#chain.length >= this.#heads.length) this.#growHeads()
    const bucket = this.#bucket(this.#scratch, 0)
    for (let id = this.#heads[bucket]!; id !== -1; id = this.#chain.items[id]!) {
      if (this.#isScratch(id)) return id
    }
    if (!this.#counts.reserve(width) || !this.#chain.reserve(1)) return -1
    const id = this.#chain.length++
    this.#counts.items.set(this.#scratch, id * width)
    this.#counts.length += width
    this.#chain.items[id] = this.#heads[bucket]!
    this.#heads[bucket] = id
    return id
  }

  #bucket(counts: Int32Array, start: number): number {
    let hash = 0
    for (let c = 0; c <= this.#classes; c++) {
      hash = Math.imul(hash ^ counts[start + c]!, 0x01000193) + c
    }
    return (hash ^ (hash >>> 15)) & (this.#heads.length - 1)
  }

  #growHeads(): void {
    this.#heads = new Int32Array(this.#heads.length * 4).fill(-1)
    for (let id = 0; id < this.#chain.length; id++) {
      const bucket = this.#bucket(this.#counts.items, id * (this.#classes + 1))
      this.#chain.items[id] = this.#heads[bucket]!
      this.#heads[bucket] = id
    }
  }

  #isScratch(id: number): boolean {
    const width = this.#classes + 1
    const items = this.#counts.items
    for (let c = 0, at = id * width; c < width; c++, at++) {
      if (items[at] !== this.#scratch[c]) return false
    }
    return true
  }
}
