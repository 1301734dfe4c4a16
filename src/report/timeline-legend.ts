import type { Timeline } from '../core/timeline.ts'
import type { Markup } from './html.ts'
import { element, placed } from './svg-element.ts'

interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  /** As in `SvgOptions`. */
  readonly prefix: string
}

/** Under every picture, as its axis would mislead those who measure on it. */
export const SCALE_NOTE = 'Not to scale: distances are stretched or compressed, the order is exact.'

const LINE_HEIGHT = 20
const SAMPLE_WIDTH = 26

/** What the signs in a picture mean: only those that occur in it. */
export function legend(timeline: Timeline, { x, y, width, prefix }: Place): Markup {
  const items = flow(itemsOf(timeline), width).map(({ item, at, line }) => [
    '\n',
    element(
      'g',
      { transform: placed(x + at, y + line * LINE_HEIGHT)['transform'] },
      sampleOf(item, prefix),
      element('text', { class: 'muted', x: SAMPLE_WIDTH + 6, y: 11 }, TEXTS[item]),
    ),
  ])
  return element('g', { class: 'legend' }, items)
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

function sampleOf(item: Item, prefix: string): Markup | Markup[] {
  const bar = (role: string, width: number, ...more: Markup[]) =>
    element(
      'g',
      { class: `bar ${role}` },
      element('rect', { x: 2, y: 2, width, height: 11, rx: 3 }),
      ...more,
    )
  switch (item) {
    case 'fault':
      return bar('fault', 22, element('path', { class: 'sign', d: 'M10 4.5l6 6M16 4.5l-6 6' }))
    case 'core':
    case 'alone':
      return bar('core', 22)
    case 'context':
      return bar('context', 22)
    case 'open':
      return bar(
        'context',
        10,
        element('path', { class: 'edge', d: 'M12 7.5h2M17 7.5h2M21 4.5l4 3l-4 3' }),
      )
    case 'rank':
      return [
        element('path', { class: 'point', d: 'M8 3l4 6h-8z' }),
        element('text', { class: 'rank', x: 14, y: 11 }, '1'),
      ]
    case 'window':
      return ['window', undefined].map((look) =>
        element('rect', {
          class: look,
          fill: look === undefined && `url(#${prefix}-hatch)`,
          opacity: look === undefined && '.45',
          x: 2,
          y: 1,
          width: 22,
          height: 13,
        }),
      )
  }
}
