import { counted } from '../../core/wording.ts'
import type { Markup } from '../html.ts'
import { html } from '../html.ts'
import { shown } from '../visible.ts'
import type { BookCheck, BookClaim, ClaimsBook } from './content.ts'
import { command } from './entries.ts'
import type { Room } from './exhibits.ts'

const MOST_SHOWN = 40

/** The claims book by its groups: what is said, what is so, and the checks that say it. */
export function claimsMarkup(book: ClaimsBook, room: Room): Markup {
  const claims = book.groups.flatMap((group) => group.claims)
  const groups = book.groups.map(({ name, claims: own }) => groupMarkup(name, own, room))
  return html`<section aria-labelledby="claims" class="claims">
    <h2 id="claims">The claims book</h2>
    <p>
      What is said about distributed computing, in papers, textbooks and lectures, with the checks
      that decide it. ${bookSentence(claims)}.
    </p>
    ${groups}
  </section>`
}

/** `53 claims: 38 hold, 12 hold with a correction, 2 are refuted as worded, 1 is not run`. */
export function bookSentence(claims: readonly BookClaim[]): string {
  const having = (verdict: string): number =>
    claims.filter((claim) => claim.verdict === verdict).length
  const parts = [
    phrase(having('holds'), 'holds', 'hold'),
    phrase(having('holds with a correction'), 'holds with a correction', 'hold with a correction'),
    phrase(having('refuted as worded'), 'is refuted as worded', 'are refuted as worded'),
    phrase(having('not yet checked'), 'is not yet checked', 'are not yet checked'),
    phrase(having('not executable'), 'no program could decide', 'no program could decide'),
    phrase(claims.filter(notRun).length, 'is not run', 'are not run'),
    phrase(claims.filter(isBad).length, 'is not as expected', 'are not as expected'),
  ]
  return `${counted(claims.length, 'claim')}: ${parts.filter((part) => part !== '').join(', ')}`
}

function phrase(count: number, one: string, many: string): string {
  return count === 0 ? '' : `${count} ${count === 1 ? one : many}`
}

function isBad({ checked }: BookClaim): boolean {
  return checked?.asExpected === false
}

function notRun({ verdict, checked }: BookClaim): boolean {
  return checked === undefined && verdict !== 'not executable' && verdict !== 'not yet checked'
}

function groupMarkup(name: string, claims: readonly BookClaim[], room: Room): Markup {
  const bad = claims.filter(isBad).length
  return html`<details class="group ${bad > 0 ? 'wrong' : 'good'}" ${bad > 0 && html`open`}>
    <summary>
      <span class="sign" aria-hidden="true">${bad > 0 ? '✗' : '✓'}</span>
      <strong>${shown(name, 100)}</strong>
      <span class="muted">${bookSentence(claims)}</span>
    </summary>
    <div class="entries">${claims.map((claim) => claimMarkup(claim, room))}</div>
  </details>`
}

const VERDICT_CLASSES: Readonly<Record<string, string>> = {
  holds: 'holds',
  'holds with a correction': 'corrected',
  'refuted as worded': 'refuted',
}

function claimMarkup(claim: BookClaim, room: Room): Markup {
  const { id, name, says, source, verdict, instead, because, checked, checks, again } = claim
  const bad = checked?.asExpected === false
  const sign = bad ? '✗' : checked === undefined ? '–' : '✓'
  return html`<details
    class="entry claim ${VERDICT_CLASSES[verdict] ?? 'open'} ${bad ? 'bad' : ''}"
    id="claim-${id}"
    data-text="${shown(`${id} ${name} ${says}`.toLowerCase(), 300)}"
  >
    <summary>
      <span class="sign" aria-hidden="true">${sign}</span>
      <span class="code name">${shown(id, 20)}</span>
      <span class="what">${shown(name, 120)}</span>
      <span class="outcome">
        ${verdict}${bad && ', not as expected'}${notRun(claim) && ', not run'}
      </span>
    </summary>
    <div class="inside">
      <p class="says">${shown(says, 2000)}</p>
      ${
        instead !== undefined &&
        html`<p class="instead"><strong>Right is:</strong> ${shown(instead, 2000)}</p>`
      }
      ${because !== undefined && html`<p>${shown(because, 2000)}</p>`}
      <p class="muted">${shown(source, 400)}</p>
      ${
        checks.length > 0 &&
        html`<ul class="checks">
          ${checks.map((check) => checkMarkup(check, room))}
        </ul>`
      }
      ${checks.length > 0 && command(again)}
    </div>
  </details>`
}

const CHECK_SIGNS = { pass: '✓', fail: '✗', unknown: '?' } as const

function checkMarkup(check: BookCheck, room: Room): Markup {
  const { shows, asks, method, outcome, sentence, shown: lines = [], again } = check
  const left = lines.length - MOST_SHOWN
  const drawing = lines
    .slice(0, MOST_SHOWN)
    .map((line) => shown(line, 240))
    .join('\n')
  const fits = drawing.length * 1.2 < room.left
  if (fits) room.left -= drawing.length * 1.2
  else room.leftOut++
  return html`<li class="${outcome}">
    <span class="sign" aria-hidden="true">${CHECK_SIGNS[outcome]}</span>
    <span class="muted">${shown(shows, 40)}, by ${shown(method, 40)}:</span>
    <span class="code">${shown(asks, 300)}</span>
    <p>${shown(sentence, 800)}</p>
    ${lines.length > 0 && fits && html`<pre tabindex="0">${drawing}</pre>`}
    ${lines.length > 0 && left > 0 && html`<p class="muted">${left} more lines are left out.</p>`}
    ${again !== undefined && html`<p class="command"><code>${shown(again, 300)}</code></p>`}
  </li>`
}
