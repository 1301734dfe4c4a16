import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

import { comparisons, quorums } from '../../suites/quorums.ts'
import type { QuorumEntry } from '../../suites/entry.ts'
import type { Progress } from '../core/progress.ts'
import { showProgress, silent } from '../core/progress.ts'
import { asExpected, saveRun, writeJson } from '../core/results.ts'
import type { RunRow } from '../core/results.ts'
import type { Comparison } from '../quorum/compare/compare.ts'
import { compare } from '../quorum/compare/compare.ts'
import { parseSystem } from '../quorum/parse-system.ts'
import type { QuorumPage } from '../report/quorum-page.ts'
import { quorumPage } from '../report/quorum-page.ts'
import { comparisonTable } from '../report/quorum-rows.ts'
import type { TextTable } from '../report/text-table.ts'
import { alignedTable, markdownTable } from '../report/text-table.ts'
import { visibleLines } from '../report/visible.ts'
import { EXIT, worstExit } from './exit-code.ts'
import { jsonLine } from './json-line.ts'
import { circumstancesOf, circumstancesText } from './quorum-asked.ts'
import { comparisonText } from './quorum-compare.ts'
import { drawQuorums } from './quorum-draw.ts'
import type { OverviewFlags } from './quorum-flags.ts'
import { measuresJson } from './quorum-json.ts'
import { runEntry } from './run-entry.ts'
import { runOf } from './save.ts'
import type { Terminal } from './terminal.ts'

interface Checked {
  readonly entry: QuorumEntry
  readonly row: RunRow
  readonly found: string
}

interface Overview {
  readonly claims: readonly Checked[]
  readonly parts: QuorumPage['parts']
  readonly facts: readonly string[]
}

/** What is checked and compared; tests give less. */
export interface Told {
  readonly claimed: readonly QuorumEntry[]
  readonly compared: typeof comparisons
}

/** `synod quorum overview`, which `npm run quorums` saves. Answers the exit code. */
export async function showOverview(
  flags: OverviewFlags,
  terminal: Terminal,
  told: Told = { claimed: quorums, compared: comparisons },
): Promise<number> {
  const started = new Date()
  const progress = terminal.progress ? await showProgress(terminal.progress) : silent
  let overview
  try {
    overview = await found(told, flags, progress)
  } finally {
    progress.stop()
  }
  terminal.out(flags.json ? overviewJson(overview) : overviewText(overview))
  if (flags.html !== undefined) {
    await drawQuorums(pageOf(overview), flags.html)
    terminal.err(`drawn in ${visibleLines(flags.html)}\n`)
  }
  if (flags.save !== undefined) {
    const path = await save(overview, flags.save, started)
    terminal.err(visibleLines(`saved in ${path}\n`))
  }
  return worstExit(overview.claims.map(({ row }) => exitOfRow(row)))
}

async function found(
  { claimed, compared }: Told,
  flags: OverviewFlags,
  progress: Progress,
): Promise<Overview> {
  const circumstances = circumstancesOf(flags)
  const claims: Checked[] = []
  for (const entry of claimed) {
    progress.say(`checking ${claims.length + 1} of ${claimed.length}, ${entry.name}`)
    const { row, evidence } = await runEntry(entry, '', {})
    claims.push({ entry, row, found: (evidence as { found: string }).found })
  }
  const series = flags.html !== undefined || flags.save !== undefined
  const parts = []
  for (const { title, systems } of compared) {
    const parsed = systems.map(parseSystem)
    const say = ({ name }: { name: string }): void => progress.say(`measuring ${name}`)
    const comparison = await compare(parsed, { ...circumstances, series, progress: say })
    parts.push({ title, comparison })
  }
  return { claims, parts, facts: [circumstancesText(circumstances)] }
}

function exitOfRow(row: RunRow): number {
  if (asExpected(row)) return EXIT.pass
  return row.outcome === 'unknown' ? EXIT.unknown : EXIT.fail
}

