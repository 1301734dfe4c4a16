import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import type { Rows } from '../../../src/quorum/compare/b-grid-limit.ts'
import {
  ROWS,
  bGridFailureAtSize,
  bGridThreshold,
} from '../../../src/quorum/compare/b-grid-limit.ts'
import { extraData } from '../../extra-data.ts'

/** The formula as it is written, which doubles can follow while nothing underflows. */
function plain(rows: Rows, d: number, q: number): number {
  const r = ROWS[rows] * Math.log(d)
  const h = d / r
  const [whole, dead] = [(1 - q) ** r, q ** r]
  const a = 1 - (1 - whole) ** d
  const both = (1 - dead) ** d - (1 - dead - whole) ** d
  return 1 - a ** h + (a - both) ** h
}

const all = Object.keys(ROWS) as Rows[]

describe('B-grids that grow without end', () => {
  it('have the probability of failure that the formula says, while that can be computed', () => {
    for (const rows of all) {
      for (const d of [10, 32, 100, 1000]) {
        for (const q of [0.3, 0.35, 0.4, 0.45]) {
          const expected = plain(rows, d, q)
          if (expected < 1e-6) continue
          expect(bGridFailureAtSize(rows, Math.log10(d), q).value).toBeCloseTo(expected, 9)
        }
      }
    }
  })

  it('turn at a threshold that depends on the base of the logarithm', () => {
    expect(all.map((rows) => [rows, bGridThreshold(rows).toFixed(4)])).toEqual([
      ['ln d', '0.3679'],
      ['log2 d', '0.5000'],
      ['ln n', '0.3935'],
      ['log2 n', '0.2929'],
      ['log10 n', '0.3162'],
    ])
  })

  it('reach their limits on both sides of it, far enough out', () => {
    for (const rows of all) {
      const threshold = bGridThreshold(rows)
      const below = bGridFailureAtSize(rows, 1e5, threshold - 0.002)
      expect(below.log10).toBeLessThan(-300)
      expect(bGridFailureAtSize(rows, 1e5, threshold + 0.002).value).toBeCloseTo(1, 9)
    }
  })

  it('fall long after they should rise: p = 0.4 with r = ln d', () => {
    expect(bGridFailureAtSize('ln d', 4, 0.4).log10).toBeLessThan(-36)
    expect(bGridFailureAtSize('ln d', 20, 0.4).value).toBeGreaterThan(0.99)
  })

  const data = extraData()
  it.skipIf(data === undefined)('agree with 500-digit arithmetic (extra data not present)', () => {
    const path = join(data ?? '', 'oracle/quorum-oracle.json')
    const { bgridAsymptotics } = JSON.parse(readFileSync(path, 'utf8')) as {
      bgridAsymptotics: { tables: Record<string, { q: string; F: (string | number)[] }[]> }
    }
    const sizes = [1, 2, 3, 4, 6, 8, 10, 14, 20]
    for (const [name, lines] of Object.entries(bgridAsymptotics.tables)) {
      for (const { q, F } of lines) {
        F.map(Number).forEach((expected, at) => {
          const rows = name.replace('r = ', '') as Rows
          const { value } = bGridFailureAtSize(rows, sizes[at] ?? 0, Number(q))
          expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-9 * expected)
        })
      }
    }
  })
})
