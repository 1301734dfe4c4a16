import type { SpaceTime } from '../core/story.ts'
import type { Bar, Timeline } from '../core/timeline.ts'
import type { Markup } from './html.ts'
import { html } from './html.ts'
import { page } from './page.ts'
import { spaceTimeStyle } from './space-time-style.ts'
import { spaceTimeSvg } from './space-time-svg.ts'
import { grouped, lengthText, placeText } from './time.ts'
import { SCALE_NOTE, legend, legendHeight } from './timeline-legend.ts'
import { timelineScript } from './timeline-script.ts'
import { timelineStyle } from './timeline-style.ts'
import { timelineSvg } from './timeline-svg.ts'
import { shown } from './visible.ts'

export interface TimelinePage {
  readonly title: string
  /** The answer in one sentence. */
  readonly verdict: string
  /** Decides the colour of the verdict. */
  readonly outcome?: 'pass' | 'fail' | 'unknown'
  /** Further sentences under it: what was judged, by which engine, how long it took. */
  readonly facts?: readonly string[]
  /** One picture each, say one for each key that is broken. */
  readonly timelines: readonly Timeline[]
  /** Who said what to whom, drawn after them. */
  readonly messages?: SpaceTime
}

const MOST_TIMELINES = 40
const MOST_ROWS = 1000
/** A longer table starts folded. */
const ROWS_IN_SIGHT = 40
const PICTURE_WIDTH = 1240
const WIDEST_PICTURE = 8000
const LEGEND_WIDTH = 1000

/** Pictures with their tables as one HTML file that needs no network, and no script to be read. */
export function timelinePage(parts: TimelinePage): string {
  const { title, verdict, outcome, facts = [], timelines, messages } = parts
  const drawn = timelines.slice(0, MOST_TIMELINES)
  const left = timelines.length - drawn.length
  const sign = outcome === undefined ? '' : SIGNS[outcome]
  const body = html`<main>
      <h1>${shown(title, 400)}</h1>
      <p class="verdict ${outcome ?? ''}">
        ${sign !== '' && html`<strong>${sign}</strong> `}${long(verdict)}
      </p>
      ${facts.map((fact) => html`<p class="muted">${long(fact)}</p>`)}
      ${drawn.map((each, at) => timelineSection(each, at))}
      ${left > 0 && html`<p class="muted">${grouped(left)} more pictures are left out.</p>`}
      ${messages !== undefined && messageSection(messages)}
    </main>
    <div id="tip" role="status" hidden></div>`
  const rules =
    messages === undefined ? timelinePageStyle() : `${timelinePageStyle()}\n${spaceTimeStyle()}`
  return page({ title, body, style: rules, script: timelineScript })
}

function messageSection(picture: SpaceTime): Markup {
  const name = shown(picture.title, 300)
  return html`<section aria-labelledby="messages-title">
    <h2 id="messages-title">${name}</h2>
    <div class="scroller" tabindex="0" role="region" aria-label="space-time diagram">
      ${spaceTimeSvg(picture)}
    </div>
  </section>`
}

const SIGNS = { pass: 'Holds.', fail: 'Violated.', unknown: 'Unknown.' } as const

function long(text: string): string {
  return shown(text, 4000)
}

/** One picture with its table, for pages that show others beside it. */
export function timelineSection(
  timeline: Timeline,
  index: number,
  level: 'h2' | 'h4' = 'h2',
): Markup {
  const prefix = `t${index}`
  const picture = timelineSvg(timeline, {
    width: PICTURE_WIDTH,
    maxWidth: WIDEST_PICTURE,
    alone: false,
    prefix,
  })
  const name = shown(timeline.title, 300)
  const title =
    level === 'h2'
      ? html`<h2 id="${prefix}-title">${name}</h2>`
      : html`<h4 id="${prefix}-title">${name}</h4>`
  return html`<section aria-labelledby="${prefix}-title">
    ${title} ${timeline.notes.slice(0, 20).map(note)}
    <figure id="${prefix}" class="picture">
      ${tools(timeline)}
      <div class="scroller" tabindex="0" role="region" aria-label="timeline: ${name}">
        ${picture}
      </div>
      <figcaption>
        ${legendPicture(timeline, prefix)}
        <p class="muted">${SCALE_NOTE}</p>
      </figcaption>
    </figure>
    ${table(timeline, prefix)}
  </section> `
}

/** Shown by the script, as nothing here works without it. */
function tools(timeline: Timeline): Markup {
  const buttons = [
    html`<button data-do="out" aria-label="zoom out">−</button>`,
    html`<button data-do="in" aria-label="zoom in">+</button>`,
    html`<button data-do="fit">whole</button>`,
    html`<button data-do="reset">readable</button>`,
    hasFault(timeline) && html`<button data-do="fault">operation at fault</button>`,
  ]
  const keys = '+ − 0 zoom, ← → step through operations, Ctrl and wheel zoom at the pointer'
  return html`<div class="tools" hidden>${buttons} <span class="muted">${keys}</span></div>`
}

