import type { Markup } from '../html.ts'
import { html, trusted } from '../html.ts'
import { page } from '../page.ts'
import { durationText, grouped } from '../time.ts'
import { shown } from '../visible.ts'
import { benchMarkup } from './bench-part.ts'
import { claimsMarkup } from './claims-part.ts'
import type { Chapter, NotRun, Report, SavedRun } from './content.ts'
import { dashboardMarkup } from './dashboard.ts'
import { command, differencesMarkup, everyEntryMarkup } from './entries.ts'
import type { Room } from './exhibits.ts'
import { exhibitsMarkup } from './exhibits.ts'
import { reportScript } from './script.ts'
import { reportStyle } from './style.ts'
import { entriesOf, headline, standingOf, STANDING_SIGNS, tallyOf } from './tally.ts'

/** Pages of this size can be mailed. */
const MOST_BYTES = 4_900_000
const MOST_EVIDENCE = 4_000_000

/** All that was checked as one HTML file that needs no network, and no script to be read. */
export function reportPage(report: Report, mostBytes = MOST_BYTES): string {
  for (let room = MOST_EVIDENCE; ;) {
    const made = pageWithin(report, room)
    const over = Buffer.byteLength(made) - mostBytes
    if (over <= 0 || room === 0) return made
    room = Math.max(0, Math.floor(room - over * 1.2))
  }
}

function pageWithin(report: Report, mostEvidence: number): string {
  const room: Room = { left: mostEvidence, pictures: 0, leftOut: 0 }
  // In the order of their importance: what is drawn first is sure to have room.
  const differences = differencesMarkup(report, room)
  const chapters = report.chapters.map((chapter) => chapterMarkup(chapter, room))
  const claims = report.book === undefined ? undefined : claimsMarkup(report.book, room)
  const everything = everyEntryMarkup(report, room)
  const body = html`<a class="skip" href="#main">to the results</a>
    ${header(report, differences !== undefined)}
    <main id="main">
      ${differences} ${dashboardMarkup(report)} ${chapters}
      ${report.bench !== undefined && benchMarkup(report.bench)} ${claims} ${everything}
      ${runsMarkup(report, room)}
    </main>
    <footer class="muted">
      <p>
        Made by synod from saved runs. This page is one file, asks the network for nothing and can
        be read without a script.
      </p>
    </footer>
    <div id="tip" role="status" hidden></div>`
  const title = `Synod: ${headline(report)}`
  return page({ title, body: compact(body), style: reportStyle(), script: reportScript })
}

/** Without the indentation of the templates, a tenth of the page; what is set in lines keeps it. */
function compact(body: Markup): Markup {
  const parts = body.toString().split(/(<pre\b[^]*?<\/pre>)/)
  return trusted(parts.map((text, at) => (at % 2 === 1 ? text : squeezed(text))).join(''))
}

function squeezed(text: string): string {
  return text.replace(/\n\s+/g, '\n')
}

function header(report: Report, hasDifferences: boolean): Markup {
  const tally = tallyOf(entriesOf(report.families))
  const standing = standingOf(tally, true)
  const tiles: readonly (readonly [string, string, string?])[] = [
    [grouped(tally.all), 'checks'],
    [grouped(tally.holds), 'hold, as they must'],
    [grouped(tally.caught), 'violated, as they must be'],
    ...(tally.untold === 0
      ? []
      : [[grouped(tally.untold), 'cannot be told, as expected'] as const]),
    [
      grouped(tally.wrong + tally.open),
      'not as expected',
      tally.wrong + tally.open > 0 ? 'wrong' : '',
    ],
    ...(report.missing.length === 0
      ? []
      : [[grouped(report.missing.length), 'parts not run'] as const]),
  ]
  return html`<header class="${standing === 'not run' ? 'open' : standing}">
    <h1>Synod: is it right, and how good is it?</h1>
    <p class="answer">
      <span class="sign" aria-hidden="true">${STANDING_SIGNS[standing]}</span> ${headline(report)}
    </p>
    <ul class="tiles">
      ${tiles.map(
        ([figure, what, look = '']) =>
          html`<li class="${look}"><b>${figure}</b> <span>${what}</span></li>`,
      )}
    </ul>
    ${contents(report, hasDifferences)}
  </header>`
}

