import { describe, expect, it } from 'vitest'

import type { Claim } from '../../../src/quorum/compare/claim.ts'
import { checkClaim } from '../../../src/quorum/compare/claim.ts'
import { load } from '../../../src/quorum/load/load.ts'
import { resilience } from '../../../src/quorum/metrics/resilience.ts'
import { smallestQuorum } from '../../../src/quorum/metrics/smallest-quorum.ts'
import { parseSystem } from '../../../src/quorum/parse-system.ts'

/** Work, load and resilience of a system. */
async function numbers(text: string): Promise<readonly [number, string, number]> {
  const system = parseSystem(text)
  const { exact } = await load(system)
  const { read, write } = smallestQuorum(system)
  return [Math.min(read, write), String(exact), resilience(system).both]
}

const fraction = (above: number, below: number): string => {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))
  const common = divisor(above, below)
  return above === below ? '1' : `${above / common}/${below / common}`
}

const sides = [2, 3, 4, 5, 6, 7, 8]

describe('the four systems of the lectures, at every size', () => {
  it('Majority: floor(n/2) + 1, that over n, ceil(n/2) - 1, for both parities', async () => {
    for (const n of [1, 2, 3, 4, 5, 6, 7, 16, 25, 100]) {
      const work = Math.floor(n / 2) + 1
      const expected = [work, fraction(work, n), Math.ceil(n / 2) - 1]
      expect(await numbers(`majority(n=${n})`)).toEqual(expected)
    }
  })

  it('Grid, with all pairs of a row and a column: (2k - 1)/k^2 and k - 1', async () => {
    for (const k of sides) {
      const expected = [2 * k - 1, fraction(2 * k - 1, k * k), k - 1]
      expect(await numbers(`grid(rows=${k},cols=${k})`)).toEqual(expected)
    }
  })

  it('Grid, with row i and column i: 2/k and ceil(k/2) - 1', async () => {
    for (const k of sides) {
      const expected = [2 * k - 1, fraction(2, k), Math.ceil(k / 2) - 1]
      expect(await numbers(`grid-basic(n=${k})`)).toEqual(expected)
    }
  })

  it('Read-write grid: k, 1/k and k - 1', async () => {
    for (const k of sides) {
      expect(await numbers(`grid-rw(rows=${k},cols=${k})`)).toEqual([k, fraction(1, k), k - 1])
    }
  })

  it('B-Grid: d + hr - 1, that over n, min(d, hr) - 1', async () => {
    const parameters = [
      [2, 2, 2],
      [4, 2, 2],
      [3, 4, 1],
      [9, 3, 3],
      [5, 2, 4],
      [12, 2, 3],
    ] as const
    for (const [d, h, r] of parameters) {
      const work = d + h * r - 1
      const expected = [work, fraction(work, d * h * r), Math.min(d, h * r) - 1]
      expect(await numbers(`bgrid(d=${d},h=${h},r=${r})`)).toEqual(expected)
    }
  })
})

describe('a claim', () => {
  const value: Claim = { type: 'value', system: 'grid-basic(n=9)', metric: 'load', equals: '2/9' }

  it('holds, or does not, and says what is so', async () => {
    expect(await checkClaim(value)).toMatchObject({
      outcome: 'pass',
      found: '2/9',
      sentence: 'load of grid-basic(n=9) is 2/9',
    })
    expect(await checkClaim({ ...value, equals: '17/81' })).toMatchObject({
      outcome: 'fail',
      sentence: 'load of grid-basic(n=9) is 2/9, not 17/81',
    })
  })

  it('about a failure probability is decided exactly', async () => {
    const failure: Claim = {
      type: 'value',
      system: 'majority(n=3)',
      metric: 'failure',
      down: '1/10',
      equals: '7/250',
    }
    expect(await checkClaim(failure)).toMatchObject({ outcome: 'pass' })
    expect(await checkClaim({ ...failure, down: '1/5' })).toMatchObject({
      outcome: 'fail',
      found: '13/125',
    })
  })

  it('about a limit needs values that arrive there', async () => {
    const limit: Claim = {
      type: 'limit',
      systems: ['majority(n=11)', 'majority(n=101)', 'majority(n=1001)'],
      down: '2/5',
      limit: 0,
    }
    expect(await checkClaim(limit)).toMatchObject({ outcome: 'pass' })
    expect(await checkClaim({ ...limit, limit: 1 })).toMatchObject({ outcome: 'fail' })
    expect(await checkClaim({ ...limit, down: '1/2' })).toMatchObject({ outcome: 'fail' })
  })

  it('about B-grids without end is decided by the threshold and the formula together', async () => {
    const limit: Claim = { type: 'b-grid limit', rows: 'log2 n', down: '7/20', limit: 0 }
    expect(await checkClaim(limit)).toMatchObject({ outcome: 'fail' })
    expect(await checkClaim({ ...limit, rows: 'ln n' })).toMatchObject({ outcome: 'pass' })
    expect(await checkClaim({ ...limit, limit: 1 })).toMatchObject({ outcome: 'pass' })
  })
})
