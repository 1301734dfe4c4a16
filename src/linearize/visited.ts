import type { Meter } from '../core/budget.ts'
import type { Arrays } from './arrays.ts'
import { IntList } from './int-list.ts'
import type { Usages } from './usage.ts'

/** What came of showing a configuration to `Visited.add`. */
export const SEEN = 0
export const NEW = 1
export const NO_ROOM = 2

/**
 * The configurations that a search has been in: an exact hash set of rows of integers, each with
 * the least usages it was reached with. A configuration whose usage is dominated counts as seen.
 */
export class Visited {
  readonly #width: number
  readonly #usages: Usages
  readonly #meter: Meter
  readonly #arrays: Arrays
  /** Rows of `#width` integers, then the head of the row's list of usages. */
  readonly #rows: IntList
  /** Pairs: a usage, and the position of the next pair or -1. */
  readonly #lists: IntList
  /** Row numbers plus one, by hash; 0 is free. */
  #slots: Int32Array
  #count = 0
  #reserved = 0

  constructor(width: number, usages: Usages, meter: Meter, arrays: Arrays) {
    this.#width = width
    this.#usages = usages
    this.#meter = meter
    this.#arrays = arrays
    this.#rows = new IntList(meter, 256, arrays)
    this.#lists = new IntList(meter, 256, arrays)
    this.#slots = arrays.ints(256)
  }

  /** How many different rows there are. */
  get size(): number {
    return this.#count
  }

  /** Adds the row that stands in `row` from 0 on, reached with a usage. */
  add(row: Int32Array, usage: number): typeof SEEN | typeof NEW | typeof NO_ROOM {
    const width = this.#width
    const mask = this.#slots.length - 1
    let at = hashOf(row, width) & mask
    for (; this.#slots[at] !== 0; at = (at + 1) & mask) {
      const start = (this.#slots[at]! - 1) * (width + 1)
      if (this.#isAt(start, row)) return this.#addUsage(start + width, usage)
    }
    if (!this.#rows.reserve(width + 1) || !this.#lists.reserve(2)) return NO_ROOM
    const start = this.#rows.length
    const items = this.#rows.items
    for (let i = 0; i < width; i++) items[start + i] = row[i]!
    items[start + width] = -1
    this.#rows.length += width + 1
    this.#slots[at] = ++this.#count
    this.#addUsage(start + width, usage)
    return this.#count * 2 < this.#slots.length || this.#grow() ? NEW : NO_ROOM
  }

  #isAt(start: number, row: Int32Array): boolean {
    const items = this.#rows.items
    for (let i = 0; i < this.#width; i++) if (items[start + i] !== row[i]) return false
    return true
  }

  #addUsage(headAt: number, usage: number): typeof SEEN | typeof NEW | typeof NO_ROOM {
    const head = this.#rows.items[headAt]!
    for (let at = head; at !== -1; at = this.#lists.items[at + 1]!) {
      if (this.#usages.dominates(this.#lists.items[at]!, usage)) return SEEN
    }
    if (!this.#lists.reserve(2)) return NO_ROOM
    const at = this.#lists.length
    this.#lists.items[at] = usage
    this.#lists.items[at + 1] = head
    this.#lists.length += 2
    this.#rows.items[headAt] = at
    return NEW
  }

  #grow(): boolean {
    const size = this.#slots.length * 2
    if (!this.#meter.reserve(size * 4)) return false
    this.#meter.release(this.#reserved)
    this.#reserved = size * 4
    const width = this.#width
    const slots = this.#arrays.ints(size)
    for (let id = 0; id < this.#count; id++) {
      const start = id * (width + 1)
      let at = hashOf(this.#rows.items.subarray(start, start + width), width) & (size - 1)
      while (slots[at] !== 0) at = (at + 1) & (size - 1)
      slots[at] = id + 1
    }
    this.#slots = slots
    return true
  }
}

function hashOf(row: Int32Array, width: number): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < width; i++) {
    hash = Math.imul(hash ^ row[i]!, 0x9e3779b1)
    hash ^= hash >>> 15
  }
  return hash >>> 3
}
