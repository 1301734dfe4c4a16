import type { Markup } from '../html.ts'
import { html } from '../html.ts'
import { shown } from '../visible.ts'
import type { Bench, BenchRow } from './content.ts'

/** What was measured, as ratios: how many times as good as the bar, and as the run before. */
export function benchMarkup({ machine, started, rows }: Bench): Markup {
  return html`<section aria-labelledby="bench">
    <h2 id="bench">Benchmarks</h2>
    <p>
      Measured on ${shown(machine, 200)}, ${dayOf(started)}. A ratio above 1 is better than the bar,
      or than the run before; durations of one machine say little about another, ratios within a run
      more. Where a peer was measured on the same input, the row is a ratio itself.
    </p>
    <div class="scroller" tabindex="0" role="region" aria-label="benchmarks">
      <table class="bench">
        <thead>
          <tr>
            <th scope="col">work</th>
            <th scope="col" class="number">measured</th>
            <th scope="col" class="number">bar</th>
            <th scope="col">against the bar</th>
            <th scope="col" class="number">against the run before</th>
            <th scope="col">how</th>
          </tr>
        </thead>
        <tbody>
          ${rows.map(benchRow)}
        </tbody>
      </table>
    </div>
  </section>`
}

/** Without the time, which nobody asks of a measurement. */
export function dayOf(started: string): string {
  return started.slice(0, 10)
}

/** How many times as good as its bar a figure is: 1 is just good enough. */
export function ratioOf({ figure, bar }: BenchRow): number | undefined {
  if (figure === undefined || bar === undefined || bar.value === 0 || figure === 0) return undefined
  return bar.sense === 'at most' ? bar.value / figure : figure / bar.value
}

const STANDING_WORDS: Readonly<Record<string, string>> = {
  pass: '✓',
  short: '✗ short of it',
  wrong: '✗ wrong',
  skipped: 'not measured',
}

function benchRow(row: BenchRow): Markup {
  const { work, figure, unit, bar, standing, note, before } = row
  const ratio = ratioOf(row)
  return html`<tr class="${standing}">
    <td>${shown(work, 120)}</td>
    <td class="number">${figure === undefined ? '' : `${digits(figure)} ${shown(unit, 20)}`}</td>
    <td class="number">${bar === undefined ? '' : `${bar.sense} ${digits(bar.value)}`}</td>
    <td>${ratio !== undefined && ratioBar(ratio)} ${STANDING_WORDS[standing] ?? ''}</td>
    <td class="number">${before === undefined ? '' : `${digits(before)} ×`}</td>
    <td class="muted">${shown(note, 300)}</td>
  </tr>`
}

const WIDTH = 120

/** A bar on a logarithmic scale from a tenth to a hundred times, with a mark at 1. */
function ratioBar(ratio: number): Markup {
  const place = (value: number): number =>
    Math.round((Math.min(2, Math.max(-1, Math.log10(value))) + 1) * (WIDTH / 3))
  const [from, to] = [place(1), place(ratio)]
  const label = `${digits(ratio)} times as good as the bar`
  return html`<svg class="ratio" width="${WIDTH}" height="14" role="img" aria-label="${label}">
      <line class="axis" x1="0" x2="${WIDTH}" y1="7" y2="7" />
      <rect
        class="${ratio >= 1 ? 'better' : 'worse'}"
        x="${Math.min(from, to)}"
        y="3"
        width="${Math.max(1, Math.abs(to - from))}"
        height="8"
      />
      <line class="mark" x1="${from}" x2="${from}" y1="0" y2="14" />
    </svg>
    <span class="code">${digits(ratio)} ×</span>`
}

/** Three digits that matter. */
export function digits(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en-US')
  return String(Number(value.toPrecision(3)))
}
