/** A value for each key, in a state. */
export interface MapPlace<K, T, P> {
  readonly keys: readonly K[]
  /** The value at a key; where its parts are changed one by one, the place of it. */
  get(key: K): P
  /** Writes the whole value at a key. */
  set(key: K, value: T): void
  /** Writes the same value at every key. */
  fill(value: T): void
  every(holds: (value: P, key: K) => boolean): boolean
  some(holds: (value: P, key: K) => boolean): boolean
  count(holds: (value: P, key: K) => boolean): number
  value(): ReadonlyMap<K, T>
  assign(value: ReadonlyMap<K, T> | MapPlace<K, T, unknown>): void
}

/** A set, in a state. Its members come in the order of their layout. */
export interface SetPlace<K> extends Iterable<K> {
  readonly size: number
  has(member: K): boolean
  /** Whether all of these are members, a quorum for example. */
  hasAll(members: Iterable<K>): boolean
  add(member: K): void
  delete(member: K): void
  clear(): void
  every(holds: (member: K) => boolean): boolean
  some(holds: (member: K) => boolean): boolean
  count(holds: (member: K) => boolean): number
  value(): ReadonlySet<K>
  assign(members: Iterable<K>): void
}

/** A sequence, in a state: a queue, a log, a FIFO link. Positions start at 0. */
export interface SeqPlace<T> extends Iterable<T> {
  readonly length: number
  /** As many as fit are there. */
  readonly full: boolean
  at(position: number): T
  /** The last one. The sequence may not be empty. */
  last(): T
  put(position: number, value: T): void
  push(value: T): void
  /** Removes and answers the first one. The sequence may not be empty. */
  shift(): T
  pop(): T
  /** Removes the one at a position. */
  remove(position: number): void
  /** Keeps the first `length`. */
  truncate(length: number): void
  clear(): void
  every(holds: (value: T, position: number) => boolean): boolean
  some(holds: (value: T, position: number) => boolean): boolean
  value(): readonly T[]
  assign(values: Iterable<T>): void
}

/** How often each value is there, in a state. Iterates over the values that are there at all. */
export interface BagPlace<K> extends Iterable<K> {
  /** All together. */
  readonly size: number
  count(member: K): number
  has(member: K): boolean
  /** Puts in one, or so many. */
  add(member: K, times?: number): void
  /** Takes one away. It must be there. */
  remove(member: K): void
  clear(): void
  every(holds: (member: K, count: number) => boolean): boolean
  some(holds: (member: K, count: number) => boolean): boolean
  value(): ReadonlyMap<K, number>
  assign(counts: ReadonlyMap<K, number> | BagPlace<K>): void
}
