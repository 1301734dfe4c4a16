import type { Json } from '../core/json.ts'
import { Interner } from '../core/json.ts'
import { fresh } from './arrays.ts'

/** The places in the table of `null`, `false` and `true`; that of 0 is next. */
const NULL = 0
const FALSE = 1
const TRUE = 2
const ZERO = 3

/**
 * Gives equal values the same small number, in order of first appearance, as `Interner` does, but
 * looks what is mostly there up in an array: no value at all, yes and no, and whole numbers from 0
 * on, as unique values of recordings are mostly 1, 2, 3, ... A hash table is ten times slower.
 */
export class ValueNumbers {
  /** By place in the table: the value's number plus one; 0 for none so far. */
  readonly #numbers: Int32Array
  #others: Interner | undefined
  /** Numbers of `#others` are dense among themselves; this makes them dense among all. */
  readonly #renumbered: number[] = []
  #count = 0

  /** `expected`: about how many values there will be. */
  constructor(expected: number, arrays = fresh) {
    this.#numbers = arrays.ints(4 * expected + 64)
  }

  /** How many different values were numbered. */
  get count(): number {
    return this.#count
  }

  of(value: Json | undefined): number {
    const place = placeOf(value)
    if (place < 0 || place >= this.#numbers.length) return this.#other(value)
    const known = this.#numbers[place] as number
    if (known !== 0) return known - 1
    this.#numbers[place] = ++this.#count
    return this.#count - 1
  }

  #other(value: Json | undefined): number {
    this.#others ??= new Interner()
    const number = this.#others.id(value)
    if (number === this.#renumbered.length) this.#renumbered.push(this.#count++)
    return this.#renumbered[number] as number
  }
}

/** Where a value would stand in a table without end; -1 if it has no place. */
function placeOf(value: Json | undefined): number {
  if (typeof value === 'number') return value >= 0 && Number.isInteger(value) ? ZERO + value : -1
  if (value === null || value === undefined) return NULL
  if (typeof value === 'boolean') return value ? TRUE : FALSE
  return -1
}
