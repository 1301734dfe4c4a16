import type { Budget } from '../../core/budget.ts'
import { Meter } from '../../core/budget.ts'
import type { BoundHit, Outcome } from '../../core/verdict.ts'
import { BoundReached } from '../../explore/bounds.ts'
import type { Chain } from './chain.ts'
import { shortestChain } from './chain.ts'
import { OutOfBudget, exploreRounds } from './explore-rounds.ts'
import type { RoundQuestion } from './question.ts'
import { roundModel, roundsOf } from './question.ts'
import type { Rule } from './rule.ts'
import { ruleOf } from './rule.ts'
import type { ViewGraph } from './view-graph.ts'
import { viewGraph } from './view-graph.ts'
import { verifyChain, verifyRule } from './verify.ts'

/** Whether anybody can decide, and why. */
export interface RoundAnswer {
  readonly question: RoundQuestion
  /** `pass`: there is a rule. `fail`: no algorithm whatsoever can do it. */
  readonly outcome: Outcome
  readonly graph?: ViewGraph
  readonly rule?: Rule
  readonly chain?: Chain
  /** How many runs were played again without the engine. */
  readonly verified?: number
  readonly stopped?: BoundHit
  readonly seconds: number
}

/** Decides a question by its view graph, and checks the answer by playing all runs plainly. */
export function solveRounds(question: RoundQuestion, budget: Budget = {}): RoundAnswer {
  const started = performance.now()
  const meter = new Meter(budget)
  const answer = (found: Omit<RoundAnswer, 'question' | 'seconds'>): RoundAnswer => ({
    question,
    ...found,
    seconds: (performance.now() - started) / 1000,
  })
  const graph = graphWithin(question, meter)
  if ('bound' in graph) return answer({ outcome: 'unknown', stopped: graph })
  const rule = ruleOf(graph, question)
  const chain = shortestChain(graph)
  const evidence = { graph, ...(rule && { rule }), ...(chain && { chain }) }
  const verified =
    rule === undefined
      ? chain && verifyChain(question, graph, chain, meter)
      : verifyRule(question, graph, rule, meter)
  if (verified === undefined) {
    const covered = 'an answer was found, but not checked against all runs'
    return answer({ outcome: 'unknown', ...evidence, stopped: meter.hit(covered) })
  }
  return answer({ outcome: graph.possible ? 'pass' : 'fail', ...evidence, verified })
}

function graphWithin(question: RoundQuestion, meter: Meter): ViewGraph | BoundHit {
  try {
    return viewGraph(exploreRounds(roundModel(question), meter))
  } catch (error) {
    if (error instanceof OutOfBudget) return meter.hit(coveredText(error.rounds, question))
    if (!(error instanceof BoundReached)) throw error
    const covered = 'the views of all runs do not fit into memory'
    return { bound: 'memory', limit: error.limit, covered }
  }
}

function coveredText(rounds: number, question: RoundQuestion): string {
  const all = roundsOf(question)
  if (rounds < 0) return 'not all starts were looked at'
  return `everything that can happen in ${rounds} of ${all} rounds was looked at`
}
