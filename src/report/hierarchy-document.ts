import type { Markup } from './html.ts'
import { html, trusted } from './html.ts'
import { page } from './page.ts'
import { tableMarkup } from './table-markup.ts'
import type { TextTable } from './text-table.ts'
import { shown } from './visible.ts'

/** What is told of shared objects, on one page. */
export interface HierarchyDocument {
  readonly title: string
  readonly facts: readonly string[]
  readonly parts: readonly HierarchyPart[]
  /** The command that finds it again. */
  readonly replay: string
}

export interface HierarchyPart {
  readonly title: string
  readonly facts: readonly string[]
  readonly table?: TextTable
  /** What Graphviz drew, which escapes what stands in it. */
  readonly drawing?: string
  /** Who did what, an access a row. */
  readonly accesses?: AccessPicture
}

export interface AccessPicture {
  readonly processes: number
  readonly steps: readonly {
    readonly process: number
    readonly access: string
    readonly told: string
    readonly decides?: string
  }[]
  /** The step that comes again after the last one. */
  readonly loop?: number
}

const LONG = 2000

/** One HTML file that needs no network and no script. */
export function hierarchyDocument({ title, facts, parts, replay }: HierarchyDocument): string {
  const body = html`<main>
    <h1>${shown(title, 300)}</h1>
    ${facts.map((fact) => html`<p class="muted">${shown(fact, LONG)}</p>`)} ${parts.map(section)}
    <h2>Again</h2>
    <p><code>${shown(replay, LONG)}</code></p>
  </main>`
  return page({ title: shown(title, 200), body, style: STYLE })
}

function section({ title, facts, table, drawing, accesses }: HierarchyPart): Markup {
  return html`<section>
    <h2>${shown(title, 300)}</h2>
    ${facts.map((fact) => html`<p>${shown(fact, LONG)}</p>`)}
    ${table !== undefined && tableMarkup(table, { longest: LONG })}
    ${
      drawing !== undefined &&
      html`<figure class="drawing">
        <div class="scroller" tabindex="0" role="region" aria-label="${title}">
          ${trusted(drawing.slice(Math.max(drawing.indexOf('<svg'), 0)))}
        </div>
      </figure>`
    }
    ${accesses !== undefined && accessTable(accesses)}
  </section>`
}

/** Who did what to shared objects. Time runs down; each process has a column. */
export function accessTable({ processes, steps, loop }: AccessPicture): Markup {
  const columns = Array.from({ length: processes }, (_, process) => process)
  return html`<div class="scroller">
      <table class="accesses">
        <thead>
          <tr>
            <th class="number">access</th>
            ${columns.map((process) => html`<th>process ${process}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${steps.map((step, at) => {
            const again = loop !== undefined && at >= loop
            return html`<tr class="${again ? 'again' : ''}">
              <td class="number">${at + 1}</td>
              ${columns.map((process) => accessCell(step, process))}
            </tr>`
          })}
        </tbody>
      </table>
    </div>
    ${loop !== undefined && html`<p>And then again from access ${loop + 1} on, for ever.</p>`}`
}

function accessCell(step: AccessPicture['steps'][number], process: number): Markup {
  if (step.process !== process) return html`<td></td>`
  const { access, told, decides } = step
  return html`<td class="code">
    ${shown(access, 200)}
    ${told !== '' && html`<span class="muted">&rarr; ${shown(told, 200)}</span>`}
    ${decides !== undefined && html`<strong>decides ${shown(decides, 200)}</strong>`}
  </td>`
}

const STYLE = `figure{margin:1.4rem 0}
.scroller{overflow-x:auto}
.drawing .scroller{border:1px solid var(--line);border-radius:6px;padding:.4rem;background:#fff}
.drawing svg{display:block;max-width:100%;height:auto}
td:first-child{font-weight:600}
.accesses td,.accesses th{padding-right:1.4rem}
.accesses strong{color:var(--fault)}
tr.again td:first-child{box-shadow:inset 3px 0 var(--core)}`
