import type { Timeline } from '../core/timeline.ts'
import type { Markup } from './html.ts'
import { trusted } from './html.ts'
import { element, placed, stretched, stretchedLine } from './svg-element.ts'
import { MOST_TITLE, drawBar } from './timeline-bars.ts'
import type { LaidLane, LaidWindow, Layout } from './timeline-layout.ts'
import { layTimeline } from './timeline-layout.ts'
import { SCALE_NOTE, legend, legendHeight } from './timeline-legend.ts'
import { timelineStyle } from './timeline-style.ts'
import { grouped } from './time.ts'
import { columns, cut, shown, wrap } from './visible.ts'

export interface SvgOptions {
  /** The width to aim at, in pixels. Default: 960. */
  readonly width?: number
  /** Never wider than this. Default: `width`. */
  readonly maxWidth?: number
  /** False inside a page, which has style, title, legend and notes of its own. Default: true. */
  readonly alone?: boolean
  /** Tells the names inside this picture from those of others on the page. Default: `t`. */
  readonly prefix?: string
}

const ROW_HEIGHT = 38
const LANE_PADDING = 8
const WINDOW_ROW_HEIGHT = 18
const AXIS_HEIGHT = 26
const MARGIN = 14
const TITLE_LINE = 21
const NOTE_LINE = 19

/** Where the parts of the picture are, from top to bottom. */
interface Frame {
  readonly prefix: string
  readonly names: number
  readonly total: number
  readonly top: number
  readonly lanesTop: number
  readonly axisY: number
}

/** A timeline as SVG that needs nothing else: a file of its own, or a part of a page. */
export function timelineSvg(timeline: Timeline, options: SvgOptions = {}): Markup {
  const { width = 960, alone = true, prefix = 't' } = options
  const names = namesWidth(timeline)
  const layout = layTimeline(timeline, {
    width: width - names - MARGIN,
    maxWidth: (options.maxWidth ?? width) - names - MARGIN,
  })
  const total = Math.ceil(names + layout.width + MARGIN)
  const head = alone ? titleLines(timeline.title, total) : []
  const top = head.length === 0 ? 4 : head.length * TITLE_LINE + 2 * MARGIN
  const lanesTop = top + layout.windowRows * WINDOW_ROW_HEIGHT + (layout.windowRows > 0 ? 4 : 0)
  const axisY = lanesTop + layout.lanes.reduce((sum, lane) => sum + laneHeight(lane), 0)
  const frame = { prefix, names, total, top, lanesTop, axisY }
  const foot = alone ? drawFoot(timeline, layout, frame) : { height: 0, parts: [] }
  const height = axisY + AXIS_HEIGHT + foot.height

  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'timeline',
      role: alone ? 'img' : 'group',
      'aria-label': shown(timeline.title, 300),
      width: total,
      height,
      viewBox: `0 0 ${total} ${height}`,
      'data-names': names,
      'data-width': layout.width,
    },
    alone && element('style', {}, trusted(timelineStyle('.timeline'))),
    hatching(prefix),
    element('rect', { class: 'page', width: '100%', height }),
    head.map((line, index) =>
      element('text', { class: 'title', x: MARGIN, y: 31 + index * TITLE_LINE }, line),
    ),
    drawStripes(layout, frame),
    drawPlot(layout, frame),
    drawNames(layout, frame),
    foot.parts,
    '\n',
  )
}

function namesWidth({ lanes }: Timeline): number {
  let longest = 4
  for (const { label } of lanes) longest = Math.max(longest, columns(shown(label, 24)))
  return Math.ceil(longest * 7.4) + MARGIN + 12
}

function titleLines(title: string, width: number): string[] {
  if (title === '') return []
  return wrap(shown(title, 400), Math.floor((width - 2 * MARGIN) / 9)).slice(0, 3)
}

/** Legend and notes. */
function drawFoot(timeline: Timeline, layout: Layout, { prefix, total, axisY }: Frame) {
  const width = total - 2 * MARGIN
  const legendY = axisY + AXIS_HEIGHT + 6
  const notesY = legendY + legendHeight(timeline, width) + 8
  const lines = noteLines(timeline, layout, width)
  const notes = lines.map((line, index) =>
    element('text', { class: 'note', x: MARGIN, y: notesY + 12 + index * NOTE_LINE }, line),
  )
  return {
    height: notesY - axisY - AXIS_HEIGHT + lines.length * NOTE_LINE + 6,
    parts: [legend(timeline, { x: MARGIN, y: legendY, width, prefix }), notes],
  }
}

function noteLines({ notes }: Timeline, { omitted }: Layout, width: number): string[] {
  const all = [...notes.slice(0, 20), ...(omitted === 0 ? [] : [omittedNote(omitted)]), SCALE_NOTE]
  return all.slice(0, 20).flatMap((note) => wrap(shown(note, 1000), Math.floor(width / 7.3)))
}

