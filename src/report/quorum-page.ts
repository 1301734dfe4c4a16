import { chanceText, decimalText } from '../core/number-text.ts'
import { isCoterie } from '../quorum/compare/bound.ts'
import type { Comparison } from '../quorum/compare/compare.ts'
import { isRefused } from '../quorum/compare/measure.ts'
import type { SeriesPoint } from '../quorum/compare/series.ts'
import { Rational } from '../quorum/rational.ts'
import type { Markup } from './html.ts'
import { html } from './html.ts'
import { page } from './page.ts'
import { plotStyle } from './plot.ts'
import type { Curve } from './quorum-plots.ts'
import { failurePlot, frontPlot, loadPlot, nodeLoadPlot } from './quorum-plots.ts'
import { comparisonTable, refusals } from './quorum-rows.ts'
import { tableMarkup } from './table-markup.ts'
import type { TextTable } from './text-table.ts'
import { shown } from './visible.ts'

export interface QuorumPage {
  readonly title: string
  /** The circumstances in words. */
  readonly facts: readonly string[]
  readonly parts: readonly {
    readonly title: string
    readonly comparison: Comparison
  }[]
  /** Further tables before the comparisons. */
  readonly tables?: readonly { readonly title: string; readonly table: TextTable }[]
}

/** Comparisons with their plots as one HTML file that needs no network and no script. */
export async function quorumPage({
  title,
  facts,
  parts,
  tables = [],
}: QuorumPage): Promise<string> {
  const sections: Markup[] = []
  for (const [at, part] of parts.entries()) sections.push(await section(part, at))
  const body = html`<main>
    <h1>${shown(title, 300)}</h1>
    ${facts.map((fact) => html`<p class="muted">${shown(fact, 1000)}</p>`)}
    ${tables.map(
      (each) =>
        html`<h2>${each.title}</h2>
          ${tableOf(each.table)}`,
    )}
    ${sections}
  </main>`
  return page({ title, body, style: `${plotStyle()}\n${STYLE}` })
}

async function section(
  { title, comparison }: QuorumPage['parts'][number],
  at: number,
): Promise<Markup> {
  return html`<section aria-labelledby="part-${at}">
    <h2 id="part-${at}">${shown(title, 300)}</h2>
    ${await comparisonMarkup(comparison)}
  </section>`
}

/** A comparison with its table and plots, for pages that show others beside it. */
export async function comparisonMarkup(comparison: Comparison): Promise<Markup> {
  const reasons = refusals(comparison)
  const pictures = [
    figure('Load against the share of reads', await loads(comparison), loadData(comparison)),
    figure(
      'Probability of failure against that of a node',
      await failures(comparison),
      failureData(comparison),
    ),
    figure('Load and failure: down and left is better', await front(comparison)),
    await nodeLoads(comparison),
  ]
  return html`${tableOf(comparisonTable(comparison))}
    <p class="muted">
      No system on as many nodes has a load under the least one (1/√n for equal nodes if all quorums
      meet). Systems with a star are not beaten by another one in all of load, resilience and F, the
      probability that no quorum is alive. Each load is certified: a strategy reaches it, and prices
      of the nodes prove that none does better.
    </p>
    ${
      reasons.length > 0 &&
      html`<ul>
        ${reasons.map((reason) => html`<li>${shown(reason, 600)}</li>`)}
      </ul>`
    }
    ${pictures}`
}

function figure(caption: string, picture: Markup | undefined, data?: TextTable): Markup | false {
  if (picture === undefined) return false
  return html`<figure>
    <figcaption>${caption}</figcaption>
    <div class="scroller" tabindex="0" role="region" aria-label="${caption}">${picture}</div>
    ${
      data !== undefined &&
      html`<details>
        <summary>The points of the picture as a table</summary>
        ${tableOf(data)}
      </details>`
    }
  </figure>`
}

type Line = 'load' | 'failure'

function curves({ systems }: Comparison, series: Line): readonly Curve[] {
  return systems.flatMap(({ system, series: both }, index) => {
    const points = (both?.[series] ?? []).filter(({ y }) => Number.isFinite(y))
    return points.length < 2 ? [] : [{ name: shown(system.name, 40), index, points }]
  })
}

/** Load against the share of reads; `undefined` where there are no points. */
export async function loads(comparison: Comparison): Promise<Markup | undefined> {
  const found = curves(comparison, 'load')
  return found.length === 0 ? undefined : loadPlot(found, boundCurves(comparison))
}

