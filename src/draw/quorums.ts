import { plotStyle } from '../report/plot.ts'
import type { Markup } from '../report/html.ts'
import { failures, front, loads } from '../report/quorum-page.ts'
import { comparisonTable } from '../report/quorum-rows.ts'
import type { Comparison } from '../quorum/compare/compare.ts'
import { svgDocument, variableStyle } from './svg-document.ts'

/**
 * Rows of a comparison, for `console.table`: nodes, size of quorums, load, resilience, probability
 * of failure. A star marks those that no other one beats in all of load, resilience and failure.
 */
export function comparisonRows(
  comparison: Comparison,
): readonly Readonly<Record<string, string>>[] {
  const { columns, rows } = comparisonTable(comparison)
  const kept = columns.flatMap(({ title }, at) => (/^load by/.test(title) ? [] : [at]))
  return rows.map((cells) =>
    Object.fromEntries(
      kept.map((at) => {
        const { title = '' } = columns[at] ?? {}
        // The exact load and its value have one heading.
        const name =
          title === '' ? (at === 0 ? 'system' : `${columns[at - 1]?.title ?? ''} ≈`) : title
        return [name, cells[at] ?? '']
      }),
    ),
  )
}

/**
 * Load against the share of reads, as an SVG document. Needs a comparison with `series: true`.
 * `undefined` where there is nothing to draw.
 */
export async function loadSvg(comparison: Comparison): Promise<string | undefined> {
  return documentOf(await loads(comparison))
}

/** The probability that no quorum is alive against that of a node to be down, as logarithms. */
export async function failureSvg(comparison: Comparison): Promise<string | undefined> {
  return documentOf(await failures(comparison))
}

/** Load and probability of failure of each system: down and left is better. */
export async function frontSvg(comparison: Comparison): Promise<string | undefined> {
  return documentOf(await front(comparison))
}

function documentOf(picture: Markup | undefined): string | undefined {
  return picture === undefined
    ? undefined
    : svgDocument(picture.toString(), `${variableStyle()}\n${plotStyle()}`)
}
