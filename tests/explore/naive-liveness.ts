import type { Step } from '../../src/explore/index.ts'
import type { NaiveEdge, NaiveGraph } from './naive.ts'
import type { Choice, Plain, PlainProperty } from './plain.ts'
import { actionName, holdsIn, jsonOf } from './plain.ts'

/** One promise of fairness: about which steps, and of which strength. */
interface Promised {
  readonly strength: 'weak' | 'strong'
  about(edge: NaiveEdge): boolean
}

/** What a property for one choice of parameters says of each state of a graph. */
interface Question {
  readonly kind: PlainProperty['kind']
  /** Where a behaviour that breaks it stays for ever, once it has begun to. */
  stays(state: number): boolean
  /** Where it may begin to stay, besides at the beginning of everything. */
  begins(state: number): boolean
  /** What it meets again and again. */
  meets(state: number): boolean
}

export function promisesOf(plain: Plain, graph: NaiveGraph): readonly Promised[] {
  return plain.fairness.flatMap(({ strength, actions, each }) => {
    const named = (edge: NaiveEdge) =>
      actions.length === 0 || actions.includes(actionName(edge.action))
    if (!each) return [{ strength, about: named }]
    const keyOf = (edge: NaiveEdge) => `${edge.action}:${edge.choice.join()}`
    const keys = new Set(graph.edges.filter(named).map(keyOf))
    return [...keys].map((key) => ({ strength, about: (edge: NaiveEdge) => keyOf(edge) === key }))
  })
}

export function questionOf(
  plain: Plain,
  graph: NaiveGraph,
  property: PlainProperty,
  choice: Choice,
): Question {
  const holds = (formula: PlainProperty['then']) => (state: number) =>
    holdsIn(plain, formula, graph.states[state]!, choice)
  const then = holds(property.then)
  const when = holds(property.when)
  const kind = property.kind
  return {
    kind,
    stays: (state) => kind === 'eventuallyAlways' || !then(state),
    begins: (state) => kind !== 'eventually' && (kind !== 'leadsTo' || when(state)),
    meets: (state) => kind !== 'eventuallyAlways' || !then(state),
  }
}

/**
 * How many states the shortest way has to where a fair behaviour may stay that breaks a property;
 * `undefined` when there is none. By the definition: for each set of strong promises that might be
 * kept by being enabled no more, look for states that reach each other.
 */
export function shortestStem(
  plain: Plain,
  graph: NaiveGraph,
  question: Question,
): number | undefined {
  const promises = promisesOf(plain, graph)
  const strong = promises.filter((promise) => promise.strength === 'strong')
  const steps = graph.edges.filter((edge) => edge.from !== edge.to)
  const enabled = new Map(
    promises.map((one) => [one, new Set(steps.filter(one.about).map((edge) => edge.from))]),
  )
  const enables = (state: number, promise: Promised) => enabled.get(promise)!.has(state)
  const fair = new Set<number>()
  for (let given = 0; given < 2 ** strong.length; given++) {
    const silent = strong.filter((_, index) => ((given >> index) & 1) === 1)
    const allowed = [...graph.states.keys()].filter(
      (state) => question.stays(state) && !silent.some((promise) => enables(state, promise)),
    )
    const alive = new Set(allowed)
    const inside = steps.filter((edge) => alive.has(edge.from) && alive.has(edge.to))
    const reached = new Map(allowed.map((state) => [state, reach(state, inside)]))
    for (const state of allowed) {
      const part = [...reached.get(state)!].filter((other) => reached.get(other)!.has(state))
      const among = inside.filter((edge) => part.includes(edge.from) && part.includes(edge.to))
      const kept = promises.every(
        (promise) =>
          silent.includes(promise) ||
          among.some((edge) => promise.about(edge)) ||
          (promise.strength === 'weak' && part.some((one) => !enables(one, promise))),
      )
      if (kept && part.some((one) => question.meets(one))) fair.add(state)
    }
  }
  return wayLength(graph, steps, question, fair)
}

function reach(start: number, edges: readonly NaiveEdge[]): Set<number> {
  const reached = new Set([start])
  for (const state of reached)
    for (const edge of edges) if (edge.from === state) reached.add(edge.to)
  return reached
}

/** By levels, over states and whether the behaviour has begun to stay. */
function wayLength(
  graph: NaiveGraph,
  steps: readonly NaiveEdge[],
  question: Question,
  fair: ReadonlySet<number>,
): number | undefined {
  const level = new Map<string, number>()
  const queue: { state: number; staying: boolean; length: number }[] = []
  const visit = (state: number, staying: boolean, length: number) => {
    if (level.has(`${state}:${String(staying)}`)) return
    level.set(`${state}:${String(staying)}`, length)
    queue.push({ state, staying, length })
  }
  for (const state of graph.initial) {
    visit(state, false, 1)
    if (question.stays(state) && (question.kind === 'eventually' || question.begins(state)))
      visit(state, true, 1)
  }
  for (const { state, staying, length } of queue) {
    if (staying && fair.has(state)) return length
    for (const { from, to } of steps) {
      if (from !== state || to < 0) continue
      if (!staying) visit(to, false, length + 1)
      if (question.stays(to) && (staying || question.begins(to))) visit(to, true, length + 1)
    }
  }
  return undefined
}

/** What is wrong with a lasso as evidence against a property; nothing if all is well. */
export function flawsOfLasso(
  plain: Plain,
  graph: NaiveGraph,
  question: Question,
  lasso: { readonly trace: readonly Step[]; readonly loop: number },
): readonly string[] {
  const flaws: string[] = []
  const numbers = new Map(graph.states.map((state, number) => [JSON.stringify(state), number]))
  const path = lasso.trace.map(
    (step) => numbers.get(JSON.stringify(jsonOf(plain, step.state))) ?? -1,
  )
  if (path.includes(-1)) return ['a state is not reachable']
  if (!graph.initial.includes(path[0]!)) flaws.push('it does not begin at the beginning')
  const taken = lasso.trace
    .slice(1)
    .map((step, index) =>
      graph.edges.find(
        ({ from, to, action, choice }) =>
          from === path[index] &&
          to === path[index + 1] &&
          actionName(action) === step.action &&
          choice.join() === step.parameters.join(),
      ),
    )
  if (taken.includes(undefined)) flaws.push('a step cannot be taken')
  const last = path.length - 1
  if (path[last] !== path[lasso.loop]) flaws.push('it does not come back')
  const round = path.slice(lasso.loop)
  const roundSteps = taken.slice(lasso.loop).filter((edge) => edge !== undefined)
  if (roundSteps.some((edge) => edge.from === edge.to)) flaws.push('a step changes nothing')

  const enables = (state: number, promise: Promised) =>
    graph.edges.some((edge) => edge.from === state && edge.to !== state && promise.about(edge))
  for (const promise of promisesOf(plain, graph)) {
    const kept =
      roundSteps.some((edge) => promise.about(edge)) ||
      (promise.strength === 'weak'
        ? round.some((state) => !enables(state, promise))
        : !round.some((state) => enables(state, promise)))
    if (!kept) flaws.push(`a ${promise.strength} promise is not kept`)
  }
  const begin = path.findIndex(
    (state, index) =>
      (question.kind === 'eventually' ? index === 0 : question.begins(state)) &&
      path.slice(index).every((later) => question.stays(later)),
  )
  if (begin < 0) flaws.push('it never begins to stay away from what should happen')
  if (!round.some((state) => question.meets(state))) flaws.push('it does not meet what it should')
  return flaws
}
