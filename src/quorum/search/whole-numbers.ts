import type { Rational } from '../rational.ts'

/**
 * Fractions times their common denominator, as doubles that hold them exactly, and so that sums of
 * all of them do; undefined where they are too big.
 */
export function wholeNumbers(
  fractions: readonly Rational[],
): { readonly values: Float64Array; readonly scale: bigint } | undefined {
  const scale = fractions.reduce(
    (common, { denominator }) =>
      common % denominator === 0n ? common : (common / divisor(common, denominator)) * denominator,
    1n,
  )
  const whole = fractions.map(({ numerator, denominator }) => numerator * (scale / denominator))
  const sum = whole.reduce((total, value) => total + value, 0n)
  if (sum > BigInt(Number.MAX_SAFE_INTEGER)) return undefined
  return { values: Float64Array.from(whole, Number), scale }
}

function divisor(a: bigint, b: bigint): bigint {
  let [left, right] = [a, b]
  while (right !== 0n) [left, right] = [right, left % right]
  return left
}
