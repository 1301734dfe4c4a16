import type { RoundChain, RoundPicture } from '../core/round-chain.ts'
import { counted } from '../core/wording.ts'
import { roundPage } from '../report/round-chain-page.ts'
import type { Attacked } from '../valency/rounds/algorithms/attacked.ts'
import type { RoundQuestion } from '../valency/rounds/question.ts'
import { processNames } from '../valency/rounds/question.ts'
import { RULE_WORDS } from '../valency/rounds/rule.ts'
import { speaksIn, viewText } from '../valency/rounds/run-text.ts'
import type { RoundAnswer } from '../valency/rounds/solve.ts'
import type { ToldMessage, ToldRun } from '../valency/rounds/told-run.ts'
import type { Views } from '../valency/rounds/views.ts'
import type { ChainRun } from './rounds-told.ts'
import { algorithmText, caseText, chainRuns, decidedViews, questionText } from './rounds-told.ts'
import { boundText, checkedText, countsText, exampleText } from './rounds-text.ts'

/** More runs are not drawn. */
const MOST_DRAWN = 24
const MOST_VIEWS = 400

const VERDICTS = {
  pass: 'Possible: there is a rule by which all decide.',
  fail: 'Impossible for every deterministic algorithm.',
  unknown: 'Unknown.',
} as const

/** The answer as a page. */
export function answerPage(answer: RoundAnswer, replay: string): string {
  const { question, outcome, graph, rule, verified, stopped } = answer
  const runs = chainRuns(answer)
  const views = decidedViews(answer, MOST_VIEWS)
  const title = questionText(question)
  return roundPage({
    title,
    outcome,
    verdict: VERDICTS[outcome],
    facts: [
      ...(graph === undefined
        ? []
        : [
            `${counted(graph.runs, 'run')}, ${counted(graph.views, 'view')} at the end in ` +
              counted(graph.components, 'component'),
          ]),
      ...(rule === undefined
        ? []
        : [`The rule: ${rule.name === undefined ? 'the table below' : RULE_WORDS[rule.name]}.`]),
      ...(stopped === undefined ? [] : [boundText(stopped)]),
      ...(verified === undefined ? [] : [checkedText(answer)]),
    ],
    ...(runs.length === 0 || graph === undefined
      ? {}
      : { chain: chainPicture(title, question, runs, graph.rounds.views) }),
    lines: runs.map(lineOf),
    views,
    moreViews: rule === undefined ? 0 : rule.zeros + rule.ones - views.length,
    replay: `synod rounds ${replay}`,
  })
}

export function attackedPage(attacked: Attacked, replay: string): string {
  const { question, outcome, cases, stopped } = attacked
  return roundPage({
    title: algorithmText(question),
    outcome,
    verdict: {
      pass: 'Right, whatever the adversary does.',
      fail: 'The adversary makes it go wrong.',
      unknown: 'Unknown.',
    }[outcome],
    facts: stopped === undefined ? [] : [boundText(stopped)],
    lines: cases.map((each) => {
      const example = exampleText(each, attacked)
      const head = `${caseText(each)}: ${countsText(each, attacked)}`
      return example === '' ? [head] : [head, `for example: ${example}`]
    }),
    views: [],
    moreViews: 0,
    replay: `synod rounds ${replay}`,
  })
}

/** A run of a chain in words. */
export function lineOf({ start, deeds, demand, blind }: ChainRun): readonly string[] {
  const told = [start, ...(deeds.length === 0 ? ['all goes well'] : deeds)]
  const must = demand === undefined ? [] : [`all must decide ${demand}`]
  return [
    [...told.filter((text) => text !== ''), ...must].join('; '),
    ...(blind === undefined
      ? []
      : [`${blind.name} sees no difference to the next: it knows ${blind.view}`]),
  ]
}

/** The neutral form of a chain of runs. */
export function chainPicture(
  title: string,
  question: RoundQuestion,
  runs: readonly ChainRun[],
  views: Views,
): RoundChain {
  const left = Math.max(0, runs.length - MOST_DRAWN)
  const half = MOST_DRAWN / 2
  const drawn = runs.filter((_, at) => left === 0 || at < half || at >= half + left)
  return {
    title,
    processes: processNames(question),
    runs: drawn.map((run) => runPicture(run, runs.indexOf(run), question, views)),
    left,
  }
}

function runPicture(
  { run, demand, blind }: ChainRun,
  at: number,
  question: RoundQuestion,
  views: Views,
): RoundPicture {
  const names = processNames(question)
  const traitors = names.flatMap((_, p) => (run.honest[p] === true ? [] : [p]))
  return {
    name: `run ${at + 1}`,
    starts: names.map((_, p) =>
      traitors.includes(p) ? 'traitor' : run.inputs[p] === undefined ? '' : String(run.inputs[p]),
    ),
    traitors,
    rounds: run.rounds.map(({ counts, messages }, round) => {
      const before = round === 0 ? run.honest : (run.rounds[round - 1]?.counts ?? [])
      const crashes = question.model === 'crash'
      return {
        crashed: names.flatMap((_, p) => (crashes && before[p] && !counts[p] ? [p] : [])),
        arrows: messages
          .filter((message) => isMessage(message, run, question, round + 1, before))
          .map((message) => arrowOf(message, run, views, question)),
      }
    }),
    ...(demand === undefined ? {} : { demand }),
    ...(blind === undefined ? {} : { blind: blind.process }),
  }
}

/** Whether anything could have come from there at all. */
function isMessage(
  { from, said }: ToldMessage,
  run: ToldRun,
  question: RoundQuestion,
  round: number,
  before: readonly boolean[],
): boolean {
  if (said !== undefined) return true
  if (question.model === 'generals') {
    // Only the first way on which he is caught; after it nobody sends him.
    const earlier = run.rounds.slice(0, round - 1)
    const silent = earlier.some((each) => each.messages.every((other) => other.said === undefined))
    return !silent && speaksIn(question, round, from)
  }
  return before[from] === true && speaksIn(question, round, from)
}

function arrowOf(
  { from, to, said }: ToldMessage,
  run: ToldRun,
  views: Views,
  question: RoundQuestion,
): RoundPicture['rounds'][number]['arrows'][number] {
  if (said === undefined) return { from, to, kind: 'lost' }
  if (run.honest[from] === true) return { from, to, kind: 'arrives' }
  return { from, to, kind: 'lie', label: viewText(views, said, question) }
}
