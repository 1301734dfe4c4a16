import { counted } from '../core/wording.ts'
import type { BoundHit } from '../core/verdict.ts'
import { durationText } from '../report/time.ts'
import { visible, wrap } from '../report/visible.ts'
import type { Attacked, AttackedCase } from '../valency/rounds/algorithms/attacked.ts'
import { generalName } from '../valency/rounds/algorithms/generals.ts'
import { RULE_WORDS } from '../valency/rounds/rule.ts'
import type { RoundAnswer } from '../valency/rounds/solve.ts'
import { outcomeWord } from './judgement-text.ts'
import type { ChainRun } from './rounds-told.ts'
import { algorithmText, caseText, chainRuns, decidedViews, questionText } from './rounds-told.ts'
import type { Terminal } from './terminal.ts'

type Look = Pick<Terminal, 'colour' | 'width'>

/** Longer chains are shown with their beginning and their end. */
const MOST_RUNS = 24
/** Larger tables are not printed. */
const MOST_VIEWS = 16

const SENTENCES = {
  pass: 'there is a rule by which all decide',
  fail: 'no deterministic algorithm can decide',
  unknown: 'it was not found out',
} as const

/** The answer as lines for a terminal. */
export function answerText(answer: RoundAnswer, look: Look): string {
  const { question, outcome, graph, seconds, verified, stopped } = answer
  const head = `${questionText(question)}: ${outcomeWord(outcome, look)} ${SENTENCES[outcome]}`
  const lines = [head, '']
  if (graph !== undefined) {
    lines.push(
      `  ${counted(graph.runs, 'run')}, ${counted(graph.views, 'view')} at the end in ` +
        `${counted(graph.components, 'component')}, ${durationText(seconds * 1e9)}`,
    )
  }
  if (stopped !== undefined) lines.push(`  ${boundText(stopped)}`)
  if (verified !== undefined) lines.push(`  ${checkedText(answer)}`)
  lines.push(...chainLines(chainRuns(answer), look), ...ruleLines(answer, look))
  return `${lines.join('\n')}\n`
}

export function boundText({ bound, limit, covered }: BoundHit): string {
  const unit = { time: ' s', steps: ' steps', memory: ' bytes', method: '' }[bound]
  return `the bound of ${limit.toLocaleString('en-US')}${unit} was reached: ${covered}`
}

/** What stands behind the answer. */
export function checkedText({ outcome, verified = 0 }: RoundAnswer): string {
  const runs = counted(verified, 'run')
  return outcome === 'pass'
    ? `checked: the rule was played in all ${runs} by code that shares nothing with the search`
    : `checked: each run below is one of ${runs}, ` +
        'played by code that shares nothing with the search'
}

function chainLines(runs: readonly ChainRun[], look: Look): readonly string[] {
  if (runs.length === 0) return []
  const left = runs.length - MOST_RUNS
  const half = MOST_RUNS / 2
  const lines = ['']
  runs.forEach((run, at) => {
    if (left > 0 && at >= half && at < half + left) {
      if (at === half) lines.push(`  ... ${counted(left, 'more run')} (--json shows all)`, '')
      return
    }
    lines.push(...runLines(run, at, look))
  })
  lines.push('  All of them decide the same then, but the first must decide 0 and the last 1.')
  return lines
}

function runLines({ start, deeds, demand, blind }: ChainRun, at: number, look: Look): string[] {
  const name = `run ${at + 1}`.padEnd(8)
  const told = [start, deeds.length === 0 ? 'all goes well' : deeds.join('; ')]
  const must = demand === undefined ? [] : [`all must decide ${demand}`]
  const first = [...told.filter((text) => text !== ''), ...must].join(', ')
  const [head = '', ...rest] = wrap(visible(first), look.width - 10)
  const lines = [`  ${name}${head}`, ...rest.map((line) => `${INDENT}${line}`)]
  if (blind !== undefined) {
    const same = `${blind.name} sees no difference: it knows ${blind.view}`
    lines.push(...wrap(visible(same), look.width - 12).map((line) => `${INDENT}  ${line}`), '')
  } else lines.push('')
  return lines
}

const INDENT = ' '.repeat(10)

function ruleLines(answer: RoundAnswer, look: Look): readonly string[] {
  const { rule, graph } = answer
  if (rule === undefined || graph === undefined) return []
  const sizes = `0 on ${counted(rule.zeros, 'view')}, 1 on ${counted(rule.ones, 'view')}`
  if (rule.name !== undefined) {
    const lines = wrap(`rule: ${RULE_WORDS[rule.name]}`, look.width - 2)
    return ['', ...lines.map((line) => `  ${line}`), `  ${sizes}`]
  }
  if (graph.views > MOST_VIEWS) return ['', `  rule: a table, ${sizes} (--json and --html show it)`]
  const table = decidedViews(answer, MOST_VIEWS)
  return [
    '',
    '  rule, by what each knows: its input, then round by round what it heard',
    ...table.map(([who, view, decision]) => `    ${who} knows ${view}: decides ${decision}`),
  ]
}

const ALGORITHM_SENTENCES = {
  pass: 'right, whatever the adversary does',
  fail: 'the adversary makes it go wrong',
  unknown: 'not everything was tried',
} as const

/** What came of an attack as lines for a terminal. */
export function attackedText(attacked: Attacked, look: Look): string {
  const { question, outcome, cases, stopped, seconds } = attacked
  const head = `${algorithmText(question)}: ${outcomeWord(outcome, look)} `
  const lines = [`${head}${ALGORITHM_SENTENCES[outcome]}`, '']
  if (stopped !== undefined) lines.push(`  ${boundText(stopped)}`)
  for (const each of cases) lines.push(...caseLines(each, attacked, look))
  lines.push(`  ${durationText(seconds * 1e9)}`)
  return `${lines.join('\n')}\n`
}

/** `in 6 of 104 runs two decide differently`. */
export function countsText(
  { runs, disagreements, invalid }: AttackedCase,
  { question }: Attacked,
): string {
  const generals = question.algorithm !== 'flood-set'
  const all = `${runs.toLocaleString('en-US')} ${generals ? 'behaviours' : 'runs'}`
  const wrong = generals ? 'a loyal commander is not obeyed (IC2)' : 'something else is decided'
  const parts = [
    [disagreements, `two decide differently${generals ? ' (IC1)' : ''}`] as const,
    [invalid, wrong] as const,
  ].filter(([count]) => count > 0n)
  if (parts.length === 0) return `0 of ${all} go wrong`
  const told = parts.map(([count, what]) => `in ${count.toLocaleString('en-US')} of ${all} ${what}`)
  return told.join('; ')
}

function caseLines(each: AttackedCase, attacked: Attacked, look: Look): readonly string[] {
  const lines = [`  ${caseText(each)}: ${countsText(each, attacked)}`]
  const told = exampleText(each, attacked)
  if (told === '') return lines
  return [...lines, ...wrap(visible(`for example: ${told}`), look.width - 4).map((l) => `    ${l}`)]
}

export function exampleText({ example }: AttackedCase, { question }: Attacked): string {
  if (example === undefined) return ''
  const flood = question.algorithm === 'flood-set'
  const { inputs, deeds, decisions } = example
  const name = (p: number): string => (flood ? `p${p + 1}` : generalName(p))
  const start = flood
    ? inputs.map((input, p) => `${name(p)}=${input}`).join(' ')
    : `the order is ${inputs[0] ?? ''}`
  const ends = decisions.flatMap((decision, p) =>
    decision === undefined ? [] : [`${name(p)} decides ${decision}`],
  )
  return [start, ...deeds, ends.join(', ')].join('; ')
}
