import type { RunRow } from '../core/results.ts'
import { asExpected } from '../core/results.ts'
import type { Change } from '../core/run-compare.ts'
import { otherVerdict } from '../core/run-compare.ts'
import { counted } from '../core/wording.ts'
import { durationText, grouped } from '../report/time.ts'
import { visible, visibleLines } from '../report/visible.ts'
import { changeHeads, wrongText } from './regress-text.ts'
import type { SuiteResult } from './regress-run.ts'

/** GitHub shows ten annotations of a kind for a step; more are only in its way. */
const MOST_ANNOTATIONS = 10

/** Rows of the summary; GitHub refuses one of more than a megabyte. */
const MOST_LISTED = 200

/**
 * What GitHub shows at the run and at the commit: an error for each row that is not as expected, a
 * warning for each that is not decided or not readable. Workflow commands, one a line.
 */
export function annotations(results: readonly SuiteResult[], changes: readonly Change[]): string {
  const wrong = results.flatMap(({ found }) =>
    found.flatMap(({ row }) => (asExpected(row) ? [] : [row])),
  )
  const errors = [
    ...wrong
      .filter(({ outcome }) => outcome !== 'unknown')
      .map((row) => command('error', row.name, told(row))),
    ...changes
      .filter(({ kind }) => otherVerdict.includes(kind))
      .map(({ kind, name, sentence }) =>
        command('error', name, `${changeHeads[kind]}: ${sentence}`),
      ),
  ]
  const warnings = [
    ...wrong
      .filter(({ outcome }) => outcome === 'unknown')
      .map((row) => command('warning', row.name, told(row))),
    ...results.flatMap(({ unread }) =>
      unread.map(({ entry, error }) => command('warning', entry.name, error.text)),
    ),
  ]
  return [...atMost('error', errors), ...atMost('warning', warnings)].join('')
}

function told(row: RunRow): string {
  const { sentence, replay } = row
  const again = replay === undefined ? '' : `\nagain: ${replay}`
  return `${wrongText(row)}: ${sentence}${again}`
}

function atMost(kind: Kind, lines: readonly string[]): readonly string[] {
  if (lines.length <= MOST_ANNOTATIONS) return lines
  const shown = lines.slice(0, MOST_ANNOTATIONS - 1)
  const rest = counted(lines.length - shown.length, 'more row')
  return [...shown, command(kind, 'synod regress', `and ${rest} not as expected: see the log`)]
}

type Kind = 'error' | 'warning'

/** `::error title=specs/...::what is wrong` */
function command(kind: Kind, title: string, message: string): string {
  const property = data(visible(title)).replaceAll(':', '%3A').replaceAll(',', '%2C')
  return `::${kind} title=${property}::${data(visibleLines(message))}\n`
}

/** As GitHub's own toolkit escapes what it sends. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

/** The summary of the step, as Markdown: the suites, what is not as expected, and what changed. */
export function stepSummary(results: readonly SuiteResult[], changes: readonly Change[]): string {
  const rows = results.flatMap(({ found }) => found.map(({ row }) => row))
  const all = results.reduce((sum, { suite }) => sum + suite.entries.length, 0)
  const good = rows.filter(asExpected).length
  const head = `### Synod: ${grouped(good)} of ${grouped(all)} as expected\n\n`
  const lines = results.map(({ suite, found, seconds }) => {
    const right = found.filter(({ row }) => asExpected(row)).length
    const wrong = suite.entries.length - right
    const count = `${grouped(right)} of ${grouped(suite.entries.length)}`
    const mark = wrong === 0 ? 'as expected' : `**${grouped(wrong)} not as expected**`
    return `| ${cell(suite.name)} | ${count} | ${mark} | ${durationText(seconds * 1e9)} |\n`
  })
  const table = `| suite | rows | | time |\n| --- | ---: | --- | ---: |\n${lines.join('')}`
  const wrong = rows
    .filter((row) => !asExpected(row))
    .map((row) => {
      const again = row.replay === undefined ? '' : `, again: ${code(row.replay)}`
      return `${code(row.name)}: ${cell(wrongText(row))}: ${cell(row.sentence)}${again}`
    })
  const changed = changes.map(
    ({ kind, name, sentence }) => `${code(name)}: ${changeHeads[kind]}: ${cell(sentence)}`,
  )
  const lists = `${list('Not as expected', wrong)}${list('Against the baseline', changed)}`
  return `${head}${table}${lists}\n`
}

function list(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return ''
  const shown = lines.slice(0, MOST_LISTED).map((line) => `- ${line}\n`)
  const rest = lines.length - shown.length
  const more = rest === 0 ? '' : `- and ${grouped(rest)} more\n`
  return `\n#### ${title}\n\n${shown.join('')}${more}`
}

/** Text in which nothing is Markdown, HTML, or the end of a cell. */
function cell(text: string): string {
  return visible(text).replace(/[\\`*_{}[\]<>()#+!|~&@:-]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/** Text between backquotes, of which it takes more than there are in it. */
function code(text: string): string {
  const plain = visible(text)
  const runs = [...plain.matchAll(/`+/g)].map(([run]) => run.length)
  const ticks = '`'.repeat(runs.reduce((most, length) => Math.max(most, length), 0) + 1)
  const space = ticks.length > 1 ? ' ' : ''
  return `${ticks}${space}${plain}${space}${ticks}`
}
