import type { Markup } from '../html.ts'
import { html } from '../html.ts'
import { shown } from '../visible.ts'
import type { Column, Family, Group, Report } from './content.ts'
import type { Standing, Tally } from './tally.ts'
import { STANDING_SIGNS, anchorOf, groupOf, standingOf, tallyOf } from './tally.ts'

/** What was checked of each protocol in which way, and of what belongs to no protocol. */
export function dashboardMarkup({ columns, families }: Report): Markup {
  const protocols = families.filter(({ kind }) => kind === 'protocol')
  const subjects = families.filter(({ kind }) => kind !== 'protocol')
  const used = columns.filter(({ key }) =>
    protocols.some((family) => groupOf(family, key) !== undefined),
  )
  return html`<section aria-labelledby="overview">
    <h2 id="overview">At a glance</h2>
    <p>
      A row for each protocol, a column for each way of looking at it. A number counts checks, with
      those that hold and the planted bugs that were caught; behind it is what shows it.
    </p>
    <div class="scroller" tabindex="0" role="region" aria-label="dashboard">
      <table class="dashboard">
        <thead>
          <tr>
            <th scope="col">protocol</th>
            ${used.map(({ title, about }) => html`<th scope="col" title="${about}">${title}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${protocols.map((family) => familyRow(family, used))}
        </tbody>
      </table>
    </div>
    ${legend(used)} ${subjects.length > 0 && subjectTable(subjects)}
  </section>`
}

function familyRow(family: Family, columns: readonly Column[]): Markup {
  return html`<tr>
    <th scope="row"><a href="#${anchorOf(family)}">${shown(family.name, 60)}</a></th>
    ${columns.map(({ key }) => cell(family, groupOf(family, key)))}
  </tr>`
}

function cell(family: Family, group: Group | undefined): Markup {
  if (group === undefined) return html`<td class="none"></td>`
  const tally = tallyOf(group.entries)
  const standing = standingOf(tally, group.notRun !== undefined)
  const bad = group.entries.find(({ asExpected }) => !asExpected)
  if (standing === 'not run' || standing === 'none') {
    const { what, command } = group.notRun ?? { what: '', command: '' }
    return html`<td class="not-run" title="${what}: ${command}">
      ${group.notRun === undefined ? '' : 'not run'}
    </td>`
  }
  return html`<td class="${CELL_CLASSES[standing]}">
    <a href="#${anchorOf(family, group)}">
      <span class="sign" aria-hidden="true">${STANDING_SIGNS[standing]}</span>
      <span class="count">${countText(tally)}</span>
    </a>
    <span class="more">${detail(tally)}</span>
    ${bad !== undefined && html`<code class="again">${shown(bad.again, 200)}</code>`}
  </td>`
}

const CELL_CLASSES: Readonly<Record<Standing, string>> = {
  good: 'good',
  wrong: 'wrong',
  open: 'open',
  'not run': 'not-run',
  none: 'none',
}

function countText({ all, good }: Tally): string {
  return good === all ? String(all) : `${all - good} of ${all}`
}

/** `5 hold, 7 caught`; where something is wrong, that it is. */
function detail({ holds, caught, untold, wrong, open }: Tally): string {
  const parts = [
    ...(wrong > 0 ? ['not as expected'] : []),
    ...(open > 0 ? ['bound hit'] : []),
    ...(wrong + open === 0 && holds > 0 ? [`${holds} hold`] : []),
    ...(wrong + open === 0 && caught > 0 ? [`${caught} caught`] : []),
    ...(wrong + open === 0 && untold > 0 ? [`${untold} cannot be told`] : []),
  ]
  return parts.join(', ')
}

function legend(columns: readonly Column[]): Markup {
  return html`<details class="columns">
    <summary>What the columns and signs mean</summary>
    <dl class="facts">
      ${columns.map(
        ({ title, about }) =>
          html`<dt>${title}</dt>
            <dd>${about}</dd>`,
      )}
      <dt>✓ ✗ ?</dt>
      <dd>
        All as expected; something is not; a bound was hit before it was clear. Where a bug is
        planted, a violation is what is expected.
      </dd>
      <dt>not run</dt>
      <dd>There is something to run and no saved run has it; the last section has the command.</dd>
    </dl>
  </details>`
}

function subjectTable(subjects: readonly Family[]): Markup {
  const rows = subjects.map((family) => {
    const entries = family.groups.flatMap((group) => group.entries)
    const tally = tallyOf(entries)
    const standing = standingOf(
      tally,
      family.groups.some(({ notRun }) => notRun !== undefined),
    )
    const missing = family.groups.find(({ notRun }) => notRun !== undefined)?.notRun
    return html`<tr>
      <th scope="row"><a href="#${anchorOf(family)}">${shown(family.name, 60)}</a></th>
      <td class="${CELL_CLASSES[standing]}">
        <span class="sign" aria-hidden="true">${STANDING_SIGNS[standing]}</span>
        ${standing === 'not run' ? 'not run' : countText(tally)}
        <span class="more">${detail(tally)}</span>
      </td>
      <td>
        ${entries.length > 0 && family.groups.map(({ title }) => shown(title, 60)).join(', ')}
        ${missing !== undefined && html`<code>${shown(missing.command, 200)}</code>`}
      </td>
    </tr>`
  })
  return html`<h3>Beside the protocols</h3>
    <div class="scroller" tabindex="0" role="region" aria-label="subjects">
      <table class="dashboard subjects">
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>`
}
