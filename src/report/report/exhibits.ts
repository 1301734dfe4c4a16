import type { SpaceTime } from '../../core/story.ts'
import type { Markup } from '../html.ts'
import { html, trusted } from '../html.ts'
import { roundChainSvg } from '../round-chain-svg.ts'
import type { RunLine } from '../run-page.ts'
import type { TextTable } from '../text-table.ts'
import { grouped } from '../time.ts'
import { timelineSection } from '../timeline-page.ts'
import { VALENCY_WORDS } from '../valency-dot.ts'
import { shown } from '../visible.ts'
import type { Exhibit, Fact } from './content.ts'
import { MOST_PICTURE_ROWS, pictureOf, stepsMarkup } from './steps.ts'

const LONGEST = 2000
const MOST_LINES = 400
const MOST_TABLE_ROWS = 500

/** Gives each picture of a page a number of its own, and keeps the page within its size. */
export interface Room {
  /** Characters that may still be written. */
  left: number
  /** Of pictures so far. */
  pictures: number
  /** Of entries whose evidence is not in the page. */
  leftOut: number
}

/** Evidence as markup; `undefined` if there is no room for it. */
export function exhibitsMarkup(exhibits: readonly Exhibit[], room: Room): Markup | undefined {
  const made = html`${exhibits.map((exhibit) => exhibitMarkup(exhibit, room))}`
  const { length } = made.toString()
  if (length > room.left) {
    room.leftOut++
    return undefined
  }
  room.left -= length
  return made
}

function exhibitMarkup(exhibit: Exhibit, room: Room): Markup {
  switch (exhibit.type) {
    case 'story':
      return stepsMarkup(exhibit.story, exhibit.picture)
    case 'timeline':
      return timelineSection(exhibit.timeline, room.pictures++, 'h4')
    case 'space-time':
      return spaceTime(exhibit.picture)
    case 'run':
      return runLines(exhibit.lines)
    case 'facts':
      return factList(exhibit.facts)
    case 'table':
      return html`${exhibit.title !== undefined && html`<h4>${shown(exhibit.title, 200)}</h4>`}
      ${tableMarkup(exhibit.table)}`
    case 'text':
      return textBlock(exhibit.title, exhibit.lines)
    case 'paragraphs':
      return html`${exhibit.texts.map((text) => html`<p>${shown(text, LONGEST)}</p>`)}`
    case 'chain':
      return chain(exhibit)
    case 'graph':
      return graph(exhibit)
    case 'drawn':
      return exhibit.markup
  }
}

function spaceTime(picture: SpaceTime): Markup {
  const title = html`<h4>${shown(picture.title, 300)}</h4>`
  if (picture.events.length > MOST_PICTURE_ROWS) {
    const count = grouped(picture.events.length)
    return html`${title}
      <p class="muted">The ${count} steps are too many for a picture in this page.</p>`
  }
  return html`${title}${pictureOf(picture)}`
}

const SIGNS = { operation: 'asked', fault: 'fault', chance: 'chance' } as const

function runLines(lines: readonly RunLine[]): Markup {
  const left = lines.length - MOST_LINES
  const rows = lines.slice(0, MOST_LINES).map(
    ({ time, who, kind, text }, at) =>
      html`<tr class="${kind}">
        <td class="number">${at + 1}</td>
        <td class="number">${time}</td>
        <td>${shown(who, 60)}</td>
        <td class="muted">${SIGNS[kind]}</td>
        <td>${shown(text, 300)}</td>
      </tr>`,
  )
  return html`<div class="scroller" tabindex="0" role="region" aria-label="what happened">
      <table class="run-lines">
        <thead>
          <tr>
            <th class="number">line</th>
            <th class="number">time</th>
            <th>who</th>
            <th>kind</th>
            <th>what</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
    ${left > 0 && html`<p class="muted">${grouped(left)} more lines are left out.</p>`}`
}

function factList(facts: readonly Fact[]): Markup {
  return html`<dl class="facts">
    ${facts.map(
      ({ name, text }) =>
        html`<dt>${shown(name, 100)}</dt>
          <dd>${shown(text, LONGEST)}</dd>`,
    )}
  </dl>`
}

/** A table of our own words and values, with numbers to the right. */
export function tableMarkup({ columns, rows }: TextTable): Markup {
  const kind = (at: number): string => (columns[at]?.align === 'right' ? 'number' : '')
  const left = rows.length - MOST_TABLE_ROWS
  return html`<div class="scroller" tabindex="0" role="region" aria-label="table">
      <table>
        <thead>
          <tr>
            ${columns.map(
              ({ title }, at) => html`<th class="${kind(at)}">${shown(title, 80)}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${rows.slice(0, MOST_TABLE_ROWS).map(
            (cells) =>
              html`<tr>
                ${cells.map((cell, at) => html`<td class="${kind(at)}">${shown(cell, 600)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${left > 0 && html`<p class="muted">${grouped(left)} more rows are left out.</p>`}`
}

function textBlock(title: string | undefined, lines: readonly string[]): Markup {
  const left = lines.length - MOST_LINES
  const text = lines
    .slice(0, MOST_LINES)
    .map((line) => shown(line, 400))
    .join('\n')
  return html`${title !== undefined && html`<h4>${shown(title, 200)}</h4>`}
    <pre tabindex="0">${text}</pre>
    ${left > 0 && html`<p class="muted">${grouped(left)} more lines are left out.</p>`}`
}

function chain({ chain: picture, lines }: Extract<Exhibit, { type: 'chain' }>): Markup {
  return html`<figure class="who">
      <figcaption>
        A line for each process, time runs down. Whoever stands between two runs knows the same in
        both, so it decides the same, and all others with it. Crosses end what crashes or is lost;
        broken lines are traitors, and the words at their arrows what they say.
      </figcaption>
      <div class="scroller" tabindex="0" role="region" aria-label="chain of runs">
        ${roundChainSvg(picture)}
      </div>
    </figure>
    <details>
      <summary>The same in words</summary>
      <ol class="code">
        ${lines.map(
          (texts) => html`<li>${texts.map((text) => html`<p>${shown(text, LONGEST)}</p>`)}</li>`,
        )}
      </ol>
    </details>`
}

function graph({ title, svg, cut, legend }: Extract<Exhibit, { type: 'graph' }>): Markup {
  return html`<figure class="graph">
    <figcaption>${shown(cut === undefined ? title : `${title}: ${cut}`, 600)}</figcaption>
    ${legend === 'valency' && valencyLegend()}
    <div class="scroller drawing" tabindex="0" role="region" aria-label="graph">
      ${trusted(svg.slice(Math.max(svg.indexOf('<svg'), 0)))}
    </div>
  </figure>`
}

function valencyLegend(): Markup {
  const keys = ['both', 'first', 'second', 'none'] as const
  return html`<ul class="legend">
    ${keys.map((key) => html`<li class="${key}">${VALENCY_WORDS[key]}</li>`)}
    <li class="plain">thick frame: before the first step; two frames: something is decided</li>
  </ul>`
}
