import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { IntRows } from '../../src/core/int-rows.ts'

describe('a table with rows', () => {
  it('keeps what a map of maps keeps, however its rows grow', () => {
    const pair = fc.record({ row: fc.nat(40), column: fc.nat(90), number: fc.integer({ min: 1 }) })
    fc.assert(
      fc.property(fc.array(pair, { minLength: 600, maxLength: 1200 }), (pairs) => {
        const table = new IntRows()
        const plain = new Map<string, number>()
        for (const { row, column, number } of pairs) {
          const place = table.place(row, column)
          expect(table.numbers[place]).toBe(plain.get(`${row} ${column}`) ?? 0)
          table.numbers[place] = number
          plain.set(`${row} ${column}`, number)
        }
        for (const [key, number] of plain) {
          const [row = 0, column = 0] = key.split(' ').map(Number)
          expect(table.numbers[table.place(row, column)]).toBe(number)
        }
      }),
      { numRuns: 60 },
    )
  })
})
