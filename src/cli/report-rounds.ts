import type { Exhibit } from '../report/report/content.ts'
import type { RoundQuestion } from '../valency/rounds/question.ts'
import { solveRounds } from '../valency/rounds/solve.ts'
import { chainPicture, lineOf } from './rounds-page.ts'
import { chainRuns, questionText } from './rounds-told.ts'

/** More would take longer than all the rest of a report. */
const BUDGET = { steps: 2_000_000 }

/** The chain of runs that shows that something is impossible; `undefined` where there is none. */
export function chainExhibit(question: RoundQuestion): Exhibit | undefined {
  const answer = solveRounds(question, BUDGET)
  const runs = chainRuns(answer)
  if (runs.length === 0 || answer.graph === undefined) return undefined
  const title = questionText(question)
  return {
    type: 'chain',
    chain: chainPicture(title, question, runs, answer.graph.rounds.views),
    lines: runs.map(lineOf),
  }
}
