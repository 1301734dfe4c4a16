import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Exploration } from '../../src/explore/index.ts'
import { explore } from '../../src/explore/index.ts'
import type { NaiveGraph } from './naive.ts'
import { naiveSearch } from './naive.ts'
import { claimName, jsonOf, modelOf } from './plain.ts'
import { plainModels, plainRings } from './random-models.ts'

const MOST = 300

describe('random machines', () => {
  it.each([
    ['of all kinds', plainModels(), 500],
    ['that treat processes alike', plainModels({ symmetric: true }), 200],
    ['in rings with links', plainRings(), 150],
  ] as const)('%s have the states and broken claims of a naive search', async (_, plains, runs) => {
    const outcomes = { pass: 0, fail: 0, unknown: 0 }
    await fc.assert(
      fc.asyncProperty(plains, async (plain) => {
        const naive = naiveSearch(plain, MOST)
        if (naive === undefined) return
        const found = await explore(modelOf(plain), { keepGoing: true, properties: false })
        outcomes[found.outcome]++
        expect(claimsOf(found)).toEqual(claimsOfNaive(naive))
        const broken = [...naive.falseInvariants.keys()].map(claimName)
        for (const violation of found.violations) {
          if (violation.kind === 'invariant') expect(broken).toContain(violation.name)
          if (violation.kind === 'never') continue
          const last = violation.trace.at(-1)!
          if (violation.kind === 'deadlock')
            expect(naive.deadlocks.map((state) => naive.states[state])).toContainEqual(
              jsonOf(plain, last.state),
            )
        }
      }),
      { numRuns: runs, seed: 1 },
    )
    expect(Math.min(outcomes.pass, outcomes.fail)).toBeGreaterThan(runs / 10)
    expect(outcomes.unknown).toBe(0)
  })
})

/** What a result says that does not depend on who searched. */
function claimsOf(found: Exploration) {
  const named = (kind: string) =>
    found.violations.flatMap((one) => (one.kind === kind ? [one.name] : [])).sort()
  return {
    distinct: found.distinctStates,
    generated: found.generatedStates,
    depth: found.depth,
    invariant: named('invariant').length > 0,
    never: named('never'),
    deadlock: named('deadlock').length > 0,
  }
}

function claimsOfNaive(naive: NaiveGraph): ReturnType<typeof claimsOf> {
  return {
    distinct: naive.states.length,
    generated: naive.generated,
    depth: Math.max(1, naive.depth),
    invariant: naive.falseInvariants.size > 0,
    never: naive.never.map(claimName),
    deadlock: naive.deadlocks.length > 0,
  }
}
