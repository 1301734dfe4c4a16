import { describe, expect, it } from 'vitest'

import { seeded } from '../../src/core/random.ts'
import { validate } from '../../src/explore/validate/index.ts'
import { compared } from './compared.ts'
import { mappingOf, randomCase } from './random-traces.ts'

describe('traces of small machines', () => {
  it('are explained as far as an enumeration of all behaviours explains them', () => {
    const { passed, failed, several } = compared(seeded(1), 1500)
    // Neither verdict is rare, and often more than one state fits.
    expect(passed).toBeGreaterThan(350)
    expect(failed).toBeGreaterThan(350)
    expect(several).toBeGreaterThan(250)
  })

  it('are not known to be explained where too many states fit', () => {
    const random = seeded(2)
    for (let at = 0; at < 300; at++) {
      const { mapping, source } = mappingOf(randomCase(random))
      const whole = validate(mapping, source)
      const bounded = validate(mapping, source, { states: 1 })
      if (bounded.outcome === 'unknown') {
        expect(bounded.bound?.covered).toContain('more than 1 states')
        expect(bounded.matched).toBeLessThanOrEqual(whole.matched)
      } else expect(bounded.outcome).toBe(whole.outcome)
    }
  })
})
