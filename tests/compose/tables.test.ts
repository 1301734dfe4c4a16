import { describe, expect, it } from 'vitest'

import { PairTable, TupleTable } from '../../src/core/int-table.ts'
import { seeded } from '../../src/core/random.ts'

describe('tables of numbers', () => {
  it('keep pairs as a map does, while they grow', () => {
    const random = seeded(1)
    const [table, map] = [new PairTable(), new Map<string, number>()]
    for (let nth = 0; nth < 5000; nth++) {
      const [one, two] = [random.int(0, 90), random.int(-90, 90)]
      const known = map.get(`${one} ${two}`)
      expect(table.get(one, two)).toBe(known ?? -1)
      if (known !== undefined) continue
      const value = random.int(0, 2)
      table.set(one, two, value)
      map.set(`${one} ${two}`, value)
    }
    expect(table.size).toBe(map.size)
  })

  it('keep tuples as a map does, while they grow', () => {
    const random = seeded(2)
    const [table, map] = [new TupleTable(3), new Map<string, number>()]
    for (let nth = 0; nth < 5000; nth++) {
      const tuple = Int32Array.from({ length: 3 }, () => random.int(0, 11))
      const known = map.get(tuple.join(' '))
      expect(table.get(tuple)).toBe(known ?? -1)
      if (known !== undefined) continue
      table.set(tuple, nth & 1)
      map.set(tuple.join(' '), nth & 1)
    }
  })
})
