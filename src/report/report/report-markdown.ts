import type { TextTable } from '../text-table.ts'
import { markdownTable } from '../text-table.ts'
import { visible } from '../visible.ts'
import { digits, ratioOf } from './bench-part.ts'
import { bookSentence } from './claims-part.ts'
import type { Family, Report, ReportEntry } from './content.ts'
import { STANDING_SIGNS, entriesOf, groupOf, headline, standingOf, tallyOf } from './tally.ts'

const MOST_DIFFERENCES = 100

/** The same in short, as Markdown: for code hosts and for the summary of a job. */
export function reportMarkdown(report: Report): string {
  const { families, missing, warnings } = report
  const bad = entriesOf(families).filter(({ asExpected }) => !asExpected)
  return [
    `# Synod: ${headline(report)}`,
    ...(bad.length === 0 ? [] : [differences(bad)]),
    ...(families.length === 0 ? [] : [`## At a glance\n\n${table(dashboard(report))}`]),
    ...subjects(families),
    ...book(report),
    ...bench(report),
    ...(report.runs.length === 0 ? [] : [`## What was run\n\n${table(runs(report))}`]),
    ...(missing.length === 0
      ? []
      : [`## Not run\n\n${list(missing.map(({ what, command }) => `${what}: ${code(command)}`))}`]),
    ...(warnings.length === 0 ? [] : [`## Mind\n\n${list(warnings.map(plain))}`]),
  ]
    .map((part) => part.trimEnd())
    .join('\n\n')
    .concat('\n')
}

/** Cells hold words of ours and of files: neither may act on anything. */
function table({ columns, rows }: TextTable): string {
  return markdownTable({ columns, rows: rows.map((cells) => cells.map(visible)) })
}

/** No text out of a file may be markup, here neither. */
function plain(text: string): string {
  return visible(text).replace(/[\\|*_`<>[\]#&~]/g, (character) => `\\${character}`)
}

function code(text: string): string {
  const line = visible(text)
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`
}

function list(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}\n`).join('')
}

function differences(bad: readonly ReportEntry[]): string {
  const left = bad.length - MOST_DIFFERENCES
  const lines = bad.slice(0, MOST_DIFFERENCES).map(({ name, outcome, wanted, sentence, again }) => {
    const expected = `${outcome}; ${wanted ?? ''}`
    return `**${plain(name)}**: ${plain(expected)}. ${plain(sentence)}  \n  ${code(again)}`
  })
  const more = left > 0 ? `\n${left} more are left out.\n` : ''
  return `## Not as expected\n\n${list(lines)}${more}`
}

function dashboard({ columns, families }: Report): TextTable {
  const protocols = families.filter(({ kind }) => kind === 'protocol')
  const used = columns.filter(({ key }) =>
    protocols.some((family) => groupOf(family, key) !== undefined),
  )
  return {
    columns: [{ title: 'protocol' }, ...used.map(({ title }) => ({ title }))],
    rows: protocols.map((family) => [
      family.name,
      ...used.map(({ key }) =>
        cellText(groupOf(family, key)?.entries, groupOf(family, key)?.notRun),
      ),
    ]),
  }
}

function cellText(entries: readonly ReportEntry[] = [], notRun?: unknown): string {
  const tally = tallyOf(entries)
  const standing = standingOf(tally, notRun !== undefined)
  if (standing === 'none') return ''
  if (standing === 'not run') return 'not run'
  const count =
    tally.all === tally.good ? `${tally.all}` : `${tally.all - tally.good} of ${tally.all}`
  return `${STANDING_SIGNS[standing]} ${count}`
}

function subjects(families: readonly Family[]): readonly string[] {
  const rows = families
    .filter(({ kind }) => kind !== 'protocol')
    .map(({ name, groups }) => {
      const entries = groups.flatMap((group) => group.entries)
      return [
        name,
        cellText(
          entries,
          groups.find(({ notRun }) => notRun !== undefined),
        ),
      ]
    })
  if (rows.length === 0) return []
  const columns = [{ title: 'beside the protocols' }, { title: 'checks' }]
  return [table({ columns, rows })]
}

function book({ book: found }: Report): readonly string[] {
  if (found === undefined) return []
  const rows = found.groups.map(({ name, claims }) => [name, bookSentence(claims)])
  const columns = [{ title: 'group' }, { title: 'claims' }]
  return [`## The claims book\n\n${table({ columns, rows })}`]
}

function bench({ bench: found }: Report): readonly string[] {
  if (found === undefined) return []
  const rows = found.rows.map((row) => {
    const ratio = ratioOf(row)
    return [
      row.work,
      row.figure === undefined ? '' : `${digits(row.figure)} ${row.unit}`,
      ratio === undefined ? '' : digits(ratio),
      row.before === undefined ? '' : digits(row.before),
    ]
  })
  const columns = [
    { title: 'work' },
    { title: 'measured', align: 'right' as const },
    { title: 'times as good as the bar', align: 'right' as const },
    { title: 'as the run before', align: 'right' as const },
  ]
  return [`## Benchmarks\n\n${table({ columns, rows })}`]
}

function runs({ runs: found }: Report): TextTable {
  return {
    columns: ['command', 'begun (UTC)', 'as expected', 'synod'].map((title) => ({ title })),
    rows: found.map(({ command, started, rows, asExpected, finished, version }) => [
      command,
      started.replace('T', ' ').slice(0, 19),
      `${asExpected} of ${rows}${finished ? '' : ', ended early'}`,
      version,
    ]),
  }
}
