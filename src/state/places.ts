/** A value for each key, in a state. */
export interface MapPlace<K, T, P> {
  readonly keys: readonly K[]
  /** The value at a key; where its parts are changed one by one, the place of it. */
  get(key: K): P
  /** Writes the whole value at a key. */
  set(key: K, value: T): void
  /** Writes the same value at every key. */
  fill(value: T): void
  /** Whether this is so of every value. */
  every(holds: (value: P, key: K) => boolean): boolean
  /** Whether this is so of at least one value. */
  some(holds: (value: P, key: K) => boolean): boolean
  /** At how many keys this is so. */
  count(holds: (value: P, key: K) => boolean): number
  /** All of it as a plain value, which later changes do not touch. */
  value(): ReadonlyMap<K, T>
  /** Makes it the same as another one. */
  assign(value: ReadonlyMap<K, T> | MapPlace<K, T, unknown>): void
}

/** A set, in a state. Its members come in the order of their layout. */
export interface SetPlace<K> extends Iterable<K> {
  readonly size: number
  /** Whether it is a member. */
  has(member: K): boolean
  /** Whether all of these are members, a quorum for example. */
  hasAll(members: Iterable<K>): boolean
  /** Makes it a member; nothing happens if it is one. */
  add(member: K): void
  /** It is no member any more; nothing happens if it is none. */
  delete(member: K): void
  /** Leaves no member. */
  clear(): void
  /** Whether this is so of every member. */
  every(holds: (member: K) => boolean): boolean
  /** Whether this is so of at least one member. */
  some(holds: (member: K) => boolean): boolean
  /** Of how many members this is so. */
  count(holds: (member: K) => boolean): number
  /** All members as a plain set, which later changes do not touch. */
  value(): ReadonlySet<K>
  /** Makes these, and nothing else, its members. */
  assign(members: Iterable<K>): void
}

/** A sequence, in a state: a queue, a log, a FIFO link. Positions start at 0. */
export interface SeqPlace<T> extends Iterable<T> {
  readonly length: number
  /** As many as fit are there. */
  readonly full: boolean
  /** The value at a position, which must be there. */
  at(position: number): T
  /** The last one. The sequence may not be empty. */
  last(): T
  /** Writes the value at a position, which must be there. */
  put(position: number, value: T): void
  /** Appends a value; there must be room for it. */
  push(value: T): void
  /** Removes and answers the first one. The sequence may not be empty. */
  shift(): T
  /** Removes and answers the last one. The sequence may not be empty. */
  pop(): T
  /** Removes the one at a position. */
  remove(position: number): void
  /** Keeps the first `length`. */
  truncate(length: number): void
  /** Leaves nothing in it. */
  clear(): void
  /** Whether this is so of every value. */
  every(holds: (value: T, position: number) => boolean): boolean
  /** Whether this is so of at least one value. */
  some(holds: (value: T, position: number) => boolean): boolean
  /** All of it as a plain list, which later changes do not touch. */
  value(): readonly T[]
  /** Makes it these values in this order. */
  assign(values: Iterable<T>): void
}

/** How often each value is there, in a state. Iterates over the values that are there at all. */
export interface BagPlace<K> extends Iterable<K> {
  /** All together. */
  readonly size: number
  /** How often the value is there; 0 if it is not. */
  count(member: K): number
  /** Whether the value is there at least once. */
  has(member: K): boolean
  /** Puts in one, or so many. */
  add(member: K, times?: number): void
  /** Takes one away. It must be there. */
  remove(member: K): void
  /** Leaves nothing in it. */
  clear(): void
  /** Whether this is so of every member. */
  every(holds: (member: K, count: number) => boolean): boolean
  /** Whether this is so of at least one member. */
  some(holds: (member: K, count: number) => boolean): boolean
  /** How often each value is there, as a plain map of those that are. */
  value(): ReadonlyMap<K, number>
  /** Makes each value be there so often. */
  assign(counts: ReadonlyMap<K, number> | BagPlace<K>): void
}