function contents({ chapters, bench, book }: Report, hasDifferences: boolean): Markup {
  const links: readonly (readonly [string, string])[] = [
    ...(hasDifferences ? [['differences', 'Not as expected'] as const] : []),
    ['overview', 'At a glance'],
    ...chapters.map(({ key, title }) => [`chapter-${key}`, title] as const),
    ...(bench === undefined ? [] : [['bench', 'Benchmarks'] as const]),
    ...(book === undefined ? [] : [['claims', 'The claims book'] as const]),
    ['everything', 'Every check'],
    ['runs', 'What was run'],
  ]
  return html`<nav aria-label="contents">
    <ul>
      ${links.map(([anchor, title]) => html`<li><a href="#${anchor}">${title}</a></li>`)}
    </ul>
  </nav>`
}

function chapterMarkup({ key, title, about, parts }: Chapter, room: Room): Markup {
  return html`<section aria-labelledby="chapter-${key}" class="chapter">
    <h2 id="chapter-${key}">${shown(title, 200)}</h2>
    ${about.map((text) => html`<p>${shown(text, 1000)}</p>`)}
    ${parts.map((part) => partMarkup(part, room))}
  </section>`
}

function partMarkup(
  { title, about, exhibits, again }: Chapter['parts'][number],
  room: Room,
): Markup {
  const drawn = exhibitsMarkup(exhibits, room)
  return html`<div class="part">
    <h3>${shown(title, 300)}</h3>
    ${about.map((text) => html`<p class="about">${shown(text, 1000)}</p>`)}
    ${
      drawn ??
      html`<p class="muted">There is no room for it in this page; the command shows it.</p>`
    }
    ${again !== undefined && command(again)}
  </div>`
}

function runsMarkup({ runs, missing, warnings }: Report, room: Room): Markup {
  return html`<section aria-labelledby="runs">
    <h2 id="runs">What was run, and what was not</h2>
    ${runs.length > 0 && runTable(runs)}
    ${
      missing.length > 0 &&
      html`<h3>Not run</h3>
        <p>No saved run has these. The commands save what they find, for the next report.</p>
        <dl class="facts">${missing.map(missingRow)}</dl>`
    }
    ${
      room.leftOut > 0 &&
      html`<p class="muted">
        Evidence of ${grouped(room.leftOut)} checks is left out, so that the page stays small; the
        command at each of them shows it.
      </p>`
    }
    ${
      warnings.length > 0 &&
      html`<h3>Mind</h3>
        <ul>
          ${warnings.map((text) => html`<li>${shown(text, 600)}</li>`)}
        </ul>`
    }
  </section>`
}

function missingRow({ what, command: line }: NotRun): Markup {
  return html`<dt>${shown(what, 100)}</dt>
    <dd><code>${shown(line, 300)}</code></dd>`
}

function runTable(runs: readonly SavedRun[]): Markup {
  return html`<div class="scroller" tabindex="0" role="region" aria-label="runs">
    <table>
      <thead>
        <tr>
          <th scope="col">command</th>
          <th scope="col">begun (UTC)</th>
          <th scope="col" class="number">took</th>
          <th scope="col" class="number">as expected</th>
          <th scope="col">on</th>
        </tr>
      </thead>
      <tbody>
        ${runs.map(
          (run) =>
            html`<tr>
              <td class="code">${shown(run.command, 60)}</td>
              <td class="number">${run.started.replace('T', ' ').slice(0, 19)}</td>
              <td class="number">${durationText(run.seconds * 1e9)}</td>
              <td class="number">
                ${run.asExpected} of ${run.rows}${!run.finished && ', ended early'}
              </td>
              <td class="muted">synod ${shown(run.version, 30)}; ${shown(run.machine, 200)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`
}
