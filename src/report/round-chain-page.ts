import type { RoundChain } from '../core/round-chain.ts'
import { html } from './html.ts'
import { page } from './page.ts'
import { roundChainStyle, roundChainSvg } from './round-chain-svg.ts'
import { grouped } from './time.ts'
import { shown } from './visible.ts'

export interface RoundPage {
  readonly title: string
  readonly outcome: 'pass' | 'fail' | 'unknown'
  readonly verdict: string
  readonly facts: readonly string[]
  /** For what is impossible. */
  readonly chain?: RoundChain
  /** Each run of the chain, in words. */
  readonly lines: readonly (readonly string[])[]
  /** For what is possible: the first views and what is decided on them, and how many more. */
  readonly views: readonly (readonly [who: string, view: string, decision: number])[]
  readonly moreViews: number
  /** The command that finds it again. */
  readonly replay: string
}

const LONGEST = 2000

/** The answer to a question about rounds as one HTML file that needs no network and no script. */
export function roundPage(content: RoundPage): string {
  const { title, outcome, verdict, facts, chain, lines, views, moreViews, replay } = content
  const body = html`<main>
    <h1>${long(title)}</h1>
    <p class="verdict ${outcome}"><strong>${long(verdict)}</strong></p>
    ${facts.map((fact) => html`<p class="muted">${long(fact)}</p>`)}
    ${
      chain !== undefined &&
      html`<h2>The chain of runs</h2>
        <figure>
          <figcaption>
            A line for each process, time runs down. Whoever stands between two runs knows the same
            in both, so it decides the same, and all others with it. Crosses end what crashes or is
            lost; broken lines are traitors, and the words at their arrows what they say.
          </figcaption>
          <div class="scroller" tabindex="0" role="region" aria-label="chain of runs">
            ${roundChainSvg(chain)}
          </div>
        </figure>`
    }
    ${
      lines.length > 0 &&
      html`<h2>In words</h2>
        <ol class="code">
          ${lines.map((texts) => html`<li>${texts.map((text) => html`<p>${long(text)}</p>`)}</li>`)}
        </ol>`
    }
    ${views.length > 0 && viewTable(views, moreViews)}
    <h2>Again</h2>
    <p><code>${long(replay)}</code></p>
  </main>`
  return page({ title: shown(title, 200), body, style: `${roundChainStyle()}\n${STYLE}` })
}

function viewTable(views: RoundPage['views'], more: number) {
  return html`<h2>What is decided on what is known</h2>
    <table>
      <thead>
        <tr>
          <th>who</th>
          <th>its input, then round by round what it heard</th>
          <th class="number">decides</th>
        </tr>
      </thead>
      <tbody class="code">
        ${views.map(
          ([who, view, decision]) =>
            html`<tr>
              <td>${shown(who, 40)}</td>
              <td>${long(view)}</td>
              <td class="number">${decision}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${more > 0 && html`<p class="muted">${grouped(more)} more are left out.</p>`}`
}

function long(text: string): string {
  return shown(text, LONGEST)
}

const STYLE = `.verdict{font-size:1.05rem}
.fail strong{color:var(--fault)}
.pass strong{color:var(--core)}
figure{margin:1rem 0}
figcaption{color:var(--muted);max-width:75ch;margin-bottom:.6rem}
.scroller{overflow-x:auto}
ol.code p{margin:.15rem 0;max-width:none}`
