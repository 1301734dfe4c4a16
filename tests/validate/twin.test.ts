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

  it('are bounded by the states that fit at a time, and by no more', () => {
    const random = seeded(4)
    let several = 0
    for (let at = 0; at < 300; at++) {
      const one = randomCase(random)
      if (one.silent.most > 0) continue
      const { mapping, source } = mappingOf(one)
      const whole = validate(mapping, source)
      const enough = Math.max(whole.states, one.machine.begin.length)
      expect(validate(mapping, source, { states: enough }).outcome).toBe(whole.outcome)
      if (whole.states <= one.machine.begin.length) continue
      several++
      expect(validate(mapping, source, { states: whole.states - 1 }).outcome).toBe('unknown')
    }
    expect(several).toBeGreaterThan(20)
  })

  it('come nearest to the way that gets furthest', () => {
    const actions = [
      [
        [-1, -1],
        [-1, -1],
      ],
      [
        [1, -1],
        [-1, -1],
      ],
    ]
    const machine = { states: 2, begin: [0], actions }
    const ways = [
      [[0, 0]],
      [
        [1, 0],
        [0, 1],
      ],
      [[0, 1]],
    ] as const
    const trace = [{ ways, first: false, fits: [true, true] }]
    const { mapping, source } = mappingOf({ machine, trace, silent: { asked: [], most: 0 } })
    const { misfit } = validate(mapping, source)
    expect(misfit?.nearest).toMatchObject({ action: 'a0', parameters: ['1'], taken: 1 })
    expect(misfit?.nearest.kind).toBe('guard')
    expect(misfit?.nearest.state).toBe('at: 1')
  })
})
