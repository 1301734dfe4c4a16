import type { SpaceTime } from '../core/story.ts'
import type { Timeline } from '../core/timeline.ts'
import { html } from './html.ts'
import { page } from './page.ts'
import type { RunLine } from './run-lines.ts'
import { runTable } from './run-lines.ts'
import { spaceTimeStyle } from './space-time-style.ts'
import { spaceTimeSvg } from './space-time-svg.ts'
import { timelinePageStyle, timelineSection } from './timeline-page.ts'
import { timelineScript } from './timeline-script.ts'
import { shown } from './visible.ts'

export interface RunPage {
  readonly title: string
  /** What the protocol is, and where it comes from. */
  readonly about: readonly string[]
  readonly outcome: 'pass' | 'fail' | 'unknown'
  /** The answer in one line. */
  readonly verdict: string
  /** What is wrong, or that nothing is. */
  readonly sentence: string
  readonly lines: readonly RunLine[]
  readonly picture: SpaceTime
  readonly timeline: Timeline
  /** The command that finds it again. */
  readonly replay: string
}

const MOST_LINES = 2000
const LONGEST = 2000

/** The run of a cluster as one HTML file that needs no network, and no script to be read. */
export function runPage(content: RunPage): string {
  const { title, about, outcome, verdict, sentence, lines, picture, timeline, replay } = content
  const body = html`<main>
      <h1>${long(title)}</h1>
      <p class="verdict ${outcome}"><strong>${long(sentence)}</strong></p>
      <p>${long(verdict)}</p>
      ${about.map((fact) => html`<p class="muted">${long(fact)}</p>`)}
      <h2>What happened</h2>
      ${runTable(lines, MOST_LINES)}
      <h2>Who did what</h2>
      <figure>
        <figcaption>
          A line for each node, a dot for each step that did something, an arrow for each message.
          Time runs down; point at a dot for more.
        </figcaption>
        <div class="scroller" tabindex="0" role="region" aria-label="space-time diagram">
          ${spaceTimeSvg(picture)}
        </div>
      </figure>
      ${timelineSection(timeline, 0)}
      <h2>Again</h2>
      <p><code>${long(replay)}</code></p>
    </main>
    <div id="tip" role="status" hidden></div>`
  return page({
    title: shown(title, 200),
    body,
    style: `${timelinePageStyle()}\n${spaceTimeStyle()}\n${STYLE}`,
    script: timelineScript,
  })
}

function long(text: string): string {
  return shown(text, LONGEST)
}

const STYLE = `figure{margin:1rem 0}
figcaption{color:var(--muted);margin-bottom:.4rem}
.space-time{display:block}
.lines{border:0}`
