import type { Entry } from '../../suites/entry.ts'
import type { RunRow } from '../core/results.ts'
import { asExpected, unexpectedOf } from '../core/results.ts'
import { counted } from '../core/wording.ts'
import { durationText } from '../report/time.ts'
import { visible } from '../report/visible.ts'
import { outcomeWord } from './judgement-text.ts'
import type { Terminal } from './terminal.ts'

/** The first word of the name: `histories`. */
export function checkHeading({ name }: { readonly name: string }): string {
  return name.split('/')[0] ?? name
}

/** One line of the table: what, which verdict, whether expected, by which engine, how long. */
export function checkLine(
  row: RunRow,
  table: readonly Entry[],
  terminal: Pick<Terminal, 'colour'>,
): string {
  const names = table.map(({ name }) => namePieces(name))
  const [subject, what] = namePieces(row.name)
  const { outcome, engine = '', seconds } = row
  const columns = [
    subject.padEnd(longest(names.map(([first]) => first))),
    what.padEnd(longest(names.map(([, second]) => second))),
    outcomeWord(outcome, terminal) + ' '.repeat('unknown'.length - outcome.length),
    asExpected(row) ? 'as expected' : `NOT AS EXPECTED: ${expectation(row)}`,
    `${visible(engine)}${countText(row)}, ${durationText(seconds * 1e9)}`,
  ]
  const line = `  ${columns.join('  ')}\n`
  return asExpected(row) ? line : `${line}    ${visible(row.sentence)}\n`
}

function countText({ counts }: RunRow): string {
  const states = counts?.['distinctStates']
  return states === undefined ? '' : `, ${counted(states, 'state')}`
}

/** `13 of 13 as expected in 3.2 s`. */
export function checkSummary(rows: readonly RunRow[], all: number, seconds: number): string {
  const good = rows.filter(asExpected).length
  const total = `${good} of ${all} as expected in ${durationText(seconds * 1e9)}`
  return `\n${good === all ? 'all good: ' : ''}${total}\n`
}

/** What should have come out instead: `fail`, `288 states, not 289`. */
export function expectation(row: RunRow): string {
  const { outcome, expected, violations, expectedViolations } = row
  if (outcome !== expected) return expected ?? ''
  const unexpected = unexpectedOf(row)
  if (unexpected.length > 0) return visible(unexpected.join(', '))
  return `${expectedViolations ?? 0} violations, found ${violations ?? 0}`
}

/**
 * `histories/zk-plain-partition/y/linearizable`: the subject `zk-plain-partition y`, and the last
 * word.
 */
function namePieces(name: string): [string, string] {
  const pieces = name.split('/').slice(1)
  return [pieces.slice(0, -1).join(' '), pieces.at(-1) ?? '']
}

function longest(texts: readonly string[]): number {
  return texts.reduce((most, { length }) => Math.max(most, length), 0)
}
