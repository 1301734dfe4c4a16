import { describe, expect, it } from 'vitest'
import { seeded } from '../../src/core/random.ts'
import type { Random } from '../../src/core/random.ts'
import {
  compareByzantine,
  compareCounts,
  compareDomination,
  compareDoubles,
  compareFractions,
  compareImportance,
} from '../quorum/metrics/compare-metrics.ts'

/** Seeds that the fast tests do not use. */
const FIRST = 1_000_000

function campaign(cases: number, compare: (random: Random) => unknown): void {
  for (let seed = FIRST; seed < FIRST + cases; seed++) compare(seeded(seed))
}

describe('the metrics of quorum systems agree with their definitions', () => {
  it('failure probabilities as fractions', () => campaign(200_000, compareFractions))
  it('failure probabilities in doubles', () => campaign(300_000, compareDoubles))
  it('smallest quorums, resilience and live sets', () => campaign(100_000, compareCounts))
  it('the importance of nodes', () => campaign(100_000, compareImportance))
  it('the Byzantine class', () => campaign(100_000, compareByzantine))
  it('domination, witnesses and repairs', () => {
    let dominated = 0
    campaign(300_000, (random) => {
      if (compareDomination(random)) dominated++
    })
    expect(dominated).toBeGreaterThan(5_000)
  })
})
