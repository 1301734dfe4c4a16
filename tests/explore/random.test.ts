import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Exploration, ExploreOptions, Step } from '../../src/explore/index.ts'
import { explore } from '../../src/explore/index.ts'
import { cases } from './cases.ts'
import type { NaiveGraph } from './naive.ts'
import { naiveSearch } from './naive.ts'
import type { Plain, PlainState } from './plain.ts'
import { actionName, after, choicesOf, claimName, firstState, holdsIn } from './plain.ts'
import { jsonOf, modelOf } from './plain.ts'
import { plainModels, plainRings } from './random-models.ts'

const MOST = 300

/** Ways to look at all states one by one, of which the first is the one that is used most. */
const WAYS: readonly ExploreOptions[] = [
  {},
  { generated: false },
  { fingerprints: true },
  { strategy: 'depth-first' },
]

describe('random machines', () => {
  it.each([
    ['of all kinds', plainModels(), cases(120)],
    ['that treat processes alike', plainModels({ symmetric: true }), cases(40)],
    ['in rings with links', plainRings(), cases(40)],
  ] as const)('%s have the states and broken claims of a naive search', async (_, plains, runs) => {
    const outcomes = { pass: 0, fail: 0, unknown: 0 }
    const way = fc.constantFrom(...WAYS)
    await fc.assert(
      fc.asyncProperty(plains, way, async (plain, options) => {
        const naive = naiveSearch(plain, MOST)
        if (naive === undefined) return
        const found = await explore(modelOf(plain), { ...options, keepGoing: true })
        outcomes[found.outcome]++
        const isShortest = options.strategy !== 'depth-first'
        expect(countsOf(found, isShortest)).toEqual(countsOfNaive(naive, isShortest))
        const flaws = found.violations.flatMap((one) => flawsOfTrace(plain, one.trace))
        expect(flaws).toEqual([])
        if (isShortest) expect(shortest(found)).toBe(shortestOfNaive(naive))
      }),
      { numRuns: runs, seed: 1 },
    )
    expect(Math.min(outcomes.pass, outcomes.fail)).toBeGreaterThan(runs / 10)
    expect(outcomes.unknown).toBe(0)
  })
})

/** What a result says that does not depend on who searched. */
function countsOf(found: Exploration, isShortest: boolean) {
  const named = (kind: string) =>
    found.violations.flatMap((one) => (one.kind === kind ? [one.name] : [])).sort()
  // In the same state more than one may be false.
  const clauses = found.violations.flatMap((one) => one.clauses?.map(({ name }) => name) ?? [])
  const wrong = found.violations.some(({ kind }) => kind !== 'never')
  return {
    distinct: found.distinctStates,
    generated: found.generatedStates,
    depth: isShortest ? found.depth : undefined,
    broken: named('invariant').length > 0,
    knownBroken: [...new Set([...named('invariant'), ...clauses])].sort(),
    never: wrong ? [] : named('never'),
    deadlock: named('deadlock').length > 0,
  }
}

function countsOfNaive(naive: NaiveGraph, isShortest: boolean) {
  const wrong = naive.falseInvariants.size + naive.deadlocks.length > 0
  const broken = [...naive.falseInvariants.keys()].map(claimName)
  return {
    distinct: naive.states.length,
    generated: naive.generated,
    depth: isShortest ? naive.depth : undefined,
    broken: broken.length > 0,
    knownBroken: expect.toSatisfy((names: readonly string[]) =>
      names.every((name) => broken.includes(name)),
    ) as unknown,
    never: wrong ? [] : naive.never.map(claimName),
    deadlock: naive.deadlocks.length > 0,
  }
}

function shortest(found: Exploration): number {
  const wrong = found.violations.filter(({ kind }) => kind !== 'never')
  return Math.min(...wrong.map(({ trace }) => trace.length))
}

function shortestOfNaive(naive: NaiveGraph): number {
  const deadlocks = naive.deadlocks.map((state) => naive.levels[state]!)
  return Math.min(...naive.falseInvariants.values(), ...deadlocks)
}

/** What is wrong with a story, told by the independent meaning of the machine. */
function flawsOfTrace(plain: Plain, trace: readonly Step[]): readonly string[] {
  const states = trace.map((step) => jsonOf(plain, step.state))
  return trace.flatMap((step, index) => {
    const state = states[index]!
    const before = states[index - 1]
    if (before === undefined) return mayBegin(plain, state) ? [] : ['it begins elsewhere']
    const action = plain.actions.find((_, number) => actionName(number) === step.action)
    if (action === undefined) return [`there is no ${String(step.action)}`]
    const choice = step.parameters as readonly number[]
    const allowed = choicesOf(plain, action.ranges, before).map((one) => one.join())
    const taken =
      allowed.includes(choice.join()) &&
      holdsIn(plain, action.when, before, choice) &&
      same(after(plain, action.then, before, choice), state)
    return taken ? [] : [`step ${index} is none`]
  })
}

function mayBegin(plain: Plain, state: PlainState): boolean {
  const first = firstState(plain)
  if (plain.init.length === 0) return same(first, state)
  return plain.init.some(({ ranges, when, then }) =>
    choicesOf(plain, ranges, first).some(
      (choice) =>
        holdsIn(plain, when, first, choice) && same(after(plain, then, first, choice), state),
    ),
  )
}

const same = (one: PlainState, other: PlainState) => JSON.stringify(one) === JSON.stringify(other)
