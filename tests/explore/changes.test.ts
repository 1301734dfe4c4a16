import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Expander } from '../../src/explore/expander.ts'
import type { AnyModel, ExploreOptions } from '../../src/explore/index.ts'
import { explore } from '../../src/explore/index.ts'
import type { Runner } from '../../src/explore/system.ts'
import { specEntries } from '../../suites/specs.ts'
import { cases } from './cases.ts'
import { modelOf } from './plain.ts'
import { plainModels, plainRings } from './random-models.ts'

const TINY = { before: 3, cheap: 1, warm: 2, block: 2, rounds: 3, again: 2 }

/** All that is told, but for the time it took. */
async function told(made: AnyModel, options: ExploreOptions) {
  const safety = { properties: false, refinements: false }
  const { seconds, ...rest } = await explore(made, { ...safety, ...options })
  expect(seconds).toBeGreaterThanOrEqual(0)
  return rest
}

describe('going on from states by what changes', () => {
  it('finds the same states, traces and violations, on random machines', async () => {
    const outcomes = { pass: 0, fail: 0, unknown: 0 }
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(plainModels(), plainRings()),
        fc.boolean(),
        fc.constantFrom('always' as const, { ...TINY, cheap: 0 }),
        fc.constantFrom('breadth-first', 'depth-first'),
        async (plain, keepGoing, changes, strategy) => {
          const options = { keepGoing, strategy, budget: { states: 200 } } as const
          const expected = await told(modelOf(plain), { ...options, changes: 'never' })
          expect(await told(modelOf(plain), { ...options, changes })).toEqual(expected)
          outcomes[expected.outcome]++
        },
      ),
      { numRuns: cases(150), seed: 20_411 },
    )
    expect(Math.min(outcomes.pass, outcomes.fail)).toBeGreaterThan(5)
  })

  const small = specEntries.filter(
    ({ size, spec }, index) =>
      size === 'small' && specEntries.findIndex((other) => other.spec === spec) === index,
  )
  it.each(small.map((entry) => ({ ...entry, title: entry.spec.name })))(
    'finds the same in $title',
    async ({ spec, parameters, mutant }) => {
      const budget = { states: 400 }
      const made = spec.make(parameters, mutant)
      const expected = await told(made, { budget, changes: 'never' })
      expect(await told(made, { budget, changes: 'always' })).toEqual(expected)
    },
  )
})

describe('an expander', () => {
  /** Two ways that take some milliseconds for a state, and a list of which was taken when. */
  function ways(whole: number, changes: () => number) {
    const taken: string[] = []
    let clock = 0
    const way = (name: string, time: () => number) => () => {
      clock += time()
      taken.push(name)
      return 1
    }
    const runner = {
      expand: way('whole', () => whole),
      incremental: () => ({ expand: way('changes', changes), falseSuccessor: () => -1 }),
      falseInvariant: () => -1,
    } as unknown as Runner
    const expander = new Expander(runner, { count: 0 }, TINY, () => clock)
    return (states: number) => {
      taken.length = 0
      for (let state = 0; state < states; state++) expander.expand(new Int32Array(1), 0)
      return taken.join(' ')
    }
  }
  const looks = 'whole whole '.repeat(3)
  const trial = `${looks}changes changes ${'whole whole changes changes '.repeat(3)}`.trim()

  it('goes by changes when that was faster', () => {
    const go = ways(2, () => 1)
    expect(go(3)).toBe('whole whole whole')
    expect(go(20)).toBe(trial)
    expect(new Set(go(50).split(' '))).toEqual(new Set(['changes']))
  })

  it('tries nothing where steps are cheap', () => {
    const go = ways(0.5, () => 0.1)
    expect(new Set(go(100).split(' '))).toEqual(new Set(['whole']))
  })

  it('stays with whole states when they were faster, and tries again later', () => {
    let time = 3
    const go = ways(2, () => time)
    go(23)
    expect(go(6)).toBe('whole '.repeat(6).trim())
    expect(go(20)).toBe(trial)
    time = 1
    expect(go(12)).toBe('whole '.repeat(12).trim())
    expect(go(20)).toBe(trial)
    expect(new Set(go(50).split(' '))).toEqual(new Set(['changes']))
  })

  it('trusts claims about states that it has judged by changes, while all of them hold', () => {
    const trusted: boolean[] = []
    const falseSuccessor = (trust: boolean) => trusted.push(trust)
    const runner = {
      expand: () => 1,
      incremental: () => ({ expand: () => 1, falseSuccessor }),
      falseInvariant: () => -1,
    } as unknown as Runner
    const expander = new Expander(runner, { count: 2 }, 'always')
    expect(expander.falseInvariant(-1, true)).toBe(-1)
    expander.expand(new Int32Array(1), 0)
    expect([1, 2, 3].map((from) => expander.falseInvariant(from, true))).toEqual([1, 2, 3])
    expander.falseInvariant(3, false)
    expect(trusted).toEqual([false, true, true, false])
  })
})