function overviewText({ claims, parts }: Overview): string {
  const families = [...new Set(claims.map(({ entry }) => entry.family))]
  const blocks = families.map((family) => {
    const own = claims.filter(({ entry }) => entry.family === family)
    return `${family}\n${claimLines(own)}\n`
  })
  const compared = parts.map(({ title, comparison }) => {
    return `${title}\n\n${comparisonText(comparison, { html: '' })}\n`
  })
  const good = claims.filter(({ row }) => asExpected(row)).length
  const summary = `${good} of ${claims.length} claims came out as expected\n\n`
  return [...blocks, summary, ...compared].join('')
}

/** The table; what a limit was judged by is too long for a column, and stands below its line. */
function claimLines(claims: readonly Checked[]): string {
  const { columns, rows } = claimTable(claims)
  const isLimit = (at: number): boolean => claims[at]?.entry.claim.type !== 'value'
  const short = rows.map((cells, at) =>
    cells.map((cell, column) => (isLimit(at) && column === 3 ? '' : cell)),
  )
  const [heading = '', ...lines] = alignedTable({ columns, rows: short }).split(/(?<=\n)/)
  const whole = lines.map((line, at) =>
    isLimit(at) ? `${line}    F = ${claims[at]?.found ?? ''}\n` : line,
  )
  return [heading, ...whole].join('')
}

/** What is said, what is so, and under which condition. */
function claimTable(claims: readonly Checked[]): TextTable {
  return {
    columns: ['', 'of', 'said', 'found', 'so?', 'because'].map((title) => ({ title })),
    rows: claims.map(({ entry: { claim, statement, because }, row, found: value }) => [
      claim.type === 'value' ? claim.metric : 'failure',
      claim.type === 'value' ? claim.system : limitSubject(claim),
      statement,
      value,
      verdict(row),
      because,
    ]),
  }
}

/** For one table of all families. */
function withFamily(claims: readonly Checked[]): TextTable {
  const { columns, rows } = claimTable(claims)
  return {
    columns: [{ title: '' }, ...columns],
    rows: rows.map((cells, at) => [claims[at]?.entry.family ?? '', ...cells]),
  }
}

function limitSubject(claim: Exclude<QuorumEntry['claim'], { type: 'value' }>): string {
  return claim.type === 'limit' ? `p = ${claim.down}` : `r = ${claim.rows}, p = ${claim.down}`
}

function verdict(row: RunRow): string {
  const word = { pass: 'yes', fail: 'NO', unknown: 'unknown' }[row.outcome]
  return asExpected(row) ? word : `${word}, NOT AS EXPECTED`
}

function overviewJson({ claims, parts }: Overview): string {
  return jsonLine({
    claims: claims.map(({ entry, row, found: value }) => ({ ...entry, ...row, found: value })),
    comparisons: parts.map(({ title, comparison }) => plain(title, comparison)),
  })
}

function plain(title: string, { systems }: Comparison): object {
  return {
    title,
    systems: systems.map((each) => ({
      ...measuresJson(each),
      onFront: each.onFront,
      ...(each.series === undefined ? {} : { series: each.series }),
    })),
  }
}

function pageOf({ claims, parts, facts }: Overview): QuorumPage {
  const title = 'Quorum systems: what is said and what is so'
  return { title, facts, parts, tables: [{ title: 'Claims', table: withFamily(claims) }] }
}

function markdown({ claims, parts, facts }: Overview): string {
  const compared = parts.map(
    ({ title, comparison }) => `## ${title}\n\n${markdownTable(comparisonTable(comparison))}\n`,
  )
  const heading = '# Quorum systems: what is said and what is so\n\n'
  const table = markdownTable(withFamily(claims))
  return `${heading}${facts.join('\n\n')}\n\n${table}\n${compared.join('')}`
}

/** The run file with a row for each claim, and beside it what people and programs read. */
async function save(overview: Overview, directory: string, started: Date): Promise<string> {
  const rows = overview.claims.map(({ row }) => row)
  const path = await saveRun(directory, runOf('quorums', started, {}, rows))
  const beside = (name: string): string => join(dirname(path), name)
  await writeFile(beside('quorums.md'), markdown(overview))
  await writeFile(beside('quorums.html'), await quorumPage(pageOf(overview)))
  await writeJson(beside('comparisons.json'), JSON.parse(overviewJson(overview)))
  return path
}
