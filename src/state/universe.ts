import type { AnyLayout } from './layout.ts'
import { MOST_CODES } from './layout.ts'

/**
 * The values of a layout that were seen so far, numbered in the order of their first sight: how
 * values are kept of which there are too many to number them all in advance.
 */
export class Universe {
  readonly layout: AnyLayout
  /** How many values there is room for in a packed state. */
  readonly capacity: number
  readonly #ids = new Map<number | string, number>()
  readonly #keys: (number | string)[] = []
  readonly #values: unknown[] = []

  constructor(layout: AnyLayout, capacity: number, seen: Iterable<unknown> = []) {
    this.layout = layout
    this.capacity = capacity
    for (const value of seen) this.idOf(value)
  }

  get count(): number {
    return this.#values.length
  }

  get values(): readonly unknown[] {
    return this.#values
  }

  /** The number of a value, a new one if it was never seen. Throws `UniverseFull`. */
  idOf(value: unknown): number {
    const known = this.numberOf(value)
    if (known >= 0) return known
    const id = this.#values.length
    if (id >= this.capacity) throw new UniverseFull(this, value)
    const key = this.#keyOf(value)
    this.#ids.set(key, id)
    this.#keys.push(key)
    // What is kept is the layout's own object, so that nobody can change it afterwards.
    this.#values.push(typeof key === 'number' ? this.layout.decode(key) : JSON.parse(key))
    return id
  }

  /** The number of a value, -1 if it was never seen. */
  numberOf(value: unknown): number {
    return this.#ids.get(this.#keyOf(value)) ?? -1
  }

  valueOf(id: number): unknown {
    return this.#values[id]
  }

  /** An order that does not depend on which value was seen first. */
  before(one: number, other: number): boolean {
    return (this.#keys[one] ?? 0) < (this.#keys[other] ?? 0)
  }

  #keyOf(value: unknown): number | string {
    return this.layout.size <= MOST_CODES
      ? this.layout.encode(value)
      : JSON.stringify(value, inOrder)
  }
}

/** There is no room for one more value: the layout must be planned again with more. */
export class UniverseFull extends Error {
  readonly universe: Universe
  readonly value: unknown

  constructor(universe: Universe, value: unknown) {
    super(`more than ${String(universe.capacity)} different values`)
    this.name = 'UniverseFull'
    this.universe = universe
    this.value = value
  }
}

/** Objects with their keys in alphabetical order, so that equal values have one text. */
function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const names = Object.keys(value).sort()
  return Object.fromEntries(names.map((name) => [name, (value as Record<string, unknown>)[name]]))
}
