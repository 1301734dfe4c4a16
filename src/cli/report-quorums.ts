import type { Entry } from '../../suites/entry.ts'
import { comparisons } from '../../suites/quorums.ts'
import { asExpected } from '../core/results.ts'
import { compare } from '../quorum/compare/compare.ts'
import { parseSystem } from '../quorum/parse-system.ts'
import { comparisonMarkup } from '../report/quorum-page.ts'
import type { ChapterPart } from '../report/report/content.ts'
import type { TextTable } from '../report/text-table.ts'
import { circumstancesText } from './quorum-asked.ts'
import type { KnownRow } from './report-runs.ts'
import { evidenceOf } from './report-runs.ts'
import { QuorumEvidence } from './report-shapes.ts'

/** What is said of quorum systems, what is so, and systems side by side. */
export async function quorumParts(
  rows: readonly KnownRow[],
  entryOf: (name: string) => Entry | undefined,
  say: (text: string) => void,
): Promise<readonly ChapterPart[]> {
  const table = await overview(rows, entryOf)
  const parts: ChapterPart[] = []
  if (table.rows.length > 0) {
    parts.push({
      title: 'What lectures say, with exact values',
      about: [
        'A statement is about all sizes; it is checked on those that are named. Where it is not ' +
          'so, the last column says what is.',
      ],
      exhibits: [{ type: 'table', table }],
      again: 'synod quorum overview',
    })
  }
  for (const { title, systems } of comparisons) {
    say(`measuring quorum systems: ${title}`)
    const comparison = await compare(systems.map(parseSystem), { series: true })
    parts.push({
      title,
      about: [circumstancesText(comparison.circumstances)],
      exhibits: [{ type: 'drawn', markup: await comparisonMarkup(comparison) }],
      again: 'synod quorum overview --html quorums.html',
    })
  }
  return parts
}

async function overview(
  rows: readonly KnownRow[],
  entryOf: (name: string) => Entry | undefined,
): Promise<TextTable> {
  const cells: (readonly string[])[] = []
  for (const known of rows.filter(({ name }) => name.startsWith('quorums/'))) {
    const entry = entryOf(known.name)
    if (entry?.type !== 'quorum') continue
    const found = QuorumEvidence.safeParse(await evidenceOf(known))
    const { claim, family, statement, because } = entry
    const word = { pass: 'yes', fail: 'no', unknown: 'unknown' }[known.row.outcome]
    cells.push([
      family,
      claim.type === 'value' ? claim.metric : 'failure',
      subjectOf(claim),
      statement,
      found.success ? found.data.found : known.row.sentence,
      asExpected(known.row) ? word : `${word}, not as expected`,
      because,
    ])
  }
  const titles = ['system', 'what', 'of', 'said', 'found', 'so?', 'because']
  return { columns: titles.map((title) => ({ title })), rows: cells }
}

function subjectOf(claim: Extract<Entry, { type: 'quorum' }>['claim']): string {
  if (claim.type === 'value') return claim.system
  return claim.type === 'limit' ? `p = ${claim.down}` : `r = ${claim.rows}, p = ${claim.down}`
}
