import { Rational } from '../rational.ts'
import type { Question } from './question.ts'

/** The latency of the slowest node in a set. */
export function slowest(set: number, { nodes }: Question): Rational {
  return nodes.reduce(
    (latest, { latency }, i) =>
      ((set >>> i) & 1) === 1 && latency.compare(latest) > 0 ? latency : latest,
    Rational.zero,
  )
}
