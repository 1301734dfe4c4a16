import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seeded } from '../../src/core/random.ts'
import type { AnyModel, RefinementFailure, Violation } from '../../src/explore/index.ts'
import { model, modelSystem } from '../../src/explore/index.ts'
import { Pairs } from '../../src/explore/pairs.ts'
import { checkRefinements } from '../../src/explore/refinement.ts'
import { bool, int, value } from '../../src/state/index.ts'
import { twoPhaseCommit } from '../../specs/commit/twophase.ts'
import { knownStates } from './known-states.ts'
import type { NaiveGraph } from './naive.ts'
import { naiveSearch } from './naive.ts'
import type { Plain, PlainState } from './plain.ts'
import { actionName, after, choicesOf, firstState, holdsIn, jsonOf } from './plain.ts'
import { projected, refining } from './projection.ts'
import { plainModels } from './random-models.ts'

const MOST_STATES = 60

describe('refinement', () => {
  it('of random machines holds where each step is one of the other machine or none', () => {
    const verdicts = { pass: 0, fail: 0, unknown: 0 }
    const lengths: number[] = []
    const cases = plainModels().chain((plain) =>
      fc.record({
        plain: fc.constant(plain),
        kept: fc.subarray([...plain.variables.keys()], { minLength: 1 }),
        // An action that the other machine does not have, or an effect that it does not show.
        without: fc.option(fc.nat({ max: plain.actions.length - 1 }), { freq: 3 }),
        unchanged: fc.option(fc.nat({ max: plain.actions.length - 1 }), { freq: 3 }),
        start: fc.boolean(),
      }),
    )
    fc.assert(
      fc.property(cases, ({ plain, kept, without, unchanged, start }) => {
        const graph = naiveSearch(plain, MOST_STATES)
        if (graph === undefined) return
        const whole = projected(plain, kept)
        const abstract: Plain = {
          ...whole,
          init: start ? whole.init : whole.init.slice(0, 1),
          actions: whole.actions
            .map((action, index) => (index === unchanged ? { ...action, then: [] } : action))
            .filter((_, index) => index !== without),
        }
        const system = modelSystem('random', refining(plain, abstract, kept))
        const [result] = checkRefinements(system, knownStates(system), { generated: false })
        const shortest = shortestFailure(graph, plain, abstract, kept)
        const { report, violation } = result!
        verdicts[report.outcome]++
        expect(report.outcome).toBe(shortest === undefined ? 'pass' : 'fail')
        if (violation === undefined) return
        expect(violation.trace.length).toBe(shortest)
        lengths.push(violation.trace.length)
        expect(flaws(violation, plain, abstract, kept)).toEqual([])
      }),
      { numRuns: 400, seed: 6 },
    )
    expect(Math.min(verdicts.pass, verdicts.fail)).toBeGreaterThan(80)
    expect(lengths.filter((length) => length > 2).length).toBeGreaterThan(10)
    expect(lengths).toContain(1)
  })

  it('of transaction commit by two-phase commit holds', () => {
    const [result] = resultsOf(modelSystem('twophase', twoPhaseCommit.make({ rm: 3 })))
    expect(result?.report).toMatchObject({ name: 'tcommit', outcome: 'pass' })
  })

  it('shows the step that is none of the other model, and what could have been done', () => {
    const mutant = twoPhaseCommit.make({ rm: 3 }, 'commit-without-all')
    const [result] = resultsOf(modelSystem('twophase', mutant))
    const { before, after: next, enabled } = result!.violation!.refinement!
    expect(result!.report.outcome).toBe('fail')
    expect(result!.violation!.trace.at(-1)!.action).toBe('rmRcvCommit')
    expect([...(before!['rm'] as Map<number, string>).values()]).not.toContain('committed')
    expect([...(next['rm'] as Map<number, string>).values()]).toContain('committed')
    expect(enabled).toEqual(['prepare', 'abort'])
  })

  it('lets a machine stand still while another one that it refines does', () => {
    const clock = model({
      state: { hour: int(0, 2) },
      actions: { tick: { then: (s) => void (s.hour = (s.hour + 1) % 3) } },
      sometimes: {},
    })
    const refines = (map: (hour: number) => number) =>
      resultsOf(
        modelSystem(
          'minutes',
          model({
            state: { hour: int(0, 2), half: bool() },
            actions: {
              tick: {
                then: (s) => {
                  if (s.half) s.hour = (s.hour + 1) % 3
                  s.half = !s.half
                },
              },
            },
            sometimes: {},
            refines: { clock: { model: clock, map: (s, hour) => void (hour.hour = map(s.hour)) } },
          }),
        ),
      )[0]!
    expect(refines((hour) => hour).report.outcome).toBe('pass')
    expect(refines((hour) => 2 - hour).violation?.trace.length).toBe(1)
    const backwards = refines((hour) => (3 - hour) % 3)
    expect(backwards.violation?.trace.length).toBe(3)
    expect(backwards.violation?.refinement).toMatchObject({
      before: { hour: 0 },
      after: { hour: 2 },
      enabled: ['tick'],
    })
  })

  it('begins each mapping with the first values of all variables', () => {
    const turning = (refines: object) =>
      model({
        state: { light: int(0, 3) },
        init: (s: { light: number }) => (s.light = 1),
        actions: { turn: { then: (s: { light: number }) => (s.light = (s.light + 1) % 4) } },
        sometimes: {},
        refines,
      } as never) as AnyModel
    const map = (s: { light: number }, image: { light: number }) => {
      if (s.light > 0) image.light = s.light
    }
    const dimmer = turning({ itself: { model: turning({}), map } })
    expect(resultsOf(modelSystem('dimmer', dimmer))[0]?.report.outcome).toBe('pass')
  })

  it('makes room for as many values as the other model turns out to have', () => {
    const steps = 200
    const line = model({
      state: { at: value<number>() },
      init: (s) => void (s.at = 0),
      actions: { step: { when: (s) => s.at < steps, then: (s) => void (s.at = s.at + 1) } },
      sometimes: {},
    })
    const counting = model({
      state: { count: int(0, steps) },
      actions: { step: { when: (s) => s.count < steps, then: (s) => (s.count += 1) } },
      sometimes: {},
      refines: { line: { model: line, map: (s, image) => void (image.at = s.count) } },
    })
    expect(resultsOf(modelSystem('counting', counting))[0]?.report.outcome).toBe('pass')
  })

  it('tells whose mapping gives a value that the other model does not have', () => {
    const small = model({ state: { at: int(0, 1) }, actions: {}, sometimes: {} })
    const large = model({
      state: { at: int(0, 5) },
      actions: { step: { when: (s) => s.at < 5, then: (s) => (s.at += 1) } },
      sometimes: {},
      refines: { small: { model: small, map: (s, image) => void (image.at = s.at) } },
    })
    expect(() => resultsOf(modelSystem('large', large))).toThrow(/wrong value.*\bat\b/)
  })
})

