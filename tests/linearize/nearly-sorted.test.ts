import { describe, expect, it } from 'vitest'
import { seeded } from '../../src/core/random.ts'
import { sortNearlySorted } from '../../src/linearize/nearly-sorted.ts'

describe('nearly sorted numbers', () => {
  it('are sorted, be they in order, nearly, or not at all', () => {
    const random = seeded(3)
    for (let round = 0; round < 1000; round++) {
      const count = random.int(0, 60)
      const disorder = random.pick([0, 3, 1000])
      const keys = Float64Array.from({ length: count }, (_, at) => at + random.int(-disorder, 0))
      const expected = [...keys].sort((a, b) => a - b)
      sortNearlySorted(keys)
      expect([...keys]).toEqual(expected)
    }
  })

  it('are sorted only as far as was asked for', () => {
    for (const length of [10, 1000]) {
      const falling = Float64Array.from({ length }, (_, at) => length - at)
      sortNearlySorted(falling, length - 2)
      const expected = Array.from({ length: length - 2 }, (_, at) => at + 3)
      expect([...falling]).toEqual([...expected, 2, 1])
    }
  })
})
