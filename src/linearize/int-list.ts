import type { Meter } from '../core/budget.ts'
import type { Arrays } from './arrays.ts'
import { fresh } from './arrays.ts'

/**
 * A list of 32-bit integers that grows by doubling, and only as far as the meter allows. Hot loops
 * read `items` directly; it is another array after `reserve`.
 */
export class IntList {
  items: Int32Array
  length = 0
  readonly #meter: Meter
  readonly #arrays: Arrays
  #reserved = 0

  constructor(meter: Meter, capacity = 256, arrays = fresh) {
    this.#meter = meter
    this.#arrays = arrays
    this.items = arrays.ints(capacity)
  }

  /** Makes room for `count` more items. False, and nothing changes, when the budget is used up. */
  reserve(count: number): boolean {
    const needed = this.length + count
    if (needed <= this.items.length) return true
    let capacity = this.items.length * 2
    while (capacity < needed) capacity *= 2
    if (!this.#meter.reserve(capacity * 4)) return false
    this.#meter.release(this.#reserved)
    this.#reserved = capacity * 4
    const grown = this.#arrays.ints(capacity)
    grown.set(this.items)
    this.items = grown
    return true
  }

  /** Gives the memory back; the list is empty afterwards. */
  free(): void {
    this.#meter.release(this.#reserved)
    this.#reserved = 0
    this.items = new Int32Array(0)
    this.length = 0
  }
}
