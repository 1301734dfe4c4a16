import { styleText } from 'node:util'

import type { Evidence, Judgement } from '../../checkers/judge.ts'
import { canonical } from '../core/json.ts'
import { counted } from '../core/wording.ts'
import type { History } from '../history/history.ts'
import { durationText, grouped } from '../report/time.ts'
import { visible } from '../report/visible.ts'
import { exitOf } from './exit-code.ts'
import type { Judged, JudgeFlags } from './judged.ts'
import type { Terminal } from './terminal.ts'
import { indented, violationText } from './violation-text.ts'

/** In the order in which they are read out loud: `FAIL linearizable`. */
const WORD = { pass: 'pass', fail: 'FAIL', unknown: 'unknown' } as const
const COLOUR = { pass: 'green', fail: 'red', unknown: 'yellow' } as const

/** The one line for a file: `a.jsonl: FAIL linearizable (...)`. */
export function judgementLine(
  { file, history, judgement }: Judged,
  flags: Pick<JudgeFlags, 'model'>,
  terminal: Pick<Terminal, 'colour'>,
): string {
  const { outcome, condition } = judgement
  const word = outcomeWord(outcome, terminal)
  const name = file === '-' ? 'standard input' : file
  const about = aboutText(history, judgement, flags.model === undefined)
  return `${visible(name)}: ${word} ${visible(condition)} (${about})\n`
}

/** The verdict as a word, in its colour where there are colours. */
export function outcomeWord(
  outcome: Judgement['outcome'],
  terminal: Pick<Terminal, 'colour'>,
): string {
  const word = WORD[outcome]
  return terminal.colour
    ? styleText(['bold', COLOUR[outcome]], word, { validateStream: false })
    : word
}

function aboutText(history: History, judgement: Judgement, inferred: boolean): string {
  const { operations, model, engine, seconds } = judgement
  const processes = new Set(history.operations.map(({ process }) => process)).size
  const keys = new Set(history.operations.map(({ key }) => canonical(key))).size
  const parts = [
    counted(operations, 'operation'),
    processes === 1 ? '1 process' : `${grouped(processes)} processes`,
    ...(keys > 1 ? [counted(keys, 'key')] : []),
    ...(model === null ? [] : [`model ${visible(model)}${inferred ? ', inferred' : ''}`]),
    visible(engine),
    durationText(seconds * 1e9),
  ]
  return parts.join('; ')
}

/**
 * The line, and under it the evidence: the sentence, the drawing, what else is known, what next.
 */
export function judgementText(
  judged: Judged,
  flags: Pick<JudgeFlags, 'model' | 'html' | 'order'>,
  terminal: Pick<Terminal, 'colour' | 'width'>,
): string {
  const line = judgementLine(judged, flags, terminal)
  const { file, history, judgement } = judged
  if (judgement.outcome === 'pass') return line
  const { evidence } = judgement
  const { violation, sentence } = evidence
  const blocks = [
    violation === undefined
      ? indented(sentence, terminal.width)
      : violationText(history, violation, terminal),
    relationsBlock(evidence, terminal.width),
    judgement.outcome === 'fail' ? nextBlock(file, flags) : '',
    `  exit code ${exitOf(judgement.outcome)}\n`,
  ]
  return `${line}\n${blocks.filter((block) => block !== '').join('\n')}`
}

/**
 * Which weaker conditions hold. Those that the same operations break need no sentence of their own.
 */
export function relationsBlock(
  { holds = [], broken = [], undecided = [], violation: main }: Evidence,
  width: number,
): string {
  const core = main?.operations.join()
  const same = broken.filter(({ violation }) => violation.operations.join() === core)
  const others = broken.filter((each) => !same.includes(each))
  const names = same.map(({ condition }) => condition).join(', ')
  const lines = [
    ...(holds.length === 0 ? [] : [`strongest that hold: ${holds.join(', ')}`]),
    ...(same.length === 0 ? [] : [`also broken, by the same operations: ${names}`]),
    ...others.map(({ condition, violation }) => `also broken: ${condition}: ${violation.sentence}`),
    ...undecided.map(({ condition, reason }) => `undecided: ${condition}: ${reason}`),
  ]
  return lines.map((line) => indented(line, width)).join('')
}

function nextBlock(file: string, { html }: Pick<JudgeFlags, 'html'>): string {
  if (html !== undefined || file === '-') return ''
  return `  draw it:  synod judge ${quoted(visible(file))} --html violation.html\n`
}

/** As a shell takes it. */
function quoted(file: string): string {
  return /^[\w./@%+=:,-]+$/.test(file) ? file : `'${file.replaceAll("'", `'\\''`)}'`
}
