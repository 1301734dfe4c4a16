import type { Entry } from '../../suites/entry.ts'
import { asExpected } from '../core/results.ts'
import type { RunRow } from '../core/results.ts'
import { unexpectedOf } from '../core/run-file.ts'
import type { Family, Group, NotRun, ReportEntry } from '../report/report/content.ts'
import { grouped } from '../report/time.ts'
import { againOf } from './again.ts'
import type { RowEvidence } from './report-evidence.ts'
import { shellWord } from './report-program.ts'
import { COLUMNS, FAMILIES, OTHERS, commandOfColumn, familyOf } from './report-families.ts'
import type { FamilyRule } from './report-families.ts'
import type { KnownRow } from './report-runs.ts'

export type EntryOf = (name: string) => Entry | undefined

/** A row with where it stands in the report. */
export interface PlacedRow {
  readonly known: KnownRow
  readonly entry: Entry | undefined
  readonly family: FamilyRule
  readonly column: string
}

/** Where a row stands: by the protocol that it is about, and how that was looked at. */
export function placed(known: KnownRow, entryOf: EntryOf, program = ''): PlacedRow {
  const entry = entryOf(known.name) ?? entryOf(known.name.replace(/^processes\//, 'protocols/'))
  const [suite, word] = wordsOf(known, entry, program)
  const folder = known.name.split('/')[1] ?? ''
  const family = familyOf(suite, word, folder)
  return { known, entry, family, column: COLUMN_OF[suite] ?? suite }
}

const COLUMN_OF: Readonly<Record<string, string>> = {
  judged: 'histories',
  simulated: 'protocols',
}

/** The suite, and the name of the spec, protocol or recording. */
function wordsOf(
  { name }: KnownRow,
  entry: Entry | undefined,
  program: string,
): readonly [suite: string, word: string] {
  const [suite = '', first = '', second = ''] = name.split('/')
  if (entry?.type === 'zoo') return [suite, entry.bug.protocol.name]
  if (suite === 'specs') return [suite, second]
  if (suite === 'maelstrom') {
    const rule = FAMILIES.find(({ protocols = [] }) =>
      protocols.some((protocol) => program.split(' ').includes(protocol)),
    )
    return [suite, rule?.protocols?.[0] ?? '']
  }
  if (suite === 'simulated') return [suite, /^[\w-]+/.exec(first)?.[0] ?? '']
  return [suite, first]
}

/** A row as the report shows it. */
export function reportEntry(
  { known, entry }: PlacedRow,
  { exhibits, again }: RowEvidence,
): ReportEntry {
  const { name, row } = known
  const { outcome, sentence, engine = '', seconds } = row
  const good = isGood(known, entry)
  const because = entry?.because
  return {
    name,
    outcome,
    asExpected: good,
    ...(good ? {} : { wanted: wantedOf(row) }),
    sentence,
    figures: figuresOf(row),
    engine,
    seconds,
    ...(because === undefined ? {} : { because }),
    again: again ?? row.replay ?? commandFor(known, entry),
    evidence: exhibits,
  }
}

/** What was run by hand expects nothing; then what is judged is supposed to hold. */
export function isGood({ row }: KnownRow, entry?: Entry): boolean {
  if (row.expected !== undefined) return asExpected(row)
  return row.outcome === (entry?.expected ?? 'pass')
}

function commandFor({ name, row }: KnownRow, entry: Entry | undefined): string {
  if (name.startsWith('processes/')) return `synod run ${name.slice('processes/'.length)}`
  if (name.startsWith('judged/')) return `synod judge ${shellWord(name.slice('judged/'.length))}`
  if (name.startsWith('simulated/'))
    return `synod simulate ${shellWord(name.slice('simulated/'.length))}`
  if (entry !== undefined) return againOf(entry, row)
  return `synod check ${shellWord(name)}`
}

function wantedOf(row: RunRow): string {
  const { outcome, expected = 'pass', violations, expectedViolations } = row
  const parts = [
    ...(outcome === expected ? [] : [`expected: ${WANTED[expected]}`]),
    ...(expectedViolations === undefined || violations === expectedViolations
      ? []
      : [`${violations ?? 0} violations, not ${expectedViolations}`]),
    ...(outcome === expected ? unexpectedOf(row) : []),
  ]
  return parts.join('; ')
}

const WANTED = { pass: 'it holds', fail: 'it is violated', unknown: 'it cannot be told' } as const

const UNITS: Readonly<Record<string, string>> = {
  distinctStates: 'states',
  generatedStates: 'found',
  depth: 'levels',
}

function figuresOf({ counts = {}, operations, violations }: RunRow): string {
  const parts = [
    ...Object.entries(counts)
      .slice(0, 8)
      .map(([name, count]) => `${grouped(count)} ${UNITS[name] ?? name}`),
    ...(operations === undefined ? [] : [`${grouped(operations)} operations`]),
    ...(violations === undefined ? [] : [`${grouped(violations)} violations`]),
  ]
  return parts.join(', ')
}

/** Entries by family and column, in the order of the table of families. */
export function familiesOf(
  rows: readonly (readonly [PlacedRow, ReportEntry])[],
  everything: Iterable<readonly [string, Entry]>,
): readonly Family[] {
  const possible = possibleOf(everything)
  const known = new Set<FamilyRule>([...FAMILIES, OTHERS])
  const own = [...rows.map(([{ family }]) => family), ...possible.keys()]
  const rules = new Set([...FAMILIES.filter(isProtocol), ...own.filter((rule) => !known.has(rule))])
  return [...rules, ...[...known].filter((rule) => !rules.has(rule))].flatMap((rule) => {
    const own = rows.filter(([{ family }]) => family === rule)
    const could = possible.get(rule) ?? new Set<string>()
    const columns = [
      ...COLUMNS.map(({ key }) => key),
      ...new Set(own.map(([{ column }]) => column)),
    ]
    const groups = [...new Set(columns)].flatMap((column): readonly Group[] => {
      const entries = own.filter(([each]) => each.column === column).map(([, entry]) => entry)
      const missing = entries.length === 0 && could.has(column) ? notRun(rule, column) : undefined
      if (entries.length === 0 && missing === undefined) return []
      return [{ column, title: titleOf(column), entries, ...(missing && { notRun: missing }) }]
    })
    if (groups.length > 0) return [{ key: rule.key, name: rule.name, kind: rule.kind, groups }]
    if (rule.kind !== 'subject') return []
    const group = { column: rule.key, title: rule.name, entries: [] }
    const missing = notRun(rule, rule.suites?.[0] ?? '')
    return [
      { key: rule.key, name: rule.name, kind: rule.kind, groups: [{ ...group, notRun: missing }] },
    ]
  })
}

function isProtocol({ kind }: FamilyRule): boolean {
  return kind === 'protocol'
}

function notRun({ name }: FamilyRule, column: string): NotRun {
  return { what: name, command: commandOfColumn(column) }
}

const TITLES: Readonly<Record<string, string>> = {
  valency: 'valency of configurations',
  rounds: 'questions about rounds',
  hierarchy: 'consensus numbers and protocols on shared objects',
  quorums: 'what is said of quorum systems',
  claims: 'claims',
}

function titleOf(column: string): string {
  return COLUMNS.find(({ key }) => key === column)?.title ?? TITLES[column] ?? column
}

/** For each family the ways of looking at it for which there is anything to run. */
function possibleOf(
  everything: Iterable<readonly [string, Entry]>,
): ReadonlyMap<FamilyRule, ReadonlySet<string>> {
  const possible = new Map<FamilyRule, Set<string>>()
  const add = (rule: FamilyRule, column: string): void => {
    const columns = possible.get(rule) ?? new Set()
    possible.set(rule, columns.add(column))
  }
  for (const [name, entry] of everything) {
    const [suite = '', first = '', second = ''] = name.split('/')
    if (entry.type === 'zoo') add(familyOf(suite, entry.bug.protocol.name), suite)
    else add(familyOf(suite, suite === 'specs' ? second : first, first), suite)
    // Whatever is simulated can be run as processes.
    if (entry.type === 'protocol') add(familyOf(suite, first), 'processes')
  }
  return possible
}
