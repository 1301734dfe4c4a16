import type { Markup } from './html.ts'
import { html } from './html.ts'
import { grouped } from './time.ts'
import { shown } from './visible.ts'

/** One line of the story of a run. */
export interface RunLine {
  readonly time: string
  readonly who: string
  readonly kind: 'operation' | 'fault' | 'chance'
  readonly text: string
}

const SIGNS = { operation: 'asked', fault: 'fault', chance: 'chance' } as const

/** What happened in a run, line by line: no more than `most` of them. */
export function runTable(lines: readonly RunLine[], most: number): Markup {
  const rows = lines.slice(0, most).map(
    ({ time, who, kind, text }, at) =>
      html`<tr class="${kind}">
        <td class="number">${at + 1}</td>
        <td class="number">${time}</td>
        <td>${shown(who, 60)}</td>
        <td class="muted">${SIGNS[kind]}</td>
        <td>${shown(text, 400)}</td>
      </tr>`,
  )
  return html`<div class="scroller lines" tabindex="0" role="region" aria-label="what happened">
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
    ${leftOut(lines.length - most, 'lines')}`
}

/** `12 more lines are left out.` */
export function leftOut(count: number, what: string): Markup | false {
  return count > 0 && html`<p class="muted">${grouped(count)} more ${what} are left out.</p>`
}
