import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { twoPhaseCommit } from '../../specs/commit/twophase.ts'
import { dolevKlaweRodeh } from '../../specs/election/dkr.ts'
import type { AnyModel } from '../../src/explore/index.ts'
import { model, modelSystem } from '../../src/explore/index.ts'
import { sleeping } from '../../src/explore/reduce/index.ts'
import { int, setOf } from '../../src/state/index.ts'
import { cases } from './cases.ts'
import { modelOf } from './plain.ts'
import { plainModels, plainRings } from './random-models.ts'
import { search, verdictOf } from './reduce-search.ts'

describe('sleep sets', () => {
  it.each([
    ['machines', plainModels(), cases(150)],
    ['rings', plainRings(), cases(60)],
  ] as const)('leave all states of random %s on their levels', (_, plains, numRuns) => {
    let fewer = 0
    fc.assert(
      fc.property(plains, (plain) => {
        const whole = modelSystem('random', modelOf({ ...plain, within: null }))
        const all = search(whole, 200)
        if (all === undefined) return
        const found = search(sleeping(whole))!
        expect(verdictOf(found)).toEqual(verdictOf(all))
        expect([found.distinct, found.depth]).toEqual([all.distinct, all.depth])
        expect(found.levels).toEqual(all.levels)
        expect(found.generated).toBeLessThanOrEqual(all.generated)
        if (found.generated < all.generated) fewer++
      }),
      { numRuns, seed: 5 },
    )
    expect(fewer).toBeGreaterThan(numRuns / 10)
  })

  it('leave out most steps of two-phase commit, and of election in a ring', () => {
    const specs = [
      modelSystem('twophase', twoPhaseCommit.make({ rm: 4 })),
      modelSystem('dkr', dolevKlaweRodeh.make({ nodes: 5 })),
    ]
    const counts = specs.map((whole) => {
      const system = sleeping(whole)
      const all = search(whole)!
      const found = search(system)!
      expect(found.levels).toEqual(all.levels)
      return [all.generated, found.generated, system.report().about]
    })
    expect(counts).toMatchInlineSnapshot(`
      [
        [
          8258,
          3703,
          "4555 of 8257 steps were not taken",
        ],
        [
          15154,
          5410,
          "9744 of 15153 steps were not taken",
        ],
      ]
    `)
  })

  it('tell choices apart that are sets', () => {
    const Some = setOf(int(0, 2))
    const fill = model({
      state: { left: Some, right: Some },
      actions: {
        left: { for: [Some], then: (s, some) => s.left.assign(some) },
        right: { for: [Some], then: (s, some) => s.right.assign(some) },
      },
      sometimes: { 'both are full': (s) => s.left.size + s.right.size === 6 },
      ends: 'anywhere',
    }) as AnyModel
    const whole = modelSystem('fill', fill)
    const found = search(sleeping(whole))!
    expect(found.distinct).toBe(64)
    expect(found.levels).toEqual(search(whole)!.levels)
  })

  it('know what choices depend on', () => {
    const shop = model({
      state: { open: int(0, 1), sold: int(0, 1) },
      init: (s) => {
        s.open = 1
      },
      actions: {
        close: {
          when: (s) => s.open === 1,
          then: (s) => {
            s.open = 0
          },
        },
        // Neither guard nor effect looks at what is closed.
        sell: {
          for: [(s: { readonly open: number }) => (s.open === 1 ? [1] : [])],
          when: (s) => s.sold === 0,
          then: (s) => {
            s.sold = 1
          },
        },
      },
      sometimes: { 'it was sold, and then closed': (s) => s.open === 0 && s.sold === 1 },
      ends: 'anywhere',
    }) as AnyModel
    const found = search(sleeping(modelSystem('shop', shop)))!
    expect(found.distinct).toBe(4)
    expect(found.never).toEqual([])
  })

  it('are refused with a bound, beyond which another order may lead', () => {
    const bounded = { ...twoPhaseCommit.make({ rm: 2 }), within: () => true }
    expect(() => sleeping(modelSystem('bounded', bounded as AnyModel))).toThrow(
      'not used with a bound',
    )
  })
})
