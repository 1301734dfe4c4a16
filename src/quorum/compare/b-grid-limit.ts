import type { Chance } from '../quorum-set.ts'

/**
 * How the probability of failure of B-grids behaves when they grow without end: n = d x d nodes, d
 * mini-columns in each band, r of them high, d / r bands, with r = c ln d for a fixed c.
 *
 * A band is good if one mini-column is whole, and covered if each has a live node. With A and B for
 * these, F = 1 - P(A)^h + P(A and not B)^h. As p^r = d^(c ln p), the first part tends to 0 exactly
 * if 1 + c ln p > 0, and then the second tends to 0 exactly if 1 + c ln q < 0, and else to 1.
 */
export const ROWS = {
  'ln d': 1,
  'log2 d': 1 / Math.LN2,
  'ln n': 2,
  'log2 n': 2 / Math.LN2,
  'log10 n': 2 / Math.LN10,
} as const

/** How the number of rows of a mini-column grows with the system. */
export type Rows = keyof typeof ROWS

/** Below this probability that a node is down, failures vanish in the limit; above it they win. */
export function bGridThreshold(rows: Rows): number {
  const edge = Math.exp(-1 / ROWS[rows])
  return Math.min(edge, 1 - edge)
}

/**
 * F for a real r and h, at a d that is given by its logarithm: d may be far beyond any number, as
 * even at 10^20 nodes a side the limit is often not in sight.
 */
export function bGridFailureAtSize(rows: Rows, log10D: number, down: number): Chance {
  const lnD = log10D * Math.LN10
  const r = ROWS[rows] * lnD
  const lnBands = lnD - Math.log(r)
  const lnWhole = r * Math.log1p(-down)
  const lnDead = r * Math.log(down)
  // Of a band: no mini-column is whole; each has a live node; the latter but one is whole.
  const noneWhole = lnAllAvoid(lnD, lnWhole)
  const covered = lnAllAvoid(lnD, lnDead)
  const oneWhole = lnSome(lnAllAvoid(lnD, lnWhole - Math.log1p(-Math.exp(lnDead))))
  const first = lnAny(lnBands, noneWhole)
  const second = lnAllAvoid(lnBands, lnSum(noneWhole, covered + oneWhole))
  const ln = Math.min(0, lnSum(first, second))
  // Never 0: the logarithm itself has left the doubles.
  return { value: Math.exp(ln), log10: Math.max(ln / Math.LN10, -Number.MAX_VALUE) }
}

/** ln (1 - x)^count, where ln x and ln count are given. */
function lnAllAvoid(lnCount: number, lnX: number): number {
  if (lnX >= 0) return -Infinity
  const lnOnce = lnX > -30 ? Math.log(-Math.log1p(-Math.exp(lnX))) : lnX
  return -Math.exp(lnCount + lnOnce)
}

/** ln (1 - (1 - x)^count), where ln x and ln count are given. */
function lnAny(lnCount: number, lnX: number): number {
  const lnMean = lnCount + lnX
  return lnMean < -30 ? lnMean : lnSome(lnAllAvoid(lnCount, lnX))
}

/** ln (1 - y), where ln y is given. */
function lnSome(lnY: number): number {
  return lnY < -1e-10 ? Math.log(-Math.expm1(lnY)) : Math.log(-lnY)
}

function lnSum(a: number, b: number): number {
  const most = Math.max(a, b)
  return most === -Infinity ? most : most + Math.log(Math.exp(a - most) + Math.exp(b - most))
}