export function omittedNote(omitted: number): string {
  return `${grouped(omitted)} further operations are not drawn.`
}

function hatching(prefix: string): Markup {
  const pattern = {
    id: `${prefix}-hatch`,
    width: 8,
    height: 8,
    patternUnits: 'userSpaceOnUse',
    patternTransform: 'rotate(45)',
  }
  const line = element('line', { class: 'hatch', x1: 0, y1: 0, x2: 0, y2: 8 })
  return element('defs', {}, element('pattern', pattern, line))
}

function laneHeight({ rows }: LaidLane): number {
  return rows * ROW_HEIGHT + LANE_PADDING
}

/** Every lane with the place of its upper edge. */
function lanesFrom({ lanes }: Layout, top: number) {
  let next = top
  return lanes.map((lane, index) => {
    const y = next
    next += laneHeight(lane)
    return { lane, y, stripe: index % 2 === 0 ? 'stripe' : 'page' }
  })
}

function drawStripes(layout: Layout, { lanesTop }: Frame): Markup[] {
  return lanesFrom(layout, lanesTop).map(({ lane, y, stripe }) =>
    element('rect', { class: stripe, y, width: '100%', height: laneHeight(lane) }),
  )
}

/** Everything that moves when a page zooms. */
function drawPlot(layout: Layout, frame: Frame): Markup {
  const { prefix, names, lanesTop } = frame
  const bars = lanesFrom(layout, lanesTop).map(({ lane, y }) =>
    lane.bars.map((bar) => [
      '\n',
      drawBar(bar, y + LANE_PADDING + bar.row * ROW_HEIGHT, lane.label, prefix),
    ]),
  )
  return element(
    'g',
    { class: 'plot', transform: `translate(${names} 0)` },
    layout.windows.map((window) => ['\n', drawWindow(window, frame)]),
    drawAxis(layout, frame),
    bars,
  )
}

/** Drawn over the plot: a page keeps the names in sight while the plot moves beneath them. */
function drawNames(layout: Layout, { names, top, lanesTop, axisY }: Frame): Markup {
  const width = names - 2
  const rows = lanesFrom(layout, lanesTop).map(({ lane, y, stripe }) => [
    '\n',
    element('rect', { class: stripe, y, width, height: laneHeight(lane) }),
    element(
      'text',
      { class: 'name end', x: names - 12, y: y + LANE_PADDING + 15 },
      element('title', {}, cut(lane.label, MOST_TITLE)),
      cut(lane.label, 24),
    ),
  ])
  return element(
    'g',
    { class: 'names' },
    element('rect', { class: 'page', y: top, width, height: lanesTop - top }),
    element('rect', { class: 'page', y: axisY, width, height: AXIS_HEIGHT }),
    rows,
  )
}

function drawWindow(laid: LaidWindow, { prefix, top, lanesTop, axisY }: Frame): Markup {
  const { window, x, width, text, textX, row } = laid
  const y = row === -1 ? lanesTop : top + row * WINDOW_ROW_HEIGHT
  const area = stretched(x, width)
  return element(
    'g',
    { class: 'fault-window' },
    element('title', {}, shown(window.label, MOST_TITLE)),
    element('rect', { class: 'window', ...area, y, height: axisY - y }),
    element('rect', {
      fill: `url(#${prefix}-hatch)`,
      ...area,
      y: lanesTop,
      height: axisY - lanesTop,
      opacity: '.45',
    }),
    x > 0 && element('line', { class: 'border', ...placed(x), y1: y, y2: axisY }),
    row !== -1 && element('text', { class: 'window-label', ...placed(textX, y + 13) }, text),
  )
}

function drawAxis({ ticks, breaks, width }: Layout, { lanesTop, axisY }: Frame): Markup[] {
  const line = element('line', { class: 'axis', ...stretchedLine(0, width, axisY) })
  const marks = ticks.map(({ x, text }) =>
    element(
      'g',
      { class: 'tick', ...placed(x) },
      element('line', { y1: lanesTop, y2: axisY + 5 }),
      element('text', { class: 'middle', y: axisY + 18 }, text),
    ),
  )
  const gaps = breaks.map(({ x, width: size, text }) =>
    element(
      'g',
      { class: 'break' },
      element('title', {}, `${text} in which nothing that is drawn begins or ends`),
      element('rect', {
        class: 'gap',
        ...stretched(x + 6, size - 12),
        y: lanesTop,
        height: axisY - lanesTop,
      }),
      element('path', {
        class: 'zigzag',
        ...placed(x + size / 2, axisY),
        d: 'M-9 5l6 -10M3 5l6 -10',
      }),
      element('text', { class: 'middle', ...placed(x + size / 2, axisY + 18) }, text),
    ),
  )
  return [line, ...marks, ...gaps]
}
