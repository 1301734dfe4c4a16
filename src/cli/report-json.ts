import type { Report } from '../report/report/content.ts'
import { entriesOf, groupOf, headline, tallyOf } from '../report/report/tally.ts'

/** What `synod report --json` prints: the counts and the dashboard, without the pictures. */
export function reportJson(report: Report): object {
  const { families, columns, runs, missing, warnings, book, bench } = report
  const entries = entriesOf(families)
  return {
    headline: headline(report),
    ...tallyOf(entries),
    different: entries
      .filter(({ asExpected }) => !asExpected)
      .map(({ name, outcome, wanted, sentence, again }) => ({
        name,
        outcome,
        wanted: wanted ?? null,
        sentence,
        again,
      })),
    dashboard: families.map((family) => ({
      name: family.name,
      kind: family.kind,
      cells: Object.fromEntries(
        [...columns.map(({ key }) => key), ...family.groups.map(({ column }) => column)]
          .filter((column) => groupOf(family, column) !== undefined)
          .map((column) => {
            const group = groupOf(family, column)
            return [column, group?.notRun === undefined ? tallyOf(group?.entries ?? []) : 'not run']
          }),
      ),
    })),
    claims: book === undefined ? null : book.groups.flatMap(({ claims }) => claims).length,
    bench: bench?.rows.length ?? null,
    runs,
    missing,
    warnings,
  }
}
