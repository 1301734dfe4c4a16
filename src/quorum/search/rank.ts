import type { Rational } from '../rational.ts'

/** What one candidate is compared with another by. */
export interface Ranked {
  /** What is optimised, in a double; less is better. */
  readonly value: number
  /** The same exactly; made when asked for. */
  exact(): Rational | undefined
  /** The resilience of the worse side. */
  readonly resilience: number
  readonly failure: number
}

/** Doubles closer than this, relatively, are told apart by exact fractions. */
export const CLOSE = 1e-9

/**
 * Whether the candidate is better: by its value, exactly; among equals by resilience, then by the
 * probability of failure.
 */
export function isBetter(candidate: Ranked, best: Ranked): boolean {
  const slack = CLOSE * Math.abs(best.value)
  if (candidate.value < best.value - slack) return true
  if (candidate.value > best.value + slack) return false
  const [left, right] = [candidate.exact(), best.exact()]
  const order =
    left === undefined || right === undefined ? candidate.value - best.value : left.compare(right)
  if (order !== 0) return order < 0
  return winsTie(candidate.resilience, candidate.failure, best)
}

/** Of two systems of the same value. Probabilities that differ by rounding alone are equal. */
export function winsTie(resilience: number, failure: number, best: Ranked): boolean {
  if (resilience !== best.resilience) return resilience > best.resilience
  return failure < best.failure * (1 - 1e-12)
}
