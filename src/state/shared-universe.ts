import type { AnyLayout } from './layout.ts'
import { Universe, UniverseFull } from './universe.ts'
import { roomier, Universes } from './universes.ts'
import { keyOf } from './write-json.ts'

/**
 * Memory in which threads keep one universe together, so that a value has the same number in all of
 * them. It may be posted to workers as it is.
 */
export interface SharedRoom {
  /** How many values there is room for. */
  readonly capacity: number
  /**
   * Words: a lock, how many values there are, and for each the end of its key; then the keys as
   * JSON in UTF-8, one after the other.
   */
  readonly buffer: SharedArrayBuffer
}

const LOCK = 0
const COUNT = 1
const ENDS = 2
/** Bytes that a key may have on average. */
const KEY_BYTES = 64

function emptyRoom(capacity: number, bytes: number): SharedRoom {
  return { capacity, buffer: new SharedArrayBuffer(4 * (ENDS + capacity) + bytes) }
}

/** Shared memory for each of some universes, with what was seen in them so far. */
export function sharedRooms(universes: Universes): readonly SharedRoom[] {
  return universes.all.map((universe) => {
    const { layout, capacity, values } = universe
    const keys = values.map((value) => JSON.stringify(keyOf(layout, value)))
    const used = new TextEncoder().encode(keys.join('')).length
    const room = emptyRoom(capacity, used + capacity * KEY_BYTES)
    const shared = new SharedUniverse(layout, room)
    for (const value of values) shared.idOf(value)
    return room
  })
}

/** The same rooms, one of them larger; what was seen stays known by its number. */
export function withMoreRoom(rooms: readonly SharedRoom[], full: number): readonly SharedRoom[] {
  return rooms.map((room, index) => {
    if (index !== full) return room
    const words = new Int32Array(room.buffer, 0, ENDS + room.capacity)
    const capacity = roomier(room.capacity)
    const before = new Uint8Array(room.buffer, 4 * words.length)
    const larger = emptyRoom(capacity, 2 * before.length + (capacity - room.capacity) * KEY_BYTES)
    new Int32Array(larger.buffer, 0, words.length).set(words)
    new Uint8Array(larger.buffer, 4 * (ENDS + capacity)).set(before)
    return larger
  })
}

/** Universes in shared memory: one room each, in the order in which the variables need them. */
export class SharedUniverses extends Universes {
  readonly #rooms: readonly SharedRoom[]

  constructor(rooms: readonly SharedRoom[]) {
    super()
    this.#rooms = rooms
  }

  protected override make(layout: AnyLayout, place: number): Universe {
    const room = this.#rooms[place]
    if (room === undefined) throw new RangeError('there are rooms for fewer universes')
    return new SharedUniverse(layout, room)
  }

  override withRoom(full: Universe): Universes {
    const next = new SharedUniverses(withMoreRoom(this.#rooms, this.all.indexOf(full)))
    for (const { layout } of this.all) next.of(layout)
    return next
  }
}

/** A universe of which each thread has a copy, and catches up when it misses something. */
export class SharedUniverse extends Universe {
  readonly #words: Int32Array
  readonly #bytes: Uint8Array

  constructor(layout: AnyLayout, room: SharedRoom) {
    super(layout, room.capacity)
    this.#words = new Int32Array(room.buffer, 0, ENDS + room.capacity)
    this.#bytes = new Uint8Array(room.buffer, 4 * this.#words.length)
    // Number 0 is the first value of the layout, which everybody knows and whose key is not kept.
    Atomics.compareExchange(this.#words, COUNT, 0, 1)
    this.#catchUp()
  }

  override find(key: number | string): number {
    const known = super.find(key)
    if (known >= 0 || !this.#catchUp()) return known
    return super.find(key)
  }

  override valueOf(id: number): unknown {
    if (id >= this.count) this.#catchUp()
    return super.valueOf(id)
  }

  override sort(ids: Int32Array, count: number): void {
    this.#catchUp()
    super.sort(ids, count)
  }

  protected override add(key: number | string): number {
    while (Atomics.compareExchange(this.#words, LOCK, 0, 1) !== 0)
      Atomics.wait(this.#words, LOCK, 1, 1)
    try {
      this.#catchUp()
      const known = super.find(key)
      return known >= 0 ? known : this.#publish(key)
    } finally {
      Atomics.store(this.#words, LOCK, 0)
      Atomics.notify(this.#words, LOCK, 1)
    }
  }

  /** Writes a key behind the others. Whoever sees the new count sees the key. */
  #publish(key: number | string): number {
    const id = this.count
    const text = new TextEncoder().encode(JSON.stringify(key))
    const from = this.#words[ENDS + id - 1]!
    if (id >= this.capacity || from + text.length > this.#bytes.length) throw new UniverseFull(this)
    this.#bytes.set(text, from)
    this.#words[ENDS + id] = from + text.length
    Atomics.store(this.#words, COUNT, id + 1)
    return this.learn(key)
  }

  /** Learns what other threads have seen; answers whether there was anything. */
  #catchUp(): boolean {
    const from = this.count
    const count = Atomics.load(this.#words, COUNT)
    for (let id = from; id < count; id++) {
      const bytes = this.#bytes.slice(this.#words[ENDS + id - 1], this.#words[ENDS + id])
      this.learn(JSON.parse(new TextDecoder().decode(bytes)) as number | string)
    }
    return count > from
  }
}
