import type { RoundQuestion } from './question.ts'
import type { ViewGraph } from './view-graph.ts'
import type { Views } from './views.ts'
import { BLANK, NOTHING } from './views.ts'

/** What to decide, from what is known at the end. */
export interface Rule {
  /** A rule in words, where one of those that are known by name fits; else it is a table. */
  readonly name: RuleName | undefined
  /** Of each view that somebody can have at the end, 0 or 1; `NOTHING` of the others. */
  readonly decisions: Int8Array
  readonly zeros: number
  readonly ones: number
}

export type RuleName = 'smallest' | 'majorities' | 'only order'

/** A rule, which exists if the graph says so: all views of a component get the same decision. */
export function ruleOf(graph: ViewGraph, question: RoundQuestion): Rule | undefined {
  if (!graph.possible) return undefined
  for (const [name, make] of Object.entries(NAMED) as [RuleName, MakeRule][]) {
    const decide = make(graph.rounds.views, question)
    const decisions = decide === undefined ? undefined : fitting(graph, decide)
    if (decisions !== undefined) return counted(name, decisions)
  }
  const { componentOf, demands } = graph
  const decisions = new Int8Array(componentOf.length).fill(NOTHING)
  componentOf.forEach((component, view) => {
    if (component !== NOTHING) decisions[view] = demands[component] === 2 ? 1 : 0
  })
  return counted(undefined, decisions)
}

export const RULE_WORDS: Readonly<Record<RuleName, string>> = {
  smallest: 'decide the smallest input you have heard of, from whomever',
  majorities:
    'take what each said by the majority of what the others say it said, then the majority of ' +
    'that; 0 where it is even (oral messages, Lamport, Shostak & Pease 1982)',
  'only order':
    'obey the only order that came in time with a signature for each round; 0 if there are two ' +
    'or none (signed messages, Lamport, Shostak & Pease 1982)',
}

function counted(name: RuleName | undefined, decisions: Int8Array): Rule {
  let [zeros, ones] = [0, 0]
  for (const decision of decisions) {
    if (decision === 0) zeros++
    if (decision === 1) ones++
  }
  return { name, decisions, zeros, ones }
}

/** The decisions, if they are the same throughout each component and as demanded. */
function fitting(graph: ViewGraph, decide: (view: number) => 0 | 1): Int8Array | undefined {
  const { componentOf, components, demands } = graph
  const ofComponent = new Int8Array(components).fill(NOTHING)
  const decisions = new Int8Array(componentOf.length).fill(NOTHING)
  for (let view = 0; view < componentOf.length; view++) {
    const component = componentOf[view]!
    if (component === NOTHING) continue
    const decision = decide(view)
    if ((demands[component]! & (2 - decision)) !== 0) return undefined
    if (ofComponent[component] === NOTHING) ofComponent[component] = decision
    if (ofComponent[component] !== decision) return undefined
    decisions[view] = decision
  }
  return decisions
}

type MakeRule = (views: Views, question: RoundQuestion) => ((view: number) => 0 | 1) | undefined

const NAMED: Readonly<Record<RuleName, MakeRule>> = {
  smallest: (views, { model }) => (model === 'byzantine' ? undefined : smallest(views)),
  majorities: (views, question) =>
    question.model === 'byzantine' && !question.signed
      ? (view) => majorities(views, view, question)
      : undefined,
  'only order': (views, question) =>
    question.model === 'byzantine' && question.signed && question.speaker === 'commander'
      ? (view) => onlyOrder(views, view, question.rounds)
      : undefined,
}

/** Older views have smaller numbers, so all are found in one pass. */
function smallest(views: Views): (view: number) => 0 | 1 {
  const least = new Int8Array(views.count)
  for (let view = 0; view < views.count; view++) {
    if (views.isStart(view)) {
      least[view] = views.inputOf(view)
      continue
    }
    let input: number = BLANK
    for (let q = 0; q < views.processes; q++) {
      const heard = views.heardFrom(view, q)
      if (heard !== NOTHING) input = Math.min(input, least[heard]!)
    }
    least[view] = input
  }
  return (view) => (least[view] === 1 ? 1 : 0)
}

interface Generals {
  readonly processes: number
  readonly rounds: number
  readonly speaker: 'commander' | 'everybody'
}

function majorities(views: Views, view: number, { processes, rounds, speaker }: Generals): 0 | 1 {
  const self = views.ownerOf(view)
  const history = viewsByRound(views, view)
  /** What q said its input is, as far as can be told from the messages of all rounds. */
  const told = (path: readonly number[]): 0 | 1 => {
    const direct = saidAlong(views, history, path)
    if (path.length === rounds) return direct
    let balance = direct === 1 ? 1 : -1
    for (let q = 0; q < processes; q++) {
      if (q === self || path.includes(q)) continue
      balance += told([...path, q]) === 1 ? 1 : -1
    }
    return balance > 0 ? 1 : 0
  }
  if (speaker === 'commander') return told([0])
  let balance = views.inputOf(history[0]!) === 1 ? 1 : -1
  for (let q = 0; q < processes; q++) if (q !== self) balance += told([q]) === 1 ? 1 : -1
  return balance > 0 ? 1 : 0
}

/** The views of its owner after 0, 1, ... rounds. */
function viewsByRound(views: Views, view: number): readonly number[] {
  const history = [view]
  for (let older = view; !views.isStart(older); history.unshift(older))
    older = views.heardFrom(older, views.ownerOf(older))
  return history
}

/** What the last of the path says that the one before it said, and so on: that its input is 1? */
function saidAlong(views: Views, history: readonly number[], path: readonly number[]): 0 | 1 {
  let view = history[path.length]!
  for (const q of [...path].reverse()) {
    view = views.heardFrom(view, q)
    if (view === NOTHING) return 0
  }
  return views.inputOf(view) === 1 ? 1 : 0
}

function onlyOrder(views: Views, view: number, rounds: number): 0 | 1 {
  const self = views.ownerOf(view)
  const history = viewsByRound(views, view)
  let seen = 0
  /** Follows everybody who passed it on in that round, and not twice. */
  const follow = (at: number, signed: readonly number[]): void => {
    if (views.isStart(at)) {
      if (views.ownerOf(at) === 0) seen |= 1 << views.inputOf(at)
      return
    }
    for (let q = 0; q < views.processes; q++) {
      const heard = views.heardFrom(at, q)
      if (heard !== NOTHING && q !== views.ownerOf(at) && !signed.includes(q))
        follow(heard, [...signed, q])
    }
  }
  for (let round = 1; round <= rounds; round++) follow(history[round]!, [self])
  return seen === 2 ? 1 : 0
}
