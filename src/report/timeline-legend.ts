import type { Timeline } from '../core/timeline.ts'
import type { Markup } from './html.ts'
import { svg } from './html.ts'

interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  /** As in `SvgOptions`. */
  readonly prefix: string
}

const LINE_HEIGHT = 20
const SAMPLE_WIDTH = 26

/** What the signs in a picture mean: only those that occur in it. */
export function legend(timeline: Timeline, place: Place): Markup {
  const { x, y, width, prefix } = place
  return svg`
<g class="legend">${flow(itemsOf(timeline), width).map(
    ({ item, at, line }) => svg`
<g transform="translate(${x + at} ${y + line * LINE_HEIGHT})">${sampleOf(item, prefix)}<text class="muted" x="${SAMPLE_WIDTH + 6}" y="11">${TEXTS[item]}</text></g>`,
  )}
</g>`
}

export function legendHeight(timeline: Timeline, width: number): number {
  const last = flow(itemsOf(timeline), width).at(-1)
  return last === undefined ? 0 : (last.line + 1) * LINE_HEIGHT
}

const TEXTS = {
  fault: 'the operation at fault',
  core: 'contradicts it',
  alone: 'part of the contradiction',
  context: 'other operations around them',
  open: 'never answered',
  rank: 'where it can take effect, and in which order',
  window: 'fault',
} as const

type Item = keyof typeof TEXTS

function itemsOf({ lanes, windows }: Timeline): Item[] {
  const bars = lanes.flatMap((lane) => lane.bars)
  const has = (role: string) => bars.some((bar) => bar.role === role)
  const items: Item[] = []
  if (has('fault')) items.push('fault')
  if (has('core')) items.push(has('fault') ? 'core' : 'alone')
  if (has('context') && items.length > 0) items.push('context')
  if (bars.some(({ to }) => to === Infinity)) items.push('open')
  if (bars.some(({ point }) => point !== undefined)) items.push('rank')
  if (windows.length > 0) items.push('window')
  return items
}

/** Side by side as long as they fit, then in a further line. */
function flow(items: readonly Item[], width: number): { item: Item; at: number; line: number }[] {
  let at = 0
  let line = 0
  return items.map((item) => {
    const needed = SAMPLE_WIDTH + 6 + TEXTS[item].length * 6.3 + 16
    if (at > 0 && at + needed > width) {
      at = 0
      line++
    }
    const place = { item, at, line }
    at += needed
    return place
  })
}

function sampleOf(item: Item, prefix: string): Markup {
  switch (item) {
    case 'fault':
      return svg`<g class="bar fault"><rect x="2" y="2" width="22" height="11" rx="3"/><path class="sign" d="M10 4.5l6 6M16 4.5l-6 6"/></g>`
    case 'core':
    case 'alone':
    case 'context':
      return svg`<g class="bar ${item === 'alone' ? 'core' : item}"><rect x="2" y="2" width="22" height="11" rx="3"/></g>`
    case 'open':
      return svg`<g class="bar context"><rect x="2" y="2" width="10" height="11" rx="3"/><path class="edge" stroke-dasharray="3 2" d="M12 7.5h12"/><path class="edge" d="M21 4.5l4 3l-4 3"/></g>`
    case 'rank':
      return svg`<path class="point" d="M8 3l4 6h-8z"/><text class="rank" x="14" y="11">1</text>`
    case 'window':
      return svg`<rect class="window" x="2" y="1" width="22" height="13"/><rect fill="url(#${prefix}-hatch)" x="2" y="1" width="22" height="13" opacity=".45"/>`
  }
}
