import type { Entry } from '../../suites/entry.ts'
import type { RunRow } from '../core/results.ts'
import { durationText } from '../report/time.ts'
import { visible } from '../report/visible.ts'
import { outcomeWord } from './judgement-text.ts'
import type { Terminal } from './terminal.ts'

/** The first word of the name: `histories`. */
export function checkHeading({ name }: RunRow): string {
  return name.split('/')[0] ?? name
}

/** One line of the table: what, which verdict, whether expected, by which engine, how long. */
export function checkLine(
  row: RunRow,
  table: readonly Entry[],
  terminal: Pick<Terminal, 'colour'>,
): string {
  const width = Math.max(...table.map(({ name }) => shortName(name).length))
  const { outcome, expected, engine = '', seconds } = row
  const word = outcomeWord(outcome, terminal) + ' '.repeat(7 - outcome.length)
  const expectation = outcome === expected ? 'as expected' : `NOT AS EXPECTED: ${expected ?? ''}`
  const name = shortName(row.name).padEnd(width)
  const line = `  ${name}  ${word}  ${expectation}  ${visible(engine)}, ${durationText(seconds * 1e9)}\n`
  return outcome === expected ? line : `${line}    ${visible(row.sentence)}\n`
}

/** `13 of 13 as expected in 3.2 s`. */
export function checkSummary(rows: readonly RunRow[], all: number, seconds: number): string {
  const good = rows.filter(({ outcome, expected }) => outcome === expected).length
  const total = `${good} of ${all} as expected in ${durationText(seconds * 1e9)}`
  return `\n${good === all ? 'all good: ' : ''}${total}\n`
}

function shortName(name: string): string {
  return name.split('/').slice(1).join('  ')
}
