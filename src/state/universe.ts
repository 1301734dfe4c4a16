import { firstOf } from './first.ts'
import { fromJson } from './json.ts'
import type { AnyLayout } from './layout.ts'
import type { Json } from './notation.ts'
import { keyOf } from './write-json.ts'

/**
 * The values of a layout that were seen so far, numbered in the order of their first sight: how
 * values are kept of which there are too many to number them all in advance. Number 0 is the first
 * value of the layout, where variables start.
 */
export class Universe {
  readonly layout: AnyLayout
  /** How many values there is room for in a packed state. */
  readonly capacity: number
  /** The values by their numbers. */
  readonly values: readonly unknown[]
  readonly #ids = new Map<number | string, number>()
  readonly #keys: (number | string)[] = []
  readonly #values: unknown[] = []

  constructor(layout: AnyLayout, capacity: number, seen: Iterable<unknown> = []) {
    this.layout = layout
    this.capacity = capacity
    this.values = this.#values
    this.learn(keyOf(layout, firstOf(layout)))
    for (const value of seen) this.idOf(value)
  }

  get count(): number {
    return this.#values.length
  }

  /** The number of a value, a new one if it was never seen. Throws `UniverseFull`. */
  idOf(value: unknown): number {
    const key = keyOf(this.layout, value)
    const known = this.find(key)
    return known < 0 ? this.add(key) : known
  }

  /** The number of a value, -1 if it was never seen. */
  numberOf(value: unknown): number {
    return this.find(keyOf(this.layout, value))
  }

  /** The number of the value with a key, -1 if it was never seen. */
  find(key: number | string): number {
    return this.#ids.get(key) ?? -1
  }

  /** Numbers a value that is new. */
  protected add(key: number | string): number {
    const id = this.#values.length
    if (id >= this.capacity) throw new UniverseFull(this)
    return this.learn(key)
  }

  /** Takes the next number for a value. */
  protected learn(key: number | string): number {
    const id = this.#values.push(valueOfKey(this.layout, key)) - 1
    this.#keys.push(key)
    this.#ids.set(key, id)
    return id
  }

  /** The value with a number that was given out. */
  valueOf(id: number): unknown {
    return this.#values[id]
  }

  /** Sorts numbers into an order that does not depend on which value was seen first. */
  sort(ids: number[]): number[] {
    const keys = this.#keys
    for (let from = 1; from < ids.length; from++) {
      const id = ids[from]!
      const key = keys[id]!
      let to = from
      for (; to > 0 && keys[ids[to - 1]!]! > key; to--) ids[to] = ids[to - 1]!
      ids[to] = id
    }
    return ids
  }
}

function valueOfKey(layout: AnyLayout, key: number | string): unknown {
  return typeof key === 'number' ? layout.decode(key) : fromJson(layout, JSON.parse(key) as Json)
}

/** There is no room for one more value: the layout must be planned again with more. */
export class UniverseFull extends Error {
  readonly universe: Universe

  constructor(universe: Universe) {
    super(`more than ${universe.capacity} different values`)
    this.name = 'UniverseFull'
    this.universe = universe
  }
}
