import { describe, expect, it } from 'vitest'

import { seeded } from '../../../src/core/random.ts'
import type { Column } from '../../../src/quorum/load/elimination.ts'
import { solveExactly } from '../../../src/quorum/load/exact-solve.ts'

/** Column by column, with the right-hand side that a known solution gives. */
function system(matrix: readonly (readonly bigint[])[], solution: readonly bigint[]) {
  const columns = matrix.map((_, c): Column => {
    const rows = matrix.map((_, r) => r).filter((r) => matrix[r]?.[c] !== 0n)
    return { rows, factors: rows.map((r) => matrix[r]?.[c] ?? 0n) }
  })
  const right = matrix.map((row) => row.reduce((sum, a, c) => sum + a * (solution[c] ?? 0n), 0n))
  return { columns, right }
}

describe('linear equations in fractions', () => {
  it('have the solution they were made from', () => {
    const random = seeded(51)
    for (let round = 0; round < 150; round++) {
      const size = random.int(1, 12)
      const big = random.chance(1, 3) ? 10n ** 15n : 1n
      const entry = () => (random.chance(1, 2) ? 0n : BigInt(random.int(-9, 9)) * big)
      const matrix = Array.from({ length: size }, () => Array.from({ length: size }, entry))
      // A dominant diagonal, so that there is exactly one solution, with the rows in any order.
      for (const [i, row] of matrix.entries()) row[i] = 200n * big + BigInt(random.int(0, 9))
      const whole = matrix.map(() => BigInt(random.int(-50, 50)))
      const { columns, right } = system(random.shuffle(matrix), whole)
      // The solution divided by 7, over one denominator.
      const found = solveExactly(
        columns.map(({ rows, factors }) => ({ rows, factors: factors.map((a) => a * 7n) })),
        right,
        4000,
      )
      const { numerators, denominator } = found ?? { numerators: [], denominator: 0n }
      expect(numerators.map((value) => value * 7n)).toEqual(whole.map((x) => x * denominator))
    }
  })

  it('have solutions of many digits, which are not taken for shorter ones', () => {
    const random = seeded(53)
    const number = () => BigInt(random.int(1, 2 ** 31)) * BigInt(random.int(1, 2 ** 31)) + 1n
    for (let round = 0; round < 1000; round++) {
      const [above, below] = [-number(), number()]
      const found = solveExactly([{ rows: [0], factors: [below] }], [above], 1000)
      expect((found?.numerators[0] ?? 0n) * below).toBe(above * (found?.denominator ?? 1n))
    }
  })

  it('have solutions with several denominators', () => {
    const columns = [2n, 3n, 5n, 7n].map((factor, row) => ({ rows: [row], factors: [factor] }))
    const found = solveExactly(columns, [1n, 1n, -1n, 1n], 1000)
    expect(found).toEqual({ numerators: [105n, 70n, -42n, 30n], denominator: 210n })
  })

  it('are not solved where they are singular', () => {
    const { columns, right } = system(
      [
        [1n, 2n],
        [2n, 4n],
      ],
      [1n, 1n],
    )
    expect(solveExactly(columns, right, 1000)).toBeUndefined()
  })

  it('are not solved where the fractions are longer than allowed', () => {
    const size = 40
    const random = seeded(52)
    const matrix = Array.from({ length: size }, () =>
      Array.from({ length: size }, () => BigInt(random.int(1, 999))),
    )
    const columns = system(matrix, []).columns
    const right = new Array<bigint>(size).fill(1n)
    expect(solveExactly(columns, right, 100)).toBeUndefined()
    expect(solveExactly(columns, right, 4000)?.denominator.toString().length).toBeGreaterThan(60)
  })

  it('need no prime that divides what is pivoted on', () => {
    // 4194301 is the first prime tried: modulo it the matrix is singular.
    const columns = [{ rows: [0], factors: [4194301n] }]
    expect(solveExactly(columns, [1n], 1000)).toEqual({ numerators: [1n], denominator: 4194301n })
  })
})
