import type { Json } from '../core/json.ts'
import { Interner } from '../core/json.ts'
import { fresh } from './arrays.ts'

/**
 * Gives equal values the same small number, as `Interner` does, but looks small whole numbers up
 * in an array: unique values of recordings are mostly 1, 2, 3, ..., and a hash table is ten times
 * slower.
 */
export interface ValueNumbers {
  of(value: Json | undefined): number
  /** How many different values were numbered. */
  count(): number
}

type Pair = readonly [Json, Json]

/** So many numbers squared are still a small integer. */
const PAIRED = 2 ** 15

function isPair(value: Json | undefined): value is Pair {
  return Array.isArray(value) && value.length === 2
}

function isPlain(value: Json): boolean {
  return value === null || typeof value !== 'object'
}

/** `expected`: about how many values there will be. */
export function valueNumbers(expected: number, arrays = fresh): ValueNumbers {
  const limit = 4 * expected + 64
  const direct = arrays.ints(limit)
  const others = new Interner()
  /** Numbers of `others` are dense among themselves; this makes them dense among all. */
  const renumbered: number[] = []
  let next = 0

  // Pairs, as a compare-and-set has them, are known by the numbers of their parts.
  const pairs = new Map<number, number>()
  let parts: ValueNumbers | undefined
  const pairOf = ([left, right]: Pair): number => {
    if (!isPlain(left) || !isPlain(right)) return -1
    parts ??= valueNumbers(expected, arrays)
    const [a, b] = [parts.of(left), parts.of(right)]
    return a < PAIRED && b < PAIRED ? a * PAIRED + b : -1
  }

  const of = (value: Json | undefined): number => {
    if (typeof value === 'number' && value >= 0 && value < limit && Number.isInteger(value)) {
      const known = direct[value] as number
      if (known !== 0) return known - 1
      direct[value] = ++next
      return next - 1
    }
    const pair = isPair(value) ? pairOf(value) : -1
    if (pair !== -1) {
      const known = pairs.get(pair)
      if (known !== undefined) return known
      pairs.set(pair, next)
      return next++
    }
    const other = others.id(value)
    if (other === renumbered.length) renumbered.push(next++)
    return renumbered[other] as number
  }
  return { of, count: () => next }
}
