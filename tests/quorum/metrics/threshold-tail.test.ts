import { describe, expect, it } from 'vitest'

import { seeded } from '../../../src/core/random.ts'
import { logPlus, logRest } from '../../../src/quorum/metrics/chance.ts'
import { thresholdOdds } from '../../../src/quorum/metrics/threshold-tail.ts'
import type { Events } from '../../../src/quorum/metrics/threshold-tail.ts'

/** All subsets, in logarithms. */
function enumerated(need: number, { weights, yes, no }: Events): { yes: number; no: number } {
  const logs = { yes: -Infinity, no: -Infinity }
  for (let subset = 0; subset < 2 ** yes.length; subset++) {
    let reached = 0
    let log = 0
    for (let event = 0; event < yes.length; event++) {
      const happens = (subset & (1 << event)) !== 0
      if (happens) reached += weights?.[event] ?? 1
      log += happens ? yes[event]! : no[event]!
    }
    const key = reached >= need ? 'yes' : 'no'
    logs[key] = logPlus(logs[key], log)
  }
  return logs
}

describe('the odds of a threshold', () => {
  it('are those of all subsets, however unlikely, and equal or different in weight', () => {
    const random = seeded(21)
    for (let round = 0; round < 3_000; round++) {
      const count = random.int(1, 6)
      const depth = random.pick([1, 30, 900, 20_000])
      const yes = new Float64Array(count)
      const no = new Float64Array(count)
      const same = random.chance(1, 3) ? random.int(1, 1_000) : undefined
      for (let event = 0; event < count; event++) {
        const rare = (-(same ?? random.int(1, 1_000)) / 1_000) * depth
        const common = logRest(rare)
        const turned = random.chance(1, 2)
        const certain = random.chance(1, 12)
        yes[event] = certain ? (turned ? 0 : -Infinity) : turned ? common : rare
        no[event] = certain ? (turned ? -Infinity : 0) : turned ? rare : common
      }
      const weights = random.chance(1, 2)
        ? Float64Array.from({ length: count }, () => random.pick([1, 2, 2, 3, 7]))
        : undefined
      const total = weights?.reduce((sum, weight) => sum + weight, 0) ?? count
      const need = random.int(1, total)
      const found = thresholdOdds(need, { weights, yes, no })
      const wanted = enumerated(need, { weights, yes, no })
      for (const side of ['yes', 'no'] as const) {
        if (wanted[side] < -1e-300) {
          const error = Math.abs(found[side] - wanted[side])
          expect(wanted[side] === found[side] ? 0 : error).toBeLessThan(
            1e-11 - 1e-13 * wanted[side],
          )
        }
      }
    }
  })

  it('keep both sides where one is nearly certain', () => {
    const yes = Float64Array.of(-0, -0)
    const no = Float64Array.of(-800, -801)
    const all = thresholdOdds(2, { weights: undefined, yes, no })
    expect(all.no).toBeCloseTo(-800 + Math.log1p(Math.exp(-1)), 9)
    const any = thresholdOdds(1, { weights: undefined, yes, no })
    expect(any.no).toBeCloseTo(-1_601, 9)
  })
})
