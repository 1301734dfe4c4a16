import type { Rational } from '../rational.ts'

/**
 * In how many ways something fails, and in how many anything happens at all, as whole numbers:
 * what is down in `failing` of `all` ways is down with the probability failing / all. With other
 * numbers the same sums count live sets by size.
 */
export interface Ways {
  readonly failing: bigint
  readonly all: bigint
}

export function waysOf({ numerator, denominator }: Rational): Ways {
  return { failing: numerator, all: denominator }
}

/**
 * Of the ways of a node being alive, those of a set of k live nodes stand at the k-th place of this
 * size: enough for all the sets of n nodes (Kronecker's substitution).
 */
export function countingWays(size: number): Ways {
  return { failing: 1n, all: 1n + (1n << BigInt(size + 1)) }
}

/** Reads the places again: how many failing sets have 0, 1, ... n live nodes. */
export function countsIn(failing: bigint, size: number): bigint[] {
  const digits = failing.toString(2).padStart((size + 1) * (size + 1), '0')
  const counts: bigint[] = []
  for (let place = 0; place <= size; place++) {
    const end = digits.length - place * (size + 1)
    counts.push(BigInt(`0b${digits.slice(Math.max(0, end - size - 1), end)}`))
  }
  return counts
}