describe('pairs of numbers', () => {
  it('are there when they were added, and only then', () => {
    const pairs = new Pairs()
    const added = new Set<string>()
    const numbers = seeded(7)
    for (let turn = 0; turn < 20_000; turn++) {
      const one = numbers.int(0, 99)
      const other = numbers.int(0, 99)
      expect(pairs.has(one, other)).toBe(added.has(`${one},${other}`))
      if (turn % 3 > 0) continue
      pairs.add(one, other)
      added.add(`${one},${other}`)
    }
  })
})

function resultsOf(system: ReturnType<typeof modelSystem>) {
  return checkRefinements(system, knownStates(system))
}

/** The length of the shortest story that ends in a step which the other machine does not have. */
function shortestFailure(
  graph: NaiveGraph,
  plain: Plain,
  abstract: Plain,
  kept: readonly number[],
): number | undefined {
  const lengths = [
    ...graph.initial.flatMap((state) =>
      mayBegin(abstract, look(graph.states[state]!, kept)) ? [] : [1],
    ),
    ...graph.edges.flatMap(({ from, action, choice }) => {
      const before = graph.states[from]!
      const next = after(plain, plain.actions[action]!.then, before, choice)
      const allowed = mayStep(abstract, look(before, kept), look(next, kept))
      return allowed ? [] : [graph.levels[from]! + 1]
    }),
  ]
  return lengths.length === 0 ? undefined : Math.min(...lengths)
}

const look = (state: PlainState, kept: readonly number[]) => kept.map((variable) => state[variable])
const same = (one: PlainState, other: PlainState) => JSON.stringify(one) === JSON.stringify(other)

function mayBegin(abstract: Plain, state: PlainState): boolean {
  const first = firstState(abstract)
  if (abstract.init.length === 0) return same(first, state)
  return abstract.init.some(({ ranges, when, then }) =>
    choicesOf(abstract, ranges, first).some(
      (choice) =>
        holdsIn(abstract, when, first, choice) && same(after(abstract, then, first, choice), state),
    ),
  )
}

function mayStep(abstract: Plain, before: PlainState, next: PlainState): boolean {
  if (same(before, next)) return true
  return abstract.actions.some(({ ranges, when, then }) =>
    choicesOf(abstract, ranges, before).some(
      (choice) =>
        holdsIn(abstract, when, before, choice) &&
        same(after(abstract, then, before, choice), next),
    ),
  )
}

/** What is wrong with the evidence; nothing if all is well. */
function flaws(
  violation: Violation,
  plain: Plain,
  abstract: Plain,
  kept: readonly number[],
): readonly string[] {
  const found: string[] = []
  const states = violation.trace.map((step) => jsonOf(plain, step.state))
  const shown = violation.refinement as RefinementFailure
  const next = jsonOf(abstract, shown.after)
  if (!same(look(states.at(-1)!, kept), next))
    found.push('it is not what the last state looks like')
  if (shown.before === undefined) {
    if (mayBegin(abstract, next)) found.push('the other machine may begin there')
    return found
  }
  const before = jsonOf(abstract, shown.before)
  if (!same(look(states.at(-2)!, kept), before)) found.push('it is not what the state looked like')
  if (mayStep(abstract, before, next)) found.push('the other machine has the step')
  const enabled = abstract.actions.flatMap(({ ranges, when }, index) =>
    choicesOf(abstract, ranges, before).some((choice) => holdsIn(abstract, when, before, choice))
      ? [actionName(index)]
      : [],
  )
  if (enabled.join() !== shown.enabled.join()) found.push('other actions are enabled')
  return found
}
