import type { RoundsEntry } from '../../suites/entry.ts'
import type { Budget } from '../core/budget.ts'
import type { RunRow } from '../core/results.ts'
import { counted } from '../core/wording.ts'
import { attackAlgorithm } from '../valency/rounds/algorithms/attack.ts'
import type { Attacked } from '../valency/rounds/algorithms/attacked.ts'
import { generalName } from '../valency/rounds/algorithms/generals.ts'
import { RULE_WORDS } from '../valency/rounds/rule.ts'
import type { RoundAnswer } from '../valency/rounds/solve.ts'
import { solveRounds } from '../valency/rounds/solve.ts'
import { answerJson, attackedJson } from './rounds-json.ts'
import { caseText } from './rounds-told.ts'
import { countsText } from './rounds-text.ts'

/** A question about rounds as a row of the table of expected verdicts. */
export function checkRounds(
  { name, question, expected, expectedCounts, because }: RoundsEntry,
  budget: Budget,
): { readonly row: RunRow; readonly evidence: object } {
  const common = { name, expected, expectedCounts }
  if ('algorithm' in question) {
    const attacked = attackAlgorithm(question, budget)
    const { outcome, cases, seconds, stopped } = attacked
    const told = cases.map((each) => `${caseText(each)}: ${countsText(each, attacked)}`)
    const sentence = stopped?.covered ?? told.join('; ')
    return {
      row: {
        ...common,
        outcome,
        sentence,
        engine: 'all behaviours',
        counts: attackCounts(attacked),
        seconds: Number(seconds.toFixed(6)),
      },
      evidence: { ...(attackedJson(attacked) as object), because },
    }
  }
  const answer = solveRounds(question, budget)
  const { outcome, graph, seconds } = answer
  return {
    row: {
      ...common,
      outcome,
      sentence: sentenceOf(answer),
      engine: 'view graph',
      ...(graph === undefined
        ? {}
        : { counts: { runs: graph.runs, views: graph.views, components: graph.components } }),
      seconds: Number(seconds.toFixed(6)),
    },
    evidence: { ...(answerJson(answer) as object), because },
  }
}

function sentenceOf({ rule, chain, stopped }: RoundAnswer): string {
  if (stopped !== undefined) return stopped.covered
  if (chain !== undefined) return `impossible by a chain of ${counted(chain.runs.length, 'run')}`
  return rule?.name === undefined ? 'possible by a table' : `possible: ${RULE_WORDS[rule.name]}`
}

/** `C-L1 disagreements`; without a name where there are no traitors. */
function attackCounts({ cases }: Attacked): Readonly<Record<string, number>> {
  return Object.fromEntries(
    cases.flatMap(({ traitors, runs, disagreements, invalid }) => {
      const who = traitors.length === 0 ? '' : `${traitors.map(generalName).join('-')} `
      const counts = { runs, disagreements, invalid }
      return Object.entries(counts).map(([what, count]) => [`${who}${what}`, Number(count)])
    }),
  )
}
