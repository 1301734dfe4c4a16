import type { SpaceTime, Story, StoryStep } from '../../core/story.ts'
import type { Markup } from '../html.ts'
import { html } from '../html.ts'
import { spaceTimeSvg } from '../space-time-svg.ts'
import { changeTexts } from '../story-text.ts'
import { grouped } from '../time.ts'
import { shown } from '../visible.ts'

const MOST_STEPS = 200
const MOST_ROWS = 120
const LONGEST = 1200

/**
 * A story step by step: what was done and what that changed. Each step carries those parts of the
 * state that it changed, from which the script shows the whole state at any step.
 */
export function stepsMarkup(story: Story, picture: SpaceTime | undefined): Markup {
  const { claim, faults, steps, loop } = story
  const told = steps.slice(0, MOST_STEPS)
  const left = steps.length - told.length
  const drawn = picture !== undefined && picture.events.length <= MOST_ROWS
  return html`<div class="steps" role="group" aria-label="${shown(claim, 200)}, step by step">
    <p class="claim"><strong>${shown(claim, LONGEST)}</strong></p>
    <ul class="faults">
      ${faults.slice(0, 8).map((fault) => html`<li>${shown(fault, LONGEST)}</li>`)}
    </ul>
    ${steps.length > 0 && stepTable(told, loop)}
    ${left > 0 && html`<p class="muted">${grouped(left)} more steps are left out.</p>`}
    ${loop !== undefined && html`<p>${loopSentence(loop, steps.length)}</p>`}
    ${drawn && pictureOf(picture)}
  </div>`
}

function stepTable(told: readonly StoryStep[], loop: number | undefined): Markup {
  const last = told.length - 1
  return html`<div class="step-bar" hidden></div>
    <div class="step-view">
      <div class="scroller" tabindex="0" role="region" aria-label="steps">
        <table class="story">
          <thead>
            <tr>
              <th class="number">step</th>
              <th>what was done</th>
              <th>what that changed</th>
            </tr>
          </thead>
          <tbody>
            ${told.map((step, at) => stepRow(step, told[at - 1], at, rowClass(at, last, loop)))}
          </tbody>
        </table>
      </div>
      <div class="state-now" hidden></div>
    </div>`
}

function rowClass(at: number, last: number, loop: number | undefined): string {
  if (loop !== undefined) return at > loop ? 'repeated' : ''
  return at === last ? 'last' : ''
}

function stepRow(step: StoryStep, before: StoryStep | undefined, at: number, look: string): Markup {
  const changes = changeTexts(step.changes).map((text) => html`<li>${changeMarkup(text)}</li>`)
  const parts = changedParts(step, before)
  return html`<tr class="${look}">
    <td class="number">${at}</td>
    <td class="code">${shown(step.title, 160)}</td>
    <td>
      <ul class="changes code">
        ${at > 0 && changes.length === 0 ? html`<li class="muted">changes nothing</li>` : changes}
      </ul>
      ${parts.length > 0 && stateList(parts, at === 0)}
    </td>
  </tr>`
}

/** The parts of the state that are other than before. */
function changedParts({ state }: StoryStep, before: StoryStep | undefined): StoryStep['state'] {
  const old = new Map(before?.state.map(({ name, text }) => [name, text]))
  return state.filter(({ name, text }) => old.get(name) !== text)
}

function stateList(parts: StoryStep['state'], first: boolean): Markup {
  const list = html`<dl class="code">
    ${parts.map(
      ({ name, text }) =>
        html`<dt>${shown(name, 100)}</dt>
          <dd>${shown(text, LONGEST)}</dd>`,
    )}
  </dl>`
  if (first) return list
  return html`<details class="after">
    <summary>is now</summary>
    ${list}
  </details>`
}

/** What was before is muted; what is new stands out. */
function changeMarkup(line: string): Markup {
  const text = shown(line, LONGEST)
  const arrow = text.lastIndexOf(' -> ')
  if (arrow < 0) return html`${text}`
  return html`<span class="muted">${text.slice(0, arrow)} &rarr;</span> ${text.slice(arrow + 4)}`
}

function loopSentence(loop: number, count: number): string {
  return loop === count - 1
    ? 'And then nothing need ever happen again.'
    : `And then as from step ${loop + 1} on, for ever.`
}

/** A space-time diagram in a frame that scrolls. */
export function pictureOf(picture: SpaceTime): Markup {
  return html`<figure class="who">
    <figcaption>Who did what, and which messages went where. Time runs down.</figcaption>
    <div class="scroller" tabindex="0" role="region" aria-label="space-time diagram">
      ${spaceTimeSvg(picture)}
    </div>
  </figure>`
}

/** Pictures with more rows than this are no pictures. */
export const MOST_PICTURE_ROWS = MOST_ROWS
