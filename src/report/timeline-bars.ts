import type { Bar } from '../core/timeline.ts'
import type { Markup } from './html.ts'
import { element, placed, stretched, stretchedLine } from './svg-element.ts'
import type { LaidBar } from './timeline-layout.ts'
import { ADVANCE, PADDING, SIGN_WIDTH } from './timeline-layout.ts'
import { columns, shown } from './visible.ts'

export const BAR_HEIGHT = 22
/** Columns of a line of a tooltip, and its lines: it is for reading, not for a megabyte. */
export const MOST_TITLE = 300
const MOST_LINES = 12

/** An operation with its sign, label, tooltip and point of linearization. */
export function drawBar(laid: LaidBar, y: number, lane: string, prefix: string): Markup {
  const { bar, x, width, gap, point } = laid
  const open = bar.to === Infinity
  return element(
    'g',
    {
      class: `bar ${bar.role}${open ? ' open' : ''}`,
      id: `${prefix}-bar-${bar.id}`,
      role: 'img',
      'aria-label': spoken(bar, lane),
      'data-id': bar.id,
      'data-bar-x': x,
      'data-bar-w': width,
      'data-gap': gap,
      'data-label': shown(bar.label, 120),
    },
    element('title', {}, tooltipOf(bar, lane)),
    bar.role === 'fault' && drawHalo(laid, y),
    open ? drawOpen(laid, y) : drawBody(laid, y),
    bar.role === 'fault' &&
      width > 2 * SIGN_WIDTH &&
      element('path', { class: 'sign', ...placed(x, y), d: 'M8 7l8 8M16 7l-8 8' }),
    drawLabel(laid, y),
    point !== undefined && drawPoint(point, y + BAR_HEIGHT),
  )
}

function drawBody({ x, width }: LaidBar, y: number): Markup {
  return element('rect', {
    ...stretched(x, width),
    y,
    height: BAR_HEIGHT,
    rx: width < 8 ? 1 : 4,
  })
}

function drawHalo({ x, width }: LaidBar, y: number): Markup {
  return element('rect', {
    class: 'halo',
    ...stretched(x - 3, width + 6),
    y: y - 3,
    height: BAR_HEIGHT + 6,
    rx: 6,
  })
}

/**
 * An operation that never returned: its label, and from there an arrow to the end of the picture.
 */
function drawOpen({ bar, x, width, text }: LaidBar, y: number): Markup[] {
  const sign = bar.role === 'fault' ? SIGN_WIDTH : 0
  const label = Math.max(10, columns(text) * ADVANCE + 2 * PADDING + sign)
  const solid = Math.min(Math.max(2, width - SIGN_WIDTH), label)
  const middle = y + BAR_HEIGHT / 2
  const tip = x + width - 3
  return [
    element('line', { class: 'edge dashed', ...stretchedLine(x, width - 3, middle) }),
    element('path', { class: 'edge', ...placed(tip, middle), d: 'M-6 -5l6 5l-6 5' }),
    element('rect', { class: 'body', 'data-x': x, x, width: solid, y, height: BAR_HEIGHT, rx: 4 }),
  ]
}

/** The frame cuts off what a font that is wider than expected would draw past the bar. */
function drawLabel({ bar, x, width, outside, gap, text }: LaidBar, y: number): Markup {
  const room = outside ? gap : width - (bar.to === Infinity ? SIGN_WIDTH : 0)
  const inset = outside ? 5 : PADDING + (bar.role === 'fault' ? SIGN_WIDTH : 0)
  return element(
    'svg',
    {
      class: 'clip',
      x: outside ? x + width : x,
      y,
      width: Math.max(0, room),
      height: BAR_HEIGHT,
    },
    element('text', { class: outside ? 'label outside' : 'label', x: inset, y: 15.5 }, text),
  )
}

function drawPoint({ x, rank, rankX }: NonNullable<LaidBar['point']>, y: number): Markup[] {
  const marker = element('path', { class: 'point', ...placed(x, y), d: 'M0 -3l4 6h-8z' })
  if (rank === '') return [marker]
  const place = { ...placed(rankX, y + 13), 'data-x': x }
  return [marker, element('text', { class: 'rank middle', ...place }, rank)]
}

function tooltipOf(bar: Bar, lane: string): string {
  const lines = bar.details.slice(0, MOST_LINES).map((line) => shown(line, MOST_TITLE))
  return [`${lane}: ${shown(bar.label, MOST_TITLE)}`, ...lines].join('\n')
}

const ROLES = { fault: 'the operation at fault', core: 'part of the contradiction', context: '' }

function spoken(bar: Bar, lane: string): string {
  const words = [`${lane}: ${shown(bar.label, 120)}`]
  if (ROLES[bar.role] !== '') words.push(ROLES[bar.role])
  if (bar.to === Infinity) words.push('never returned')
  if (bar.rank !== undefined) words.push(`number ${bar.rank} in the order`)
  return words.join(', ')
}
