import type { Meter } from '../../core/budget.ts'
import type { Chain } from './chain.ts'
import { crashRuns, lossRuns, messengerRuns } from './plain/failures.ts'
import type { PlainRun } from './plain/knowledge.ts'
import { Knowledge } from './plain/knowledge.ts'
import { byzantineRuns, gluedRuns } from './plain/traitors.ts'
import type { RoundQuestion } from './question.ts'
import type { Rule } from './rule.ts'
import type { ViewGraph } from './view-graph.ts'
import type { Views } from './views.ts'
import { BLANK, NOTHING } from './views.ts'

/** All runs, enumerated plainly and without the engine. */
export function plainRuns(question: RoundQuestion, knowledge: Knowledge): Iterable<PlainRun> {
  switch (question.model) {
    case 'crash':
      return crashRuns(question, knowledge)
    case 'losses':
    case 'graphs':
      return lossRuns(question, knowledge)
    case 'generals':
      return messengerRuns(question, knowledge)
    case 'byzantine':
      return byzantineRuns(question, knowledge)
    case 'glued':
      return gluedRuns(question, knowledge)
  }
}

/** How many runs were played; `undefined` if the budget did not suffice. */
export type Verified = number | undefined

/**
 * Plays the rule against everything that the adversary can do: all that decide decide the same, and
 * what is demanded. Throws if they do not, which is a fault of ours.
 */
export function verifyRule(
  question: RoundQuestion,
  graph: ViewGraph,
  rule: Rule,
  meter: Meter,
): Verified {
  const knowledge = new Knowledge()
  const plain = plainNumbers(graph.rounds.views, knowledge)
  const decisionOf = new Map<number, number>()
  rule.decisions.forEach((decision, view) => {
    if (decision !== NOTHING) decisionOf.set(plain[view]!, decision)
  })
  let runs = 0
  for (const { known, demand } of plainRuns(question, knowledge)) {
    if (!meter.step()) return undefined
    runs++
    let decided = demand
    for (const view of known) {
      if (view === undefined) continue
      const decision = decisionOf.get(view)
      if (decision !== 0 && decision !== 1) throw new Error('the rule does not know a view')
      decided ??= decision
      if (decision !== decided) throw new Error('the rule decides otherwise than it must')
    }
  }
  if (runs !== graph.runs) throw new Error(`${runs} runs were played, but ${graph.runs} counted`)
  return runs
}

/**
 * Looks for each run of the chain among everything that the adversary can do, and for what it
 * shares with the next. Throws if one is not there, which is a fault of ours.
 */
export function verifyChain(
  question: RoundQuestion,
  graph: ViewGraph,
  chain: Chain,
  meter: Meter,
): Verified {
  const { rounds, demandOf } = graph
  const knowledge = new Knowledge()
  const plain = plainNumbers(rounds.views, knowledge)
  const n = rounds.model.processes
  const last = rounds.layers[rounds.model.rounds]!
  const knownIn = chain.runs.map((run) =>
    Array.from({ length: n }, (_, p) => {
      const view = last.states[run * (n + rounds.model.notes) + p]!
      return view === NOTHING ? undefined : plain[view]!
    }),
  )
  chain.shared.forEach((view, at) => {
    const owner = rounds.views.ownerOf(view)
    const both = [knownIn[at]?.[owner], knownIn[at + 1]?.[owner]]
    if (both.some((known) => known !== plain[view])) throw new Error('a link of the chain is open')
  })
  const demands = chain.runs.map((run) => demandOf[run])
  if (demands[0] !== 0 || demands.at(-1) !== 1) throw new Error('the chain has no two ends')
  const missing = new Set(knownIn.map((known, at) => `${known.join()} ${demands[at] ?? NOTHING}`))
  let runs = 0
  for (const { known, demand } of plainRuns(question, knowledge)) {
    if (!meter.step()) return undefined
    runs++
    missing.delete(`${known.join()} ${demand ?? NOTHING}`)
  }
  if (missing.size > 0) throw new Error('a run of the chain cannot happen')
  if (runs !== graph.runs) throw new Error(`${runs} runs were played, but ${graph.runs} counted`)
  return runs
}

/** Each view of the engine as it is numbered when runs are played plainly. */
function plainNumbers(views: Views, knowledge: Knowledge): Int32Array {
  const plain = new Int32Array(views.count)
  for (let view = 0; view < views.count; view++) {
    const owner = views.ownerOf(view)
    if (views.isStart(view)) {
      const input = views.inputOf(view)
      plain[view] = knowledge.input(owner, input === BLANK ? undefined : input)
      continue
    }
    const heard = Array.from({ length: views.processes }, (_, q) => {
      const part = views.heardFrom(view, q)
      return part === NOTHING ? undefined : plain[part]
    })
    plain[view] = knowledge.after(owner, heard)
  }
  return plain
}
