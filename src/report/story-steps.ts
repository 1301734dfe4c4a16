import type { SpaceTime, Story, StoryStep } from '../core/story.ts'
import type { Markup } from './html.ts'
import { html } from './html.ts'
import { leftOut } from './run-lines.ts'
import { spaceTimeSvg } from './space-time-svg.ts'
import { changeTexts } from './story-text.ts'
import { shown } from './visible.ts'

const LONGEST = 2000

type State = StoryStep['state']

/** How much of a story a page shows. */
export interface StepsLook {
  readonly mostSteps: number
  /** Folded beneath each step; the state before the first step is never folded. */
  readonly folded: 'whole state' | 'changed parts'
}

/** The steps of a story: what was done, and what that changed. */
export function stepTable({ steps, loop }: Story, { mostSteps, folded }: StepsLook): Markup {
  const told = steps.slice(0, mostSteps)
  const last = steps.length - 1
  const stateOf = (step: StoryStep, at: number): State =>
    folded === 'whole state' ? step.state : changedParts(step, told[at - 1])
  const fold = folded === 'whole state' ? 'the whole state' : 'is now'
  const rows = told.map((step, at) => {
    const state = stateList(stateOf(step, at))
    return stepRow(step, at, rowClass(at, last, loop), at === 0 ? state : foldedIn(fold, state))
  })
  return html`<table class="story">
    <thead>
      <tr>
        <th class="number">step</th>
        <th>what was done</th>
        <th>what that changed</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`
}

/** What stands beneath the steps: how many are left out, and what happens for ever. */
export function afterSteps({ steps, loop }: Story, { mostSteps }: StepsLook): Markup {
  return html`${leftOut(steps.length - mostSteps, 'steps')}
  ${loop !== undefined && html`<p>${loopSentence(loop, steps.length)}</p>`}`
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

function rowClass(at: number, last: number, loop: number | undefined): string {
  if (loop !== undefined) return at > loop ? 'repeated' : ''
  return at === last ? 'last' : ''
}

function stepRow(step: StoryStep, at: number, look: string, state: Markup | false): Markup {
  const changes = changeTexts(step.changes).map((text) => html`<li>${changeMarkup(text)}</li>`)
  return html`<tr class="${look}">
    <td class="number">${at}</td>
    <td class="code">${shown(step.title, 200)}</td>
    <td>
      <ul class="changes code">
        ${at > 0 && changes.length === 0 ? html`<li class="muted">changes nothing</li>` : changes}
      </ul>
      ${state}
    </td>
  </tr>`
}

/** The parts of the state that are other than before. */
function changedParts({ state }: StoryStep, before: StoryStep | undefined): State {
  const old = new Map(before?.state.map(({ name, text }) => [name, text]))
  return state.filter(({ name, text }) => old.get(name) !== text)
}

function stateList(state: State): Markup | false {
  if (state.length === 0) return false
  return html`<dl class="code">
    ${state.map(
      ({ name, text }) =>
        html`<dt>${shown(name, 100)}</dt>
          <dd>${shown(text, LONGEST)}</dd>`,
    )}
  </dl>`
}

function foldedIn(title: string, state: Markup | false): Markup | false {
  return (
    state !== false &&
    html`<details class="after">
      <summary>${title}</summary>
      ${state}
    </details>`
  )
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
