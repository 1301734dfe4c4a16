import { describe, expect, it } from 'vitest'

import { seeded } from '../../../src/core/random.ts'
import { undominated } from '../../../src/quorum/compare/front.ts'

describe('the front of what nothing else beats', () => {
  it('keeps what is best in something, and of equals all', () => {
    const merits = [
      [1, 5],
      [2, 2],
      [3, 3],
      [2, 2],
      [5, 1],
      [5, 2],
    ]
    expect(undominated(merits)).toEqual([true, true, false, true, true, false])
  })

  it('leaves out what has no numbers, and rounding is no merit', () => {
    expect(undominated([undefined, [1, 1]])).toEqual([false, true])
    expect(undominated([[0.1 + 0.2], [0.3]])).toEqual([true, true])
  })

  it('knows infinite merits: F = 0 has the logarithm -Infinity', () => {
    expect(undominated([[-Infinity], [-Infinity], [-5]])).toEqual([true, true, false])
  })

  it('is what the definition says, for thousands of random candidates', () => {
    const random = seeded(3)
    for (let run = 0; run < 300; run++) {
      const merits = Array.from({ length: random.int(1, 8) }, () => [
        random.int(0, 3),
        random.int(0, 3),
        random.int(0, 3),
      ])
      const expected = merits.map(
        (mine) =>
          !merits.some(
            (other) =>
              other.every((value, at) => value <= (mine[at] ?? 0)) && other.join() !== mine.join(),
          ),
      )
      expect(undominated(merits)).toEqual(expected)
    }
  })
})
