import type { Entry, ProtocolCheck } from '../../suites/entry.ts'
import type { RunRow } from '../core/results.ts'
import { asExpected } from '../core/results.ts'
import type { Change, ChangeKind } from '../core/run-compare.ts'
import type { Drift } from '../core/run-drift.ts'
import { counted } from '../core/wording.ts'
import { durationText, grouped } from '../report/time.ts'
import { visible } from '../report/visible.ts'
import { expectation } from './check-text.ts'
import { outcomeWord } from './judgement-text.ts'
import type { Suite } from './regress-suites.ts'
import type { Terminal } from './terminal.ts'

/** A suite, above its rows. */
export function regressHeading({ name, about }: Suite, first: boolean): string {
  return `${first ? '' : '\n'}${visible(name)}: ${visible(about)}\n`
}

/** One line of the table: which entry, judged by what, which verdict, whether expected. */
export function regressLine(
  entry: Entry,
  row: RunRow,
  table: readonly Entry[],
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
    `${effortText(row)}${durationText(row.seconds * 1e9)}`,
  ]
  const line = `  ${columns.filter((text) => text !== '').join('  ')}\n`
  return asExpected(row) ? line : `${line}    ${visible(row.sentence)}\n`
}

/** `specs  143 of 143 as expected in 12 s`: a suite in one line. */
export function suiteLine(
  { name, entries }: Suite,
  rows: readonly RunRow[],
  seconds: number,
  all: readonly Suite[],
): string {
  const good = rows.filter(asExpected).length
  const head = visible(name).padEnd(longest(all.map((suite) => visible(suite.name))))
  const most = all.reduce((digits, suite) => Math.max(digits, suite.entries.length), 0)
  const width = grouped(most).length
  const count = `${grouped(good).padStart(width)} of ${grouped(entries.length).padStart(width)}`
  return `${head}  ${count} as expected  ${durationText(seconds * 1e9)}\n`
}

function nameOf({ name }: Entry): string {
  return visible(name.slice(name.indexOf('/') + 1))
}

/** By what a protocol is judged: invariants, and a condition on what clients saw. */
function claimOf(entry: Entry): string {
  return entry.type === 'protocol' ? judgedBy(entry) : ''
}

function judgedBy({ entry }: ProtocolCheck): string {
  const { expect, condition, workload, invariants } = entry
  if (expect.violated !== undefined) return visible(expect.violated)
  const judged = condition ?? workload.condition
  const others = invariants.map(({ name }) => name)
  const all = judged === 'none' ? others : [judged, ...others]
  return visible(`${all[0] ?? 'nothing'}${all.length > 1 ? ` and ${all.length - 1} more` : ''}`)
}

function effortText({ counts = {}, engine = '' }: RunRow): string {
  const { seeds, seed, distinctStates } = counts
  if (seed !== undefined) return `seed ${grouped(seed)}, `
  if (seeds !== undefined) return `${counted(seeds, 'seed')}, `
  if (distinctStates !== undefined) return `${counted(distinctStates, 'state')}, `
  return engine === '' ? '' : `${visible(engine)}, `
}

/** `fail, and should be pass`; `288 states, not 289`. */
export function wrongText(row: RunRow): string {
  const { outcome, expected, violated } = row
  const what = violated === undefined ? outcome : `${outcome} (${violated})`
  if (outcome !== expected) return `${what}, and should be ${expected ?? 'something else'}`
  return expectation(row)
}

/** `13 of 13 as expected in 3.2 s; 9 of 9 planted bugs were found out, half of them by seed 2`. */
export function regressSummary(rows: readonly RunRow[], all: number, seconds: number): string {
  const good = rows.filter(asExpected).length
  const wrong = rows.filter(({ expected, engine }) => expected === 'fail' && engine === 'simulator')
  const caught = wrong.filter(asExpected).length
  const seeds = wrong.flatMap(({ counts }) => counts?.['seed'] ?? []).sort((a, b) => a - b)
  const median = seeds[Math.floor((seeds.length - 1) / 2)]
  const total = `${grouped(good)} of ${grouped(all)} as expected in ${durationText(seconds * 1e9)}`
  const found =
    wrong.length === 0 ? '' : `; ${caught} of ${wrong.length} planted bugs were found by chance`
  const typical = median === undefined ? '' : `, half of them by seed ${grouped(median)}`
  return `\n${good === all ? 'all good: ' : ''}${total}${found}${typical}\n`
}

/** What each kind of change means. */
export const changeHeads: Readonly<Record<ChangeKind, string>> = {
  red: 'not as expected any more',
  changed: 'another verdict',
  missing: 'in the baseline, and not here any more',
  'still red': 'still not as expected',
  fixed: 'as expected again',
  counts: 'something else was counted',
  new: 'not in the baseline',
}

/** New rows are many where a suite is new: only some are named. */
const NAMED = 20

/** What differs from the baseline, kind by kind; '' where nothing does. */
export function changesText(changes: readonly Change[]): string {
  const kinds = new Set(changes.map(({ kind }) => kind))
  // What is not as expected has to be mended, not accepted.
  const accepted = changes.some(({ kind }) => kind !== 'red' && kind !== 'still red')
  const blocks = [...kinds].map((kind) => {
    const some = changes.filter((change) => change.kind === kind)
    const lines = some
      .slice(0, kind === 'new' ? NAMED : some.length)
      .map(({ name, sentence }) => `  ${visible(name)}: ${visible(sentence)}\n`)
    const rest = some.length - lines.length
    const more = rest === 0 ? '' : `  and ${counted(rest, 'more row')}\n`
    return `\n${changeHeads[kind]} (${some.length})\n${lines.join('')}${more}`
  })
  return [...blocks, ...(accepted ? ['\nto accept this: --update-baseline\n'] : [])].join('')
}

/** How long it took against an earlier run; `since` names that. */
export function driftText(drift: Drift, since: string): string {
  const { rows, median, middleHalf, slower, outside } = drift
  const [low, high] = middleHalf
  const all =
    `\ntime: ${ratioText(median)} of the run of ${visible(since)} ` +
    `(the middle of ${grouped(rows)} ratios; half of them lie in ` +
    `${ratioText(low)} to ${ratioText(high)})\n`
  const lines = outside.map(({ name, ratio, before, now }) => {
    const seconds = `${durationText(now * 1e9)}, was ${durationText(before * 1e9)}`
    return `  ${visible(name)}: ${ratioText(ratio)} (${seconds})\n`
  })
  return [
    all,
    slower ? 'slower, as a whole: three quarters of them by more than a tenth\n' : '',
    ...(lines.length > 0 ? ['slower beyond the noise\n', ...lines] : []),
  ].join('')
}

function ratioText(ratio: number): string {
  return ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0)
}

function longest(texts: readonly string[]): number {
  return texts.reduce((most, { length }) => Math.max(most, length), 0)
}
