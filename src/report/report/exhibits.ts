import type { SpaceTime } from '../../core/story.ts'
import type { Markup } from '../html.ts'
import { html, trusted } from '../html.ts'
import { roundChainSvg } from '../round-chain-svg.ts'
import { leftOut, runTable } from '../run-lines.ts'
import { pictureOf } from '../story-steps.ts'
import { tableMarkup } from '../table-markup.ts'
import { grouped } from '../time.ts'
import { timelineSection } from '../timeline-page.ts'
import { VALENCY_WORDS } from '../valency-dot.ts'
import { shown } from '../visible.ts'
import type { Exhibit, Fact } from './content.ts'
import { MOST_PICTURE_ROWS, stepsMarkup } from './steps.ts'

const LONGEST = 2000
const MOST_LINES = 400

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
      return runTable(exhibit.lines, MOST_LINES)
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

function factList(facts: readonly Fact[]): Markup {
  return html`<dl class="facts">
    ${facts.map(
      ({ name, text }) =>
        html`<dt>${shown(name, 100)}</dt>
          <dd>${shown(text, LONGEST)}</dd>`,
    )}
  </dl>`
}

function textBlock(title: string | undefined, lines: readonly string[]): Markup {
  const text = lines
    .slice(0, MOST_LINES)
    .map((line) => shown(line, 400))
    .join('\n')
  return html`${title !== undefined && html`<h4>${shown(title, 200)}</h4>`}
    <pre tabindex="0">${text}</pre>
    ${leftOut(lines.length - MOST_LINES, 'lines')}`
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