function note(text: string, index: number): Markup {
  return html`<p class="${index === 0 ? '' : 'muted'}">${long(text)}</p>`
}

function hasFault({ lanes }: Timeline): boolean {
  return lanes.some(({ bars }) => bars.some(({ role }) => role === 'fault'))
}

function legendPicture(timeline: Timeline, prefix: string): Markup {
  const height = legendHeight(timeline, LEGEND_WIDTH)
  return html`<svg
    class="timeline"
    role="img"
    aria-label="what the signs mean"
    width="${LEGEND_WIDTH}"
    height="${height}"
  >
    ${legend(timeline, { x: 0, y: 0, width: LEGEND_WIDTH, prefix })}
  </svg>`
}

function table(timeline: Timeline, prefix: string): Markup {
  const rows = timeline.lanes
    .flatMap(({ label, bars }) => bars.map((bar) => ({ label, bar })))
    .sort((a, b) => a.bar.from - b.bar.from || a.bar.id - b.bar.id)
  const left = rows.length - MOST_ROWS
  const body = rows.slice(0, MOST_ROWS).map(({ label, bar }) => row(timeline, label, bar, prefix))
  const content = html`<summary>
      The ${grouped(rows.length)} operations of the picture as a table
    </summary>
    <table>
      <thead>
        <tr>
          <th>who</th>
          <th>operation</th>
          <th class="number">begins</th>
          <th class="number">takes</th>
          <th class="number">order</th>
          <th>part</th>
          <th>more</th>
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
    ${left > 0 && html`<p class="muted">${grouped(left)} more are not listed.</p>`}`
  return rows.length <= ROWS_IN_SIGHT
    ? html`<details open>${content}</details>`
    : html`<details>${content}</details>`
}

const PARTS = { fault: 'at fault', core: 'contradicts', context: '' } as const

function row({ unit }: Timeline, lane: string, bar: Bar, prefix: string): Markup {
  const takes = bar.to === Infinity ? 'never answered' : lengthText(bar.to - bar.from, unit)
  return html` <tr class="${bar.role}" data-id="${bar.id}">
    <td>${shown(lane, 60)}</td>
    <td class="code"><a href="#${prefix}-bar-${bar.id}">${shown(bar.label, 60)}</a></td>
    <td class="number">${placeText(bar.from, unit, 1e5)}</td>
    <td class="number">${takes}</td>
    <td class="number">${bar.rank}</td>
    <td>${PARTS[bar.role]}</td>
    <td class="muted">
      ${bar.details
        .slice(0, 12)
        .map((line) => shown(line, 300))
        .join('; ')}
    </td>
  </tr>`
}

/** The look of such sections; they need `timelineScript` to be zoomed. */
export function timelinePageStyle(): string {
  return `${timelineStyle('.timeline')}
.verdict{font-size:1.05rem}
.verdict.fail strong{color:var(--fault)}
.verdict.pass strong{color:var(--core)}
.picture{margin:.8rem 0}
td.code{white-space:nowrap}
.tools{display:flex;gap:.35rem;align-items:center;flex-wrap:wrap;margin-bottom:.5rem;font-size:12px}
.tools button{min-width:2rem}
.scroller{overflow-x:auto;overflow-y:hidden;border:1px solid var(--line);border-radius:6px}
.scroller .timeline{display:block;min-width:100%}
figcaption{overflow-x:auto;margin-top:.5rem}
figcaption .timeline{display:block}
details{margin:.6rem 0;overflow-x:auto}
summary{cursor:pointer;color:var(--muted)}
tr.fault td:first-child{box-shadow:inset 3px 0 var(--fault)}
tr.core td:first-child{box-shadow:inset 3px 0 var(--core)}
td:first-child,th:first-child{padding-left:.7rem;white-space:nowrap}
tr.fault a{color:var(--fault);font-weight:600}
tr.core a{font-weight:600}
tr.context a{color:inherit}
tr.chosen td{background:var(--stripe)}
.timeline .bar{cursor:default}
.timeline .bar:hover rect,.timeline .bar.chosen rect{stroke:var(--ink);stroke-width:2}
.timeline .tight .rank{display:none}
#tip{position:fixed;z-index:9;max-width:28rem;padding:.45rem .7rem;font-size:13px}
#tip{border:1px solid var(--line);border-radius:6px;background:var(--page);color:var(--ink)}
#tip{box-shadow:0 4px 18px rgb(0 0 0/.25);white-space:pre-line;overflow-wrap:anywhere}
#tip{pointer-events:none}
#tip::first-line{font-weight:600}
@media print{.scroller{overflow:visible;border:0}.tools{display:none}}`
}
