import type { SpaceTime, Story, StoryStep } from '../core/story.ts'
import type { Markup } from './html.ts'
import { html } from './html.ts'
import { page } from './page.ts'
import { spaceTimeStyle } from './space-time-style.ts'
import { spaceTimeSvg } from './space-time-svg.ts'
import { changeTexts } from './story-text.ts'
import { grouped } from './time.ts'
import { shown } from './visible.ts'

export interface StoryPage {
  readonly title: string
  /** What the spec is, and where it comes from. */
  readonly about: readonly string[]
  readonly outcome: 'pass' | 'fail' | 'unknown'
  /** The answer in one line. */
  readonly verdict: string
  /** Further sentences under it. */
  readonly facts: readonly string[]
  readonly stories: readonly { readonly story: Story; readonly picture?: SpaceTime }[]
  readonly coverage: readonly Coverage[]
  /** The command that finds it again. */
  readonly replay: string
}

interface Coverage {
  readonly action: string
  readonly taken: number
  /** Absent where nobody knows. */
  readonly found?: number
  readonly idle?: number
}

const SIGNS = { pass: 'Holds.', fail: 'Violated.', unknown: 'Unknown.' } as const
const MOST_STORIES = 20
const MOST_STEPS = 2000
/** A larger picture is no picture. */
const MOST_ROWS = 200
const LONGEST = 2000

/** What an exploration found as one HTML file that needs no network, and no script to be read. */
export function explorationPage(content: StoryPage): string {
  const { title, about, outcome, verdict, facts, stories, coverage, replay } = content
  const left = stories.length - MOST_STORIES
  const body = html`<main>
    <h1>${long(title)}</h1>
    <p class="verdict ${outcome}"><strong>${SIGNS[outcome]}</strong> ${long(verdict)}</p>
    ${[...about, ...facts].map((fact) => html`<p class="muted">${long(fact)}</p>`)}
    ${stories.slice(0, MOST_STORIES).map(section)}
    ${left > 0 && html`<p class="muted">${grouped(left)} more are left out.</p>`}
    ${coverageTable(coverage)}
    <h2>Again</h2>
    <p><code>${long(replay)}</code></p>
  </main>`
  return page({ title: shown(title, 200), body, style: `${spaceTimeStyle()}\n${STYLE}` })
}

function long(text: string): string {
  return shown(text, LONGEST)
}

function section({ story, picture }: StoryPage['stories'][number], index: number): Markup {
  const { claim, faults, steps, loop } = story
  return html`<section>
    <h2 id="story-${index}">${long(claim)}</h2>
    <ul class="faults">
      ${faults.map((fault) => html`<li>${long(fault)}</li>`)}
    </ul>
    ${steps.length > 0 && storyTable(steps, loop)}
    ${
      picture !== undefined &&
      picture.events.length <= MOST_ROWS &&
      html`<figure>
        <figcaption>Who did what, and which messages went where. Time runs down.</figcaption>
        <div class="scroller" tabindex="0" role="region" aria-label="space-time diagram">
          ${spaceTimeSvg(picture)}
        </div>
      </figure>`
    }
  </section>`
}

function storyTable(steps: readonly StoryStep[], loop: number | undefined): Markup {
  const told = steps.slice(0, MOST_STEPS)
  const left = steps.length - told.length
  return html`<table class="story">
      <thead>
        <tr>
          <th class="number">step</th>
          <th>what was done</th>
          <th>what that changed</th>
        </tr>
      </thead>
      <tbody>
        ${told.map((step, at) => row(step, at, at === steps.length - 1, loop))}
      </tbody>
    </table>
    ${left > 0 && html`<p class="muted">${grouped(left)} more steps are left out.</p>`}
    ${loop !== undefined && html`<p>${loopSentence(loop, steps.length)}</p>`}`
}

function loopSentence(loop: number, count: number): string {
  return loop === count - 1
    ? 'And then nothing need ever happen again.'
    : `And then as from step ${loop + 1} on, for ever.`
}

function row(step: StoryStep, at: number, last: boolean, loop: number | undefined): Markup {
  const repeated = loop !== undefined && at > loop
  const changes = changeTexts(step.changes).map((text) => html`<li>${changeMarkup(text)}</li>`)
  return html`<tr class="${repeated ? 'repeated' : ''} ${last && loop === undefined ? 'last' : ''}">
    <td class="number">${at}</td>
    <td class="code">${shown(step.title, 200)}</td>
    <td>
      <ul class="changes code">
        ${at > 0 && changes.length === 0 ? html`<li class="muted">changes nothing</li>` : changes}
      </ul>
      ${stateDetails(step, at === 0)}
    </td>
  </tr>`
}

/** What was before is muted; what is new stands out. */
function changeMarkup(line: string): Markup {
  const arrow = line.lastIndexOf(' -> ')
  if (arrow < 0) return html`${line}`
  return html`<span class="muted">${line.slice(0, arrow)} &rarr;</span> ${line.slice(arrow + 4)}`
}

function stateDetails({ state }: StoryStep, open: boolean): Markup {
  const list = html`<dl class="code">
    ${state.map(
      ({ name, text }) =>
        html`<dt>${shown(name, 100)}</dt>
          <dd>${long(text)}</dd>`,
    )}
  </dl>`
  if (open) return list
  return html`<details>
    <summary>the whole state</summary>
    ${list}
  </details>`
}

function coverageTable(coverage: readonly Coverage[]): Markup | false {
  if (coverage.length === 0) return false
  const number = (value: number | undefined): Markup =>
    html`<td class="number">${value === undefined ? '' : grouped(value)}</td>`
  const whole = coverage.some(({ found }) => found !== undefined)
  return html`<h2>What was done how often</h2>
    <table>
      <thead>
        <tr>
          <th>action</th>
          <th class="number">taken</th>
          ${whole && html`<th class="number">led to a new state</th>`}
          ${whole && html`<th class="number">changed nothing</th>`}
        </tr>
      </thead>
      <tbody>
        ${coverage.map(
          ({ action, taken, found, idle }) =>
            html`<tr class="${taken === 0 ? 'never' : ''}">
              <td class="code">${shown(action, 100)}</td>
              ${number(taken)} ${whole && [number(found), number(idle)]}
            </tr>`,
        )}
      </tbody>
    </table>`
}

const STYLE = `.verdict{font-size:1.05rem}
.verdict.fail strong{color:var(--fault)}
.verdict.pass strong{color:var(--core)}
.faults{margin:.3rem 0 .8rem;padding-left:1.2rem}
.story td{vertical-align:top}
.story td.code{white-space:nowrap}
.story tr.last td:first-child{box-shadow:inset 3px 0 var(--fault)}
.story tr.repeated td:first-child{box-shadow:inset 3px 0 var(--core)}
.story td:first-child{padding-left:.6rem}
.changes{list-style:none;margin:0;padding:0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.05rem .8rem;margin:.15rem 0}
dt{color:var(--muted)}
dd{margin:0;overflow-wrap:anywhere}
summary{cursor:pointer;color:var(--muted);font-size:12px}
figure{margin:1.4rem 0}
figcaption{color:var(--muted);margin-bottom:.4rem}
.scroller{overflow-x:auto;border:1px solid var(--line);border-radius:6px;padding:.4rem}
.space-time{display:block}
tr.never td{color:var(--fault)}`
