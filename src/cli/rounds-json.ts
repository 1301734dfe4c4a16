import type { Attacked } from '../valency/rounds/algorithms/attacked.ts'
import { processNames } from '../valency/rounds/question.ts'
import { RULE_WORDS } from '../valency/rounds/rule.ts'
import type { RoundAnswer } from '../valency/rounds/solve.ts'
import { caseText, chainRuns, decidedViews } from './rounds-told.ts'
import { exampleText } from './rounds-text.ts'

/** A larger table of a rule is left out. */
const MOST_VIEWS = 10_000

/** The answer as plain data. */
export function answerJson(answer: RoundAnswer): unknown {
  const { question, outcome, graph, rule, verified, stopped, seconds } = answer
  const chain = chainRuns(answer).map(({ start, deeds, demand, blind }) => ({
    start,
    deeds,
    demand: demand ?? null,
    blind: blind === undefined ? null : { process: blind.name, knows: blind.view },
  }))
  return {
    question,
    outcome,
    processes: processNames(question),
    ...(graph === undefined
      ? {}
      : { runs: graph.runs, views: graph.views, components: graph.components }),
    rule:
      rule === undefined
        ? null
        : {
            name: rule.name ?? null,
            words: rule.name === undefined ? 'a table' : RULE_WORDS[rule.name],
            zeros: rule.zeros,
            ones: rule.ones,
            ...(rule.zeros + rule.ones <= MOST_VIEWS
              ? {
                  table: decidedViews(answer, MOST_VIEWS).map(([process, knows, decides]) => ({
                    process,
                    knows,
                    decides,
                  })),
                }
              : {}),
          },
    chain: chain.length === 0 ? null : chain,
    verifiedRuns: verified ?? null,
    stopped: stopped ?? null,
    seconds: Number(seconds.toFixed(6)),
  }
}

/** What came of an attack. Counts that no number can hold exactly are texts. */
export function attackedJson(attacked: Attacked): unknown {
  const { question, outcome, cases, stopped, seconds } = attacked
  return {
    question,
    outcome,
    cases: cases.map((each) => ({
      adversary: caseText(each),
      traitors: each.traitors,
      runs: exact(each.runs),
      disagreements: exact(each.disagreements),
      invalid: exact(each.invalid),
      example: each.example === undefined ? null : exampleText(each, attacked),
    })),
    stopped: stopped ?? null,
    seconds: Number(seconds.toFixed(6)),
  }
}

function exact(count: bigint): number | string {
  return count <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(count) : String(count)
}
