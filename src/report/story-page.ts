import type { SpaceTime, Story } from '../core/story.ts'
import type { Markup } from './html.ts'
import { html } from './html.ts'
import { page } from './page.ts'
import { leftOut } from './run-lines.ts'
import { spaceTimeStyle } from './space-time-style.ts'
import type { StepsLook } from './story-steps.ts'
import { afterSteps, pictureOf, stepTable } from './story-steps.ts'
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
const LOOK: StepsLook = { mostSteps: 2000, folded: 'whole state' }
/** A larger picture is no picture. */
const MOST_ROWS = 200
const LONGEST = 2000

/** What an exploration found as one HTML file that needs no network, and no script to be read. */
export function explorationPage(content: StoryPage): string {
  const { title, about, outcome, verdict, facts, stories, coverage, replay } = content
  const body = html`<main>
    <h1>${long(title)}</h1>
    <p class="verdict ${outcome}"><strong>${SIGNS[outcome]}</strong> ${long(verdict)}</p>
    ${[...about, ...facts].map((fact) => html`<p class="muted">${long(fact)}</p>`)}
    ${stories.slice(0, MOST_STORIES).map(section)}
    ${leftOut(stories.length - MOST_STORIES, 'violations')} ${coverageTable(coverage)}
    <h2>Again</h2>
    <p><code>${long(replay)}</code></p>
  </main>`
  return page({ title: shown(title, 200), body, style: `${spaceTimeStyle()}\n${STYLE}` })
}

function long(text: string): string {
  return shown(text, LONGEST)
}

function section({ story, picture }: StoryPage['stories'][number], index: number): Markup {
  const { claim, faults, steps } = story
  return html`<section>
    <h2 id="story-${index}">${long(claim)}</h2>
    <ul class="faults">
      ${faults.map((fault) => html`<li>${long(fault)}</li>`)}
    </ul>
    ${steps.length > 0 && [stepTable(story, LOOK), afterSteps(story, LOOK)]}
    ${picture !== undefined && picture.events.length <= MOST_ROWS && pictureOf(picture)}
  </section>`
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
