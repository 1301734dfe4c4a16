import type { Json } from '../core/json.ts'
import { Interner } from '../core/json.ts'

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

/** `expected`: about how many values there will be. */
export function valueNumbers(expected: number): ValueNumbers {
  const limit = 4 * expected + 64
  const direct = new Int32Array(limit)
  const others = new Interner()
  /** Numbers of `others` are dense among themselves; this makes them dense among all. */
  const renumbered: number[] = []
  let next = 0

  const of = (value: Json | undefined): number => {
    if (typeof value === 'number' && value >= 0 && value < limit && Number.isInteger(value)) {
      const known = direct[value] as number
      if (known !== 0) return known - 1
      direct[value] = ++next
      return next - 1
    }
    const other = others.id(value)
    if (other === renumbered.length) renumbered.push(next++)
    return renumbered[other] as number
  }
  return { of, count: () => next }
}
