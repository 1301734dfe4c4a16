import fc from 'fast-check'
import { expect } from 'vitest'
import type { RefinementFailure, Violation } from '../../src/explore/index.ts'
import { modelSystem } from '../../src/explore/index.ts'
import { checkRefinements } from '../../src/explore/refinement.ts'
import { knownStates } from './known-states.ts'
import type { NaiveGraph } from './naive.ts'
import { naiveSearch } from './naive.ts'
import type { Plain, PlainState } from './plain.ts'
import { actionName, after, choicesOf, firstState, holdsIn, jsonOf } from './plain.ts'
import { projected, refining } from './projection.ts'
import { plainModels } from './random-models.ts'

const MOST_STATES = 60

/** A machine, and what is kept of it in the machine that it is said to refine. */
export interface RefinementCase {
  readonly plain: Plain
  readonly kept: readonly number[]
  /** An action that the other machine does not have. */
  readonly without: number | null
  /** An action that does nothing there. */
  readonly unchanged: number | null
  /** Whether it may begin in all the ways of the machine. */
  readonly start: boolean
}

export const refinementCases: fc.Arbitrary<RefinementCase> = plainModels().chain((plain) =>
  fc.record({
    plain: fc.constant(plain),
    kept: fc.subarray([...plain.variables.keys()], { minLength: 1 }),
    without: fc.option(fc.nat({ max: plain.actions.length - 1 }), { freq: 3 }),
    unchanged: fc.option(fc.nat({ max: plain.actions.length - 1 }), { freq: 3 }),
    start: fc.boolean(),
  }),
)

/**
 * Expects what follows from the definition. Answers how long the story of the first wrong step is,
 * 0 when there is none; machines with many states are left out.
 */
export function compareRefinement(one: RefinementCase): number | undefined {
  const { plain, kept, without, unchanged, start } = one
  const graph = naiveSearch(plain, MOST_STATES)
  if (graph === undefined) return undefined
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
  expect(report.outcome).toBe(shortest === undefined ? 'pass' : 'fail')
  if (violation === undefined) return 0
  expect(violation.trace.length).toBe(shortest)
  expect(flaws(violation, plain, abstract, kept)).toEqual([])
  return violation.trace.length
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
