import { Rational } from '../../../src/quorum/rational.ts'
import type { Table } from '../truth.ts'

/** That the nodes alive hold no quorum, over all live sets, without rounding. */
export function slowFailure(table: Table, down: ArrayLike<number>): Rational {
  const size = Math.log2(table.length)
  // Doubles are fractions over powers of two: all are brought over the same one.
  const downs = Array.from({ length: size }, (_, node) => Rational.ofBinary(down[node] as number))
  const whole = downs.reduce(
    (most, { denominator }) => (denominator > most ? denominator : most),
    1n,
  )
  let sums: bigint[] = Array.from(table, (holds) => BigInt(1 - holds))
  for (let node = size - 1; node >= 0; node--) {
    const { numerator, denominator } = downs[node] as Rational
    const dead = numerator * (whole / denominator)
    const half = sums.length / 2
    sums = sums
      .slice(0, half)
      .map((sum, live) => sum * dead + (sums[half + live] as bigint) * (whole - dead))
  }
  return Rational.of(sums[0] as bigint, whole ** BigInt(size))
}
