import { expect } from 'vitest'

import type { Random } from '../../../src/core/random.ts'
import type { Chance, QuorumSet } from '../../../src/quorum/quorum-set.ts'
import type { Rational } from '../../../src/quorum/rational.ts'
import { dualTable } from '../truth.ts'
import type { Table } from '../truth.ts'
import { slowFailure } from './slow-failure.ts'

/** Wrong digits, relative to the number, that rounding may leave. */
const ROUNDING = 1e-13

export function expectChance(
  found: Chance | undefined,
  right: Rational,
  what: string,
  rounding = ROUNDING,
): void {
  const value = right.toNumber()
  const wrong = Math.abs((found?.value ?? NaN) - value)
  if (!(wrong <= rounding * value)) expect(found?.value, what).toBe(value)
  const logRight = right.log10()
  const logWrong = found?.log10 === logRight ? 0 : Math.abs((found?.log10 ?? NaN) - logRight)
  if (!(logWrong <= rounding * Math.max(1, Math.abs(logRight)))) {
    expect(found?.log10, what).toBe(logRight)
  }
}

/** The structure and its dual fail as often as the sum over all live sets says. */
export function expectFailure(
  set: QuorumSet,
  table: Table,
  down: number | Float64Array,
  what: string,
): void {
  const each = typeof down === 'number' ? new Float64Array(set.size).fill(down) : down
  const where = `${what} at ${String(down)}`
  expectChance(set.failure?.(down), slowFailure(table, each), where)
  expectChance(set.dual().failure?.(down), slowFailure(dualTable(table), each), `dual ${where}`)
}

/** Probabilities as they are, and such that never and always happen, or hardly ever. */
export function randomDown(random: Random, size: number): Float64Array {
  return Float64Array.from({ length: size }, () => {
    return random.pick([0, 1, 2 ** -random.int(1, 40), random.int(0, 1024) / 1024])
  })
}
