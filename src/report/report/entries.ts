import type { Markup } from '../html.ts'
import { html } from '../html.ts'
import { durationText } from '../time.ts'
import { shown } from '../visible.ts'
import type { Family, Group, Report, ReportEntry } from './content.ts'
import type { Room } from './exhibits.ts'
import { exhibitsMarkup } from './exhibits.ts'
import type { Tally } from './tally.ts'
import { STANDING_SIGNS, anchorOf, entriesOf, standingOf, tallyOf } from './tally.ts'

const OUTCOME_WORDS = { pass: 'holds', fail: 'violated', unknown: 'unknown' } as const

/** Evidence of what is not as expected comes first: it must have room. */
export function differencesMarkup({ families }: Report, room: Room): Markup | undefined {
  const bad = entriesOf(families).filter(({ asExpected }) => !asExpected)
  if (bad.length === 0) return undefined
  return html`<section aria-labelledby="differences" class="differences">
    <h2 id="differences">Not as expected</h2>
    ${bad.map((entry, at) => difference(entry, at, room))}
  </section>`
}

function difference(entry: ReportEntry, at: number, room: Room): Markup {
  const { name, outcome, wanted, sentence, because, again, evidence } = entry
  const shownEvidence = exhibitsMarkup(evidence, room)
  return html`<article class="difference ${outcome}">
    <h3>
      <span class="sign" aria-hidden="true">${outcome === 'unknown' ? '?' : '✗'}</span>
      <span class="code">${shown(name, 200)}</span>
    </h3>
    <p><strong>${OUTCOME_WORDS[outcome]}</strong>; ${shown(wanted ?? '', 300)}</p>
    <p>${shown(sentence, 1000)}</p>
    ${because !== undefined && html`<p class="muted">${shown(because, 600)}</p>`} ${command(again)}
    ${
      evidence.length > 0 &&
      (shownEvidence === undefined
        ? noRoom()
        : html`<details ${at === 0 && openMark()}>
            <summary>What shows it</summary>
            ${shownEvidence}
          </details>`)
    }
  </article>`
}

function openMark(): Markup {
  return html`open`
}

function noRoom(): Markup {
  return html`<p class="muted">
    There is no room for what shows it in this page; the command shows it.
  </p>`
}

/** A command with a button that copies it, which the script shows. */
export function command(text: string): Markup {
  return html`<p class="command"><code>${shown(text, 600)}</code></p>`
}

/** Every check, by protocol and by the way of looking, with filters. */
export function everyEntryMarkup({ families }: Report, room: Room): Markup {
  return html`<section aria-labelledby="everything" class="everything">
    <h2 id="everything">Every check</h2>
    <form class="filters" hidden>
      <label>find <input type="search" name="text" placeholder="raft, vote, linearizable" /></label>
      <label
        ><select name="outcome" aria-label="which">
          <option value="">all</option>
          <option value="bad">not as expected</option>
          <option value="pass">holds</option>
          <option value="fail">violated</option>
          <option value="unknown">unknown</option>
        </select></label
      >
      <button type="button" name="unfold">unfold all</button>
      <output aria-live="polite"></output>
    </form>
    ${families.filter(({ kind }) => kind !== 'book').map((family) => familyMarkup(family, room))}
  </section>`
}

function familyMarkup(family: Family, room: Room): Markup {
  const run = family.groups.filter(({ entries }) => entries.length > 0)
  const missing = family.groups.flatMap(({ title, notRun }) =>
    notRun === undefined ? [] : [{ title, command: notRun.command }],
  )
  return html`<section class="family">
    <h3 id="${anchorOf(family)}">${shown(family.name, 100)}</h3>
    ${run.map((group) => groupMarkup(family, group, room))}
    ${
      missing.length > 0 &&
      html`<p class="muted not-run">
        Not run:
        ${missing.map(
          ({ title, command: line }, at) =>
            html`${at > 0 && '; '}${shown(title, 60)} (<code>${shown(line, 200)}</code>)`,
        )}
      </p>`
    }
  </section>`
}

function groupMarkup(family: Family, group: Group, room: Room): Markup {
  const { title, entries } = group
  const anchor = anchorOf(family, group)
  const tally = tallyOf(entries)
  const standing = standingOf(tally, false)
  const bad = tally.all - tally.good
  return html`<details class="group ${standing}" id="${anchor}" ${bad > 0 && openMark()}>
    <summary>
      <span class="sign" aria-hidden="true">${STANDING_SIGNS[standing]}</span>
      <strong>${shown(title, 100)}</strong>
      <span class="muted">${groupText(tally)}</span>
    </summary>
    <div class="entries">${entries.map((entry) => entryMarkup(entry, room))}</div>
  </details>`
}

function groupText({ all, good, holds, caught, untold }: Tally): string {
  const parts = [
    ...(holds > 0 ? [holds === 1 ? '1 holds' : `${holds} hold`] : []),
    ...(caught > 0 ? [`${caught} violated, as must be`] : []),
    ...(untold > 0 ? [`${untold} cannot be told, as must be`] : []),
  ]
  const total = good === all ? `${all} as expected` : `${good} of ${all} as expected`
  return parts.length === 0 ? total : `${total}: ${parts.join(', ')}`
}

function entryMarkup(entry: ReportEntry, room: Room): Markup {
  const { name, outcome, asExpected, sentence, figures, engine, seconds, because, again } = entry
  // What stands above already is not shown twice.
  const evidence = asExpected ? exhibitsMarkup(entry.evidence, room) : undefined
  const facts = [figures, engine, durationText(seconds * 1e9)].filter((text) => text !== '')
  const sign = asExpected ? '✓' : outcome === 'unknown' ? '?' : '✗'
  return html`<details
    class="entry ${outcome} ${asExpected ? '' : 'bad'}"
    data-text="${shown(`${name} ${sentence}`.toLowerCase(), 300)}"
  >
    <summary>
      <span class="sign" aria-hidden="true">${sign}</span>
      <span class="code name">${shown(name, 160)}</span>
      <span class="outcome">${OUTCOME_WORDS[outcome]}${asExpected ? '' : ', not as expected'}</span>
      <span class="muted sentence">${shown(sentence, 160)}</span>
    </summary>
    <div class="inside">
      <p>${shown(sentence, 1000)}</p>
      ${because !== undefined && html`<p class="muted">Why: ${shown(because, 600)}</p>`}
      <p class="muted">${shown(facts.join('; '), 400)}</p>
      ${command(again)}
      ${
        asExpected
          ? (evidence ?? noRoom())
          : html`<p><a href="#differences">What shows it</a> stands above.</p>`
      }
    </div>
  </details>`
}
