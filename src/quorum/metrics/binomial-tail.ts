import { logPlus } from './chance.ts'

/**
 * log P(X <= most) where X counts how many of `count` independent events happen that are equally
 * likely; `yes` and `no` are the logarithms of an event's probability and of its complement.
 */
export function logBinomialTail(count: number, most: number, yes: number, no: number): number {
  const mode = Math.min(most, Math.floor((count + 1) * Math.exp(yes)))
  const odds = Math.exp(yes - no)
  let sum = 1
  for (let term = 1, hits = mode; hits > 0 && term > sum * 1e-18; hits--) {
    term *= hits / (count - hits + 1) / odds
    sum += term
  }
  for (let term = 1, hits = mode; hits < most && term > sum * 1e-18; hits++) {
    term *= ((count - hits) / (hits + 1)) * odds
    sum += term
  }
  return Math.log(sum) + logBinomial(count, mode, yes, no)
}

/**
 * The logarithm of one binomial probability, by deviances from the mean, because factorials would
 * cancel (Loader, Fast and accurate computation of binomial probabilities, 2000).
 */
function logBinomial(count: number, hits: number, yes: number, no: number): number {
  if (hits === 0) return count * no
  if (hits === count) return count * yes
  const misses = count - hits
  return (
    stirlingError(count) -
    stirlingError(hits) -
    stirlingError(misses) +
    0.5 * Math.log(count / (2 * Math.PI * hits * misses)) +
    hits * (yes - Math.log(hits / count)) +
    misses * (no - Math.log(misses / count))
  )
}

/** log n! - log of Stirling's formula for it. */
function stirlingError(n: number): number {
  if (n < 16) {
    let log = 0
    for (let factor = 2; factor <= n; factor++) log += Math.log(factor)
    return log - (0.5 * Math.log(2 * Math.PI * n) + n * Math.log(n) - n)
  }
  const square = n * n
  return (
    (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) /
    n
  )
}

/** log P(at most so many of the events), for few of them: sums of logarithms, nothing is lost. */
export function logWeightTail(
  most: number,
  weights: Float64Array,
  yes: Float64Array,
  no: Float64Array,
): number {
  const table = new Float64Array(most + 1).fill(-Infinity)
  table[0] = 0
  let top = 0
  for (let event = 0; event < weights.length; event++) {
    const weight = weights[event]!
    top = Math.min(most, top + weight)
    for (let sum = top; sum >= weight; sum--) {
      table[sum] = logPlus(table[sum]! + no[event]!, table[sum - weight]! + yes[event]!)
    }
    for (let sum = Math.min(top, weight - 1); sum >= 0; sum--) table[sum]! += no[event]!
  }
  let total = -Infinity
  for (const log of table) total = logPlus(total, log)
  return total
}
