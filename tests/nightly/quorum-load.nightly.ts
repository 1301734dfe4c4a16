import { describe, expect, it } from 'vitest'

import { seeded } from '../../src/core/random.ts'
import {
  agreesOnLeastPrice,
  agreesOnSurvivors,
  agreesWithSlowTwin,
} from '../quorum/load/agreement.ts'

describe('loads', () => {
  it('are those of the slow twin, for 10,000 random systems', { timeout: 3_600_000 }, async () => {
    const random = seeded(201)
    const methods = new Set<string>()
    for (let round = 0; round < 10_000; round++) {
      methods.add(await agreesWithSlowTwin(random, random.int(1, round % 10 === 0 ? 7 : 6)))
    }
    expect(methods.size).toBeGreaterThan(3)
  })

  it(
    'are verified with the right prices, for 100,000 random formulas',
    { timeout: 3_600_000 },
    () => {
      const random = seeded(202)
      for (let round = 0; round < 100_000; round++) agreesOnLeastPrice(random, random.int(1, 9))
    },
  )

  it('after failures are of the right quorums, for 50,000 formulas', { timeout: 3_600_000 }, () => {
    const random = seeded(203)
    for (let round = 0; round < 50_000; round++) agreesOnSurvivors(random, random.int(1, 8))
  })
})
