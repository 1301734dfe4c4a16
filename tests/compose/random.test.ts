import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'

import { cases } from '../explore/cases.ts'
import { compareCase } from './compare.ts'
import { randomCase } from './random-programs.ts'

/** Greater ones are left out, as their slow twins take too long. */
const MOST_STATES = 60

describe('random programs, composed and one step after the other', () => {
  it('reach the same states in as many steps, and the same things are wrong', async () => {
    const many = cases(250)
    const met = { pass: 0, fail: 0, 'too many states': 0 }
    const different: unknown[] = []
    let states = 0
    for (let seed = 0; seed < many; seed++) {
      const { program, options } = randomCase(seed)
      const compared = await compareCase(program, { ...options, recheck: 1 }, MOST_STATES)
      met[compared.outcome]++
      states += compared.states
      if (isDeepStrictEqual(compared.composed, compared.direct)) continue
      different.push({ seed, ...compared })
    }
    expect(different).toEqual([])
    expect(met.pass).toBeGreaterThan(many / 3)
    expect(met.fail).toBeGreaterThan(many / 10)
    expect(states).toBeGreaterThan(5 * many)
  })

  // A message that comes twice, in a crash that loses what it was to write on a disk without delay.
  it.each([4403, 6037, 6062, 10904, 11940, 15349, 20017])(
    'reach what is rare: %i',
    async (seed) => {
      const { program, options } = randomCase(seed)
      const compared = await compareCase(program, { ...options, recheck: 1 }, MOST_STATES)
      expect(compared.composed).toEqual(compared.direct)
      expect(compared.states).toBeGreaterThan(10)
    },
  )
})
