import type { Meter } from '../core/budget.ts'
import { IntList } from './int-list.ts'

/** An exact set of rows of integers, all of one width. */
export class RowSet {
  readonly #width: number
  readonly #meter: Meter
  readonly #rows: IntList
  /** Row numbers plus one, by hash; 0 is free. */
  #slots = new Int32Array(256)
  #count = 0
  #reserved = 0

  constructor(width: number, meter: Meter) {
    this.#width = width
    this.#meter = meter
    this.#rows = new IntList(meter)
  }

  /** Adds a copy of a row: `bound` if the budget has no room for it. */
  add(row: Int32Array): 'new' | 'old' | 'bound' {
    const width = this.#width
    const mask = this.#slots.length - 1
    let at = hashOf(row, 0, width) & mask
    for (; this.#slots[at] !== 0; at = (at + 1) & mask) {
      if (this.#isAt((this.#slots[at]! - 1) * width, row)) return 'old'
    }
    if (!this.#rows.reserve(width)) return 'bound'
    this.#rows.items.set(row, this.#rows.length)
    this.#rows.length += width
    this.#slots[at] = ++this.#count
    return this.#count * 2 < this.#slots.length || this.#grow() ? 'new' : 'bound'
  }

  free(): void {
    this.#rows.free()
    this.#meter.release(this.#reserved)
    this.#reserved = 0
  }

  #isAt(start: number, row: Int32Array): boolean {
    const items = this.#rows.items
    for (let i = 0; i < this.#width; i++) if (items[start + i] !== row[i]) return false
    return true
  }

  #grow(): boolean {
    const size = this.#slots.length * 2
    if (!this.#meter.reserve(size * 4)) return false
    this.#meter.release(this.#reserved)
    this.#reserved = size * 4
    this.#slots = new Int32Array(size)
    const items = this.#rows.items
    for (let id = 0; id < this.#count; id++) {
      let at = hashOf(items, id * this.#width, this.#width) & (size - 1)
      while (this.#slots[at] !== 0) at = (at + 1) & (size - 1)
      this.#slots[at] = id + 1
    }
    return true
  }
}

function hashOf(items: Int32Array, start: number, width: number): number {
  let hash = 0x811c9dc5
  for (let i = start; i < start + width; i++) {
    hash = Math.imul(hash ^ items[i]!, 0x9e3779b1)
    hash ^= hash >>> 15
  }
  return hash >>> 3
}
