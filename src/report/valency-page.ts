import type { SpaceTime } from '../core/story.ts'
import type { Markup } from './html.ts'
import { html, trusted } from './html.ts'
import { page } from './page.ts'
import { spaceTimeStyle } from './space-time-style.ts'
import { spaceTimeSvg } from './space-time-svg.ts'
import { VALENCY_WORDS } from './valency-dot.ts'
import { shown } from './visible.ts'

export interface ValencyPage {
  readonly title: string
  readonly about: string
  readonly verdict: string
  readonly facts: readonly (readonly string[])[]
  /** Drawn by Graphviz, with what is to be said about each. */
  readonly graphs: readonly {
    readonly title: string
    readonly svg: string
    readonly cut?: string | undefined
  }[]
  readonly runs: readonly SpaceTime[]
  /** The command that finds it again. */
  readonly again: string
}

const LONGEST = 400

/** What was found about an asynchronous protocol as one HTML file that needs no network. */
export function valencyPage(content: ValencyPage): string {
  const { title, about, verdict, facts, graphs, runs, again } = content
  const body = html`<main>
    <h1>${shown(title, 200)}</h1>
    <p><strong>${shown(verdict, LONGEST)}</strong></p>
    <p class="muted">${shown(about, LONGEST)}</p>
    <table>
      ${facts.map(
        ([name = '', fact = '']) =>
          html`<tr>
            <th>${name}</th>
            <td>${shown(fact, LONGEST)}</td>
          </tr>`,
      )}
    </table>
    ${legend()} ${graphs.map(graphSection)} ${runs.map(runSection)}
    <h2>Again</h2>
    <p><code>${shown(again, LONGEST)}</code></p>
  </main>`
  return page({ title: shown(title, 200), body, style: `${spaceTimeStyle()}\n${STYLE}` })
}

function legend(): Markup {
  const keys = ['both', 'first', 'second', 'none'] as const
  return html`<ul class="legend">
    ${keys.map((key) => html`<li class="${key}">${VALENCY_WORDS[key]}</li>`)}
    <li class="plain">thick frame: before the first step; two frames: something is decided</li>
  </ul>`
}

function graphSection({ title, svg, cut }: ValencyPage['graphs'][number]): Markup {
  // What Graphviz writes before the drawing is for files of their own.
  const drawing = svg.slice(svg.indexOf('<svg'))
  return html`<section>
    <h2>${shown(title, 200)}</h2>
    ${cut !== undefined && html`<p class="muted">${shown(cut, LONGEST)}</p>`}
    <div class="scroller drawing" tabindex="0" role="region" aria-label="graph">
      ${trusted(drawing)}
    </div>
  </section>`
}

function runSection(run: SpaceTime): Markup {
  return html`<section>
    <h2>${shown(run.title, 200)}</h2>
    <div class="scroller" tabindex="0" role="region" aria-label="space-time diagram">
      ${spaceTimeSvg(run)}
    </div>
  </section>`
}

const STYLE = `.scroller{overflow:auto;border:1px solid var(--line);border-radius:6px;padding:.4rem}
.drawing{background:#ffffff}
.drawing svg{max-width:none}
.legend{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:.4rem}
.legend li{padding:.05rem .6rem;border:1px solid var(--line);border-radius:5px;font-size:13px}
.legend .both{background:#f9e3a0;color:#1c2127}
.legend .first{background:#0a5aa8;color:#ffffff}
.legend .second{background:#b93c00;color:#ffffff}
.legend .none{background:#e6eaee;color:#454e58}`
