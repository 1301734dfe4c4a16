import { describe, expect, it } from 'vitest'

import { bGrid } from '../../../src/quorum/structures/b-grid.ts'
import { crosses } from '../../../src/quorum/structures/crosses.ts'
import { grid } from '../../../src/quorum/structures/grid.ts'
import { wall } from '../../../src/quorum/structures/wall.ts'
import { bGridFailure, crossesFailure, gridFailure, wallFailure } from './closed-forms.ts'
import { expectChance } from './lines-checks.ts'

const DOWNS = [1 / 1024, 1 / 128, 0.1015625, 0.3, 0.5, 0.9]

describe('failure probabilities of large systems have all their digits', () => {
  it.each([
    [100, 14, 7],
    [1000, 142, 7],
    [1000, 100, 10],
    [1000, 1000, 1],
    [32, 8, 4],
    [10_000, 10, 10],
  ])('B-grid of d = %i, h = %i, r = %i', (d, h, r) => {
    const { failure } = bGrid({ d, h, r })
    for (const down of DOWNS) {
      const right = bGridFailure(d, h, r, down)
      // Below that the fixed number of digits of the right one is no longer enough.
      if (right.log10() > -800) expectChance(failure?.(down), right, `at ${down}`, 1e-12)
    }
  })

  it('and not those of the formula in doubles, which are wrong by 65 powers of ten', () => {
    const [d, h, r, down] = [1000, 142, 7, 0.3]
    const [full, dead] = [(1 - down) ** r, down ** r]
    const some = 1 - (1 - full) ** d
    const touched = (1 - dead) ** d - (1 - dead - full) ** d
    const naive = 1 - some ** h + (some - touched) ** h
    const found = bGrid({ d, h, r }).failure?.(down).value ?? NaN
    expect(Math.log10(found / naive)).toBeGreaterThan(60)
  })

  it.each([
    [30, 30],
    [20, 50],
    [40, 30],
  ])('grid of %i x %i', (rows, columns) => {
    const { failure } = grid({ rows, columns })
    for (const down of [1 / 1024, 1 / 128, 1 / 4]) {
      expectChance(failure?.(down), gridFailure(rows, columns, down), `at ${down}`, 1e-12)
    }
  })

  it('grid of row i with column i', () => {
    const { failure } = crosses(40)
    for (const down of [1 / 1024, 1 / 128, 1 / 16, 0.5]) {
      expectChance(failure?.(down), crossesFailure(40, down), `at ${down}`, 1e-12)
    }
  })

  it('walls', () => {
    const triangle = Array.from({ length: 45 }, (_, row) => row + 1)
    for (const widths of [triangle, triangle.toReversed(), [1, 999], [3, 3, 3, 3, 3, 3]]) {
      for (const down of DOWNS) {
        expectChance(wall(widths).failure?.(down), wallFailure(widths, down), `at ${down}`, 1e-12)
      }
    }
  })

  it('and those that others computed with 500 digits', () => {
    const near = (found: number | undefined, right: number): void => {
      expect(Math.abs((found ?? NaN) / right - 1)).toBeLessThan(1e-12)
    }
    near(grid({ rows: 100, columns: 100 }).failure?.(0.01).value, 3.2191434299922e-20)
    near(grid({ rows: 20, columns: 20 }).failure?.(0.001).value, 1.73467132541358318e-34)
    near(bGrid({ d: 1000, h: 100, r: 10 }).failure?.(0.1).value, 6.24387687418527339e-185)
  })

  it('also where no double and no 500 digits after the point hold them', () => {
    // What is left is that one of 100 bands has no full mini-column among its 1000.
    const right = Math.log10(100) + 1000 * Math.log10(-Math.expm1(10 * Math.log1p(-0.001)))
    const { value, log10 } = bGrid({ d: 1000, h: 100, r: 10 }).failure?.(0.001) ?? expect.fail()
    expect(value).toBe(0)
    expect(log10).toBeCloseTo(right, 9)
  })
})