/** The bounds of the fewest and of the most nodes; one for each size would fill the picture. */
function boundCurves({ systems }: Comparison): readonly Curve[] {
  const plain = systems.filter(({ system }) => isCoterie(system))
  const sizes = new Map(plain.map(({ system, bound }) => [system.size, bound]))
  const ascending = [...sizes].sort(([a], [b]) => a - b)
  const ends = ascending.filter((_, at) => at === 0 || at === ascending.length - 1)
  return ends.map(([size, bound]) => ({
    name: `least for ${size} nodes: ${decimalText(bound, 3)}`,
    index: 0,
    points: [0, 1].map((x) => ({ x, y: bound })),
  }))
}

/** The probability of failure against that of a node. */
export async function failures(comparison: Comparison): Promise<Markup | undefined> {
  const found = curves(comparison, 'failure')
  if (found.length === 0) return undefined
  const { down = '1/10' } = comparison.circumstances
  return failurePlot(found, Rational.from(down).toNumber())
}

/** Load and failure of each system. */
export async function front({ systems }: Comparison): Promise<Markup | undefined> {
  const points = systems.flatMap(({ system, load, resilience, failure, onFront }, index) => {
    if (isRefused(load) || isRefused(resilience) || isRefused(failure)) return []
    if (!Number.isFinite(failure.log10)) return []
    const place = { load: load.value, resilience: resilience.both, log10Failure: failure.log10 }
    return [{ name: system.name, index, best: onFront, ...place }]
  })
  return points.length < 2 ? undefined : frontPlot(points)
}

/** Small pictures side by side, at one scale. */
async function nodeLoads({ systems }: Comparison): Promise<Markup | false> {
  const all = systems.flatMap(({ series }) => series?.nodes ?? [])
  const top = all.reduce((most, { read, write }) => Math.max(most, read + write), 0)
  if (top === 0) return false
  const pictures: Markup[] = []
  for (const [index, { system, series, bound }] of systems.entries()) {
    const nodes = series?.nodes ?? []
    if (nodes.length === 0) continue
    const plain = isCoterie(system) ? bound : undefined
    const picture = await nodeLoadPlot({ index, nodes, top, bound: plain })
    pictures.push(
      html`<div>
        <h3>${shown(system.name, 60)}</h3>
        ${picture}
      </div>`,
    )
  }
  return html`<figure>
    <figcaption>Load of each node under the best strategy</figcaption>
    <p class="muted">
      Writes are full, reads on top of them are pale; the dashed line is the least load.
    </p>
    <div class="small">${pictures}</div>
  </figure>`
}

function loadData(comparison: Comparison): TextTable {
  return seriesTable(comparison, 'load', 'reads', ({ y }) => decimalText(y, 6))
}

function failureData(comparison: Comparison): TextTable {
  return seriesTable(comparison, 'failure', 'p', ({ y }) =>
    chanceText({ value: 10 ** y, log10: y }),
  )
}

/** One column a system, one row a place at which any of them has a point. */
function seriesTable(
  { systems }: Comparison,
  series: Line,
  title: string,
  text: (point: SeriesPoint) => string,
): TextTable {
  const drawn = systems.map(({ series: both }) => both?.[series] ?? [])
  const places = [...new Set(drawn.flatMap((points) => points.map(({ x }) => x)))]
  return {
    columns: [
      { title, align: 'right' },
      ...systems.map(({ system }) => ({ title: shown(system.name, 40), align: 'right' as const })),
    ],
    rows: places
      .sort((a, b) => a - b)
      .map((x) => [decimalText(x, 3), ...drawn.map((points) => cellAt(points, x, text))]),
  }
}

function cellAt(
  points: readonly SeriesPoint[],
  x: number,
  text: (point: SeriesPoint) => string,
): string {
  const point = points.find((each) => each.x === x)
  return point === undefined ? '' : text(point)
}

function tableOf(table: TextTable): Markup {
  return tableMarkup(table, { longest: LONGEST, short: SHORT })
}

/** Texts of so many letters stay on a line. */
const SHORT = 26
const LONGEST = 2000

const STYLE = `td.short{white-space:nowrap}
figure{margin:1.4rem 0}
figcaption{font-weight:600;margin-bottom:.2rem}
.scroller{overflow-x:auto}
.small{display:flex;flex-wrap:wrap;gap:.4rem 1.5rem}
.small>div{flex:0 1 26rem}
.small h3{font-size:.95rem;margin:.6rem 0 0}
summary{cursor:pointer;color:var(--muted);font-size:13px}
td:first-child{font-weight:600}`
