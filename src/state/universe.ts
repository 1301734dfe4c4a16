import { firstOf } from './first.ts'
import { fromJson } from './json.ts'
import type { AnyLayout } from './layout.ts'
import type { Json } from './notation.ts'
import { keyOf } from './write-json.ts'

/** So many new values are put among the others one by one; of more, all are sorted. */
const FEW = 8
/** Up to so many keys there is a table with an entry for each. */
const MOST_DIRECT = 1 << 20

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
  /**
   * One of the values and its number, put there by loops over members: what is done with a member
   * mostly asks for its number at once. Only values of the universe's own, as they cannot change.
   */
  last: unknown = {}
  lastId = -1
  /** One more than the number, by the key, where keys are small. */
  readonly #direct: Int32Array | undefined
  readonly #ids = new Map<number | string, number>()
  readonly #keys: (number | string)[] = []
  readonly #values: unknown[] = []
  /** The place of each number in the order of the keys, and the number at each place. */
  readonly #ranks: Int32Array
  readonly #atRank: Int32Array
  /** How many values have a place: they get one when an order is asked for, if ever. */
  #ranked = 0
  /** A bit for each place; all 0 between times. */
  readonly #marks: Int32Array

  constructor(layout: AnyLayout, capacity: number, seen: Iterable<unknown> = []) {
    this.layout = layout
    this.capacity = capacity
    this.values = this.#values
    this.#direct = layout.size <= MOST_DIRECT ? new Int32Array(layout.size) : undefined
    this.#ranks = new Int32Array(capacity)
    this.#atRank = new Int32Array(capacity)
    this.#marks = new Int32Array(Math.ceil(capacity / 32))
    this.learn(keyOf(layout, firstOf(layout)))
    for (const value of seen) this.idOf(value)
  }

  /** How many values have a number. */
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
    if (this.#direct !== undefined) return (this.#direct[key as number] ?? 0) - 1
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
    if (this.#direct === undefined) this.#ids.set(key, id)
    else this.#direct[key as number] = id + 1
    return id
  }

  /** The value with a number that was given out. */
  valueOf(id: number): unknown {
    return this.#values[id]
  }

  /** Sorts the first numbers into an order that does not depend on which value was seen first. */
  sort(ids: Int32Array, count: number): void {
    const marks = this.#marks
    if (this.#ranked < this.#keys.length) this.#rankNew()
    for (let index = 0; index < count; index++) {
      const rank = this.#ranks[ids[index]!]!
      marks[rank >>> 5] = marks[rank >>> 5]! | (1 << (rank & 31))
    }
    let sorted = 0
    for (let word = 0; sorted < count; word++) {
      let rest = marks[word]!
      marks[word] = 0
      while (rest !== 0) {
        ids[sorted++] = this.#atRank[(word << 5) + 31 - Math.clz32(rest & -rest)]!
        rest &= rest - 1
      }
    }
  }

  /** The numbers in that order. */
  inOrder(ids: readonly number[]): number[] {
    const sorted = Int32Array.from(ids)
    this.sort(sorted, sorted.length)
    return [...sorted]
  }

  #rankNew(): void {
    const keys = this.#keys
    const few = keys.length - this.#ranked <= FEW
    for (; few && this.#ranked < keys.length; this.#ranked++) this.#rank(this.#ranked)
    if (few) return
    this.#ranked = keys.length
    const ids = Array.from(keys.keys()).sort((one, other) => (keys[one]! < keys[other]! ? -1 : 1))
    for (const [place, id] of ids.entries()) {
      this.#atRank[place] = id
      this.#ranks[id] = place
    }
  }

  /** Puts the next number into its place in the order of the keys. */
  #rank(id: number): void {
    const key = this.#keys[id]!
    let place = id
    for (; place > 0 && this.#keys[this.#atRank[place - 1]!]! > key; place--) {
      const later = this.#atRank[place - 1]!
      this.#atRank[place] = later
      this.#ranks[later] = place
    }
    this.#atRank[place] = id
    this.#ranks[id] = place
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
