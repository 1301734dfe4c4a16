import type { Markup } from './html.ts'
import { html } from './html.ts'
import { leftOut } from './run-lines.ts'
import type { TextTable } from './text-table.ts'
import { shown } from './visible.ts'

export interface TableLook {
  readonly mostRows?: number
  /** Longer texts of cells are cut. */
  readonly longest?: number
  /** Texts of so many letters stay on a line. */
  readonly short?: number
}

/** A table of our own words and values, with numbers to the right. */
export function tableMarkup(
  { columns, rows }: TextTable,
  { mostRows = 500, longest = 600, short = 0 }: TableLook = {},
): Markup {
  const numeric = (at: number): string => (columns[at]?.align === 'right' ? 'number' : '')
  const kind = (cell: string, at: number): string =>
    numeric(at) || (cell.length <= short ? 'short' : '')
  return html`<div class="scroller" tabindex="0" role="region" aria-label="table">
      <table>
        <thead>
          <tr>
            ${columns.map(
              ({ title }, at) => html`<th class="${numeric(at)}">${shown(title, 80)}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${rows.slice(0, mostRows).map(
            (cells) =>
              html`<tr>
                ${cells.map(
                  (cell, at) => html`<td class="${kind(cell, at)}">${shown(cell, longest)}</td>`,
                )}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${leftOut(rows.length - mostRows, 'rows')}`
}
