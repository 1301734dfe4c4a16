import { UserError } from '../../core/user-error.ts'
import { Rational } from '../rational.ts'
import type { RationalLike } from '../rational.ts'

/** A share of the time during which this fraction of the operations are reads. */
export interface WorkloadPoint {
  readonly fraction: Rational
  /** The weights of a workload add up to 1. */
  readonly weight: Rational
}

/** Read fractions with weights that add up to 1. */
export type Workload = readonly WorkloadPoint[]

/** Read fractions with weights, which need not add up to 1: only their proportions matter. */
export type Distribution = readonly {
  readonly fraction: RationalLike
  readonly weight: RationalLike
}[]

/** Points with weight, in ascending order, one for each fraction. @throws UserError */
export function workloadOf(readFraction: RationalLike | Distribution): Workload {
  const given = isDistribution(readFraction)
    ? readFraction
    : [{ fraction: readFraction, weight: Rational.one }]
  const weights = new Map<string, { fraction: Rational; weight: Rational }>()
  for (const point of given) {
    const fraction = within(point.fraction)
    const weight = weightOf(point.weight)
    const key = fraction.toString()
    const before = weights.get(key)?.weight ?? Rational.zero
    weights.set(key, { fraction, weight: before.plus(weight) })
  }
  const points = [...weights.values()].filter(({ weight }) => !weight.isZero())
  const total = points.reduce((sum, { weight }) => sum.plus(weight), Rational.zero)
  if (total.isZero()) {
    throw new UserError('the distribution of read fractions has no weight', {
      hint: 'give at least one fraction a weight above 0',
    })
  }
  return points
    .map(({ fraction, weight }) => ({ fraction, weight: weight.over(total) }))
    .sort((a, b) => a.fraction.compare(b.fraction))
}

function isDistribution(value: RationalLike | Distribution): value is Distribution {
  return Array.isArray(value)
}

function within(value: RationalLike): Rational {
  const fraction = numberOf('read fraction', value)
  if (fraction.numerator >= 0n && fraction.numerator <= fraction.denominator) return fraction
  throw new UserError(`read fraction ${String(value)} is not between 0 and 1`, {
    hint: '0.8 where four of five operations are reads',
  })
}

function weightOf(value: RationalLike): Rational {
  const weight = numberOf('weight', value)
  if (weight.numerator >= 0n) return weight
  throw new UserError(`weight ${String(value)} of a read fraction is negative`, {
    hint: 'a share of the time, such as 0.1',
  })
}

function numberOf(what: string, value: RationalLike): Rational {
  try {
    return Rational.from(value)
  } catch {
    throw new UserError(`${what} ${String(value)} is not a number`, { hint: '0.25 or 1/4' })
  }
}
