import type { ProtocolEntry } from '../../suites/protocol-entry.ts'
import type { RunRow } from '../core/results.ts'
import { asExpected, unexpectedOf } from '../core/results.ts'
import { counted } from '../core/wording.ts'
import { durationText, grouped } from '../report/time.ts'
import { visible } from '../report/visible.ts'
import { outcomeWord } from './judgement-text.ts'
import type { Terminal } from './terminal.ts'

/** A protocol, above its entries. */
export function regressHeading({ protocol }: ProtocolEntry, first: boolean): string {
  return `${first ? '' : '\n'}${visible(protocol.name)}: ${visible(protocol.about)}\n`
}

/** One line of the table: which entry, judged by what, which verdict, whether expected. */
export function regressLine(
  entry: ProtocolEntry,
  row: RunRow,
  table: readonly ProtocolEntry[],
  terminal: Pick<Terminal, 'colour'>,
): string {
  const names = table.map(nameOf)
  const claims = table.map(claimOf)
  const { outcome } = row
  const columns = [
    nameOf(entry).padEnd(longest(names)),
    claimOf(entry).padEnd(longest(claims)),
    outcomeWord(outcome, terminal) + ' '.repeat('unknown'.length - outcome.length),
    asExpected(row) ? 'as expected' : `NOT AS EXPECTED: ${expectation(row)}`,
    `${seedsText(row)}, ${durationText(row.seconds * 1e9)}`,
  ]
  const line = `  ${columns.join('  ')}\n`
  return asExpected(row) ? line : `${line}    ${visible(row.sentence)}\n`
}

function nameOf({ name, protocol }: ProtocolEntry): string {
  return visible(name.startsWith(`${protocol.name}/`) ? name.slice(protocol.name.length + 1) : name)
}

/** By what it is judged: invariants, and a condition on what clients saw. */
function claimOf({ expect, condition, workload, invariants }: ProtocolEntry): string {
  if (expect.violated !== undefined) return visible(expect.violated)
  const judged = condition ?? workload.condition
  const others = invariants.map(({ name }) => name)
  const all = judged === 'none' ? others : [judged, ...others]
  return visible(`${all[0] ?? 'nothing'}${all.length > 1 ? ` and ${all.length - 1} more` : ''}`)
}

function seedsText({ counts = {} }: RunRow): string {
  const { seeds, seed } = counts
  if (seed !== undefined) return `seed ${grouped(seed)}`
  return seeds === undefined ? 'real processes' : counted(seeds, 'seed')
}

function expectation(row: RunRow): string {
  const { outcome, expected } = row
  if (outcome !== expected) return expected ?? ''
  return visible(unexpectedOf(row).join(', '))
}

/** `13 of 13 as expected in 3.2 s, 9 mutants caught`. */
export function regressSummary(rows: readonly RunRow[], all: number, seconds: number): string {
  const good = rows.filter(asExpected).length
  const wrong = rows.filter(({ expected }) => expected === 'fail')
  const caught = wrong.filter(asExpected).length
  const seeds = wrong.flatMap(({ counts }) => counts?.['seed'] ?? []).sort((a, b) => a - b)
  const median = seeds[Math.floor((seeds.length - 1) / 2)]
  const total = `${good} of ${all} as expected in ${durationText(seconds * 1e9)}`
  const found =
    wrong.length === 0 ? '' : `; ${caught} of ${wrong.length} that are wrong were found out`
  const typical = median === undefined ? '' : `, half of them by seed ${grouped(median)}`
  return `\n${good === all ? 'all good: ' : ''}${total}${found}${typical}\n`
}

function longest(texts: readonly string[]): number {
  return texts.reduce((most, { length }) => Math.max(most, length), 0)
}
