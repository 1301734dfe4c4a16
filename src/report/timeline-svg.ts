import type { Bar, Timeline } from '../core/timeline.ts'
import type { Markup } from './html.ts'
import { svg, trusted } from './html.ts'
import { legend, legendHeight } from './timeline-legend.ts'
import type { LaidBar, LaidLane, LaidWindow, Layout } from './timeline-layout.ts'
import { ADVANCE, PADDING, SIGN_WIDTH, layTimeline } from './timeline-layout.ts'
import { timelineStyle } from './timeline-style.ts'
import { grouped } from './time.ts'
import { columns, cut, visible, wrap } from './visible.ts'

export interface SvgOptions {
  /** The width to aim at, in pixels. Default: 960. */
  readonly width?: number
  /** Never wider than this. Default: `width`. */
  readonly maxWidth?: number
  /** False inside a page that brings the style, title, legend and notes itself. Default: true. */
  readonly alone?: boolean
  /** Makes the names inside the picture differ from those of other pictures on the page. Default: `t`. */
  readonly prefix?: string
}

export const BAR_HEIGHT = 22
const ROW_HEIGHT = 38
const LANE_PADDING = 8
const WINDOW_ROW_HEIGHT = 18
const AXIS_HEIGHT = 26
const MARGIN = 14
/** A tooltip is for reading, not for a megabyte out of a file. */
const MOST_TITLE = 2000

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
  const notes = alone ? noteLines(timeline, layout, total) : []
  const top = head.length * 21 + (head.length > 0 ? 2 * MARGIN : 4)
  const lanesTop = top + layout.windowRows * WINDOW_ROW_HEIGHT + (layout.windowRows > 0 ? 4 : 0)
  const lanesHeight = layout.lanes.reduce((sum, lane) => sum + laneHeight(lane), 0)
  const axisY = lanesTop + lanesHeight
  const legendY = axisY + AXIS_HEIGHT + 6
  const notesY = legendY + (alone ? legendHeight(timeline, total - 2 * MARGIN) : 0) + 8
  const height = alone ? notesY + notes.length * 19 + 6 : axisY + AXIS_HEIGHT

  return svg`<svg xmlns="http://www.w3.org/2000/svg" class="timeline" role="${alone ? 'img' : 'group'}" aria-label="${cut(visible(timeline.title), 300)}" width="${total}" height="${height}" viewBox="0 0 ${total} ${height}" data-names="${names}" data-width="${px(layout.width)}">${
    alone &&
    svg`
<style>
${trusted(timelineStyle('.timeline'))}</style>`
  }
${hatching(prefix)}
<rect class="page" width="100%" height="${height}"/>${head.map(
    (line, index) => svg`
<text class="title" x="${MARGIN}" y="${MARGIN + 17 + index * 21}">${line}</text>`,
  )}
${drawStripes(layout, lanesTop)}
<g class="plot" transform="translate(${names} 0)">${layout.windows.map((window) =>
    drawWindow(window, { prefix, top, lanesTop, bottom: axisY }),
  )}${drawAxis(layout, lanesTop, axisY)}${drawLanes(layout, lanesTop, prefix)}
</g>
${drawNames(layout, { names, top, lanesTop, axisY })}${
    alone && legend(timeline, { x: MARGIN, y: legendY, width: total - 2 * MARGIN, prefix })
  }${notes.map(
    (line, index) => svg`
<text class="note" x="${MARGIN}" y="${notesY + 12 + index * 19}">${line}</text>`,
  )}
</svg>
`
}

/** Two decimals are a hundredth of a pixel. */
export function px(value: number): string {
  return String(Math.round(value * 100) / 100)
}

function namesWidth({ lanes }: Timeline): number {
  let longest = 4
  for (const { label } of lanes) longest = Math.max(longest, columns(cut(visible(label), 24)))
  return Math.ceil(longest * 7.4) + MARGIN + 12
}

function titleLines(title: string, width: number): string[] {
  if (title === '') return []
  return wrap(cut(visible(title), 400), Math.floor((width - 2 * MARGIN) / 9)).slice(0, 3)
}

function noteLines({ notes }: Timeline, { omitted }: Layout, width: number): string[] {
  const all = omitted === 0 ? notes : [...notes, omittedNote(omitted)]
  const perLine = Math.floor((width - 2 * MARGIN) / 7.3)
  return all.slice(0, 20).flatMap((note) => wrap(cut(visible(note), 1000), perLine))
}

export function omittedNote(omitted: number): string {
  return `${grouped(omitted)} further operations are not drawn.`
}

function laneHeight({ rows }: LaidLane): number {
  return rows * ROW_HEIGHT + LANE_PADDING
}

function hatching(prefix: string): Markup {
  return svg`<defs><pattern id="${prefix}-hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatch" x1="0" y1="0" x2="0" y2="8"/></pattern></defs>`
}

function drawStripes({ lanes }: Layout, top: number): Markup[] {
  let y = top
  return lanes.map((lane, index) => {
    const height = laneHeight(lane)
    y += height
    return svg`<rect class="${index % 2 === 0 ? 'stripe' : 'page'}" y="${y - height}" width="100%" height="${height}"/>`
  })
}

interface NamesPlace {
  readonly names: number
  readonly top: number
  readonly lanesTop: number
  readonly axisY: number
}

/** Drawn last, over the plot: a page keeps the names in sight while the plot is moved beneath them. */
function drawNames({ lanes }: Layout, place: NamesPlace): Markup {
  const { names: width, top, lanesTop, axisY } = place
  let y = lanesTop
  const rows = lanes.map((lane, index) => {
    const height = laneHeight(lane)
    y += height
    return svg`
<rect class="${index % 2 === 0 ? 'stripe' : 'page'}" y="${y - height}" width="${width - 2}" height="${height}"/><text class="name end" x="${width - 12}" y="${y - height + LANE_PADDING + 15}"><title>${cut(visible(lane.label), MOST_TITLE)}</title>${cut(lane.label, 24)}</text>`
  })
  return svg`<g class="names"><rect class="page" y="${top}" width="${width - 2}" height="${lanesTop - top}"/><rect class="page" y="${axisY}" width="${width - 2}" height="${AXIS_HEIGHT}"/>${rows}
</g>`
}

interface Edges {
  readonly prefix: string
  readonly top: number
  readonly lanesTop: number
  readonly bottom: number
}

function drawWindow({ window, x, width, text, textX, row }: LaidWindow, edges: Edges): Markup {
  const { prefix, top, lanesTop, bottom } = edges
  const y = row === -1 ? lanesTop : top + row * WINDOW_ROW_HEIGHT
  const left = svg`<line class="border" data-x="${px(x)}" transform="translate(${px(x)} 0)" y1="${y}" y2="${bottom}"/>`
  return svg`
<g class="fault-window"><title>${cut(visible(window.label), MOST_TITLE)}</title><rect class="window" data-x="${px(x)}" data-w="${px(width)}" x="${px(x)}" width="${px(width)}" y="${y}" height="${bottom - y}"/><rect fill="url(#${prefix}-hatch)" data-x="${px(x)}" data-w="${px(width)}" x="${px(x)}" width="${px(width)}" y="${lanesTop}" height="${bottom - lanesTop}" opacity=".45"/>${x > 0 && left}${
    row !== -1 &&
    svg`<text class="window-label" data-x="${px(textX)}" data-y="${y + 13}" transform="translate(${px(textX)} ${y + 13})">${text}</text>`
  }</g>`
}

function drawAxis({ ticks, breaks, width }: Layout, top: number, bottom: number): Markup {
  return svg`
<line class="axis" x1="0" x2="${px(width)}" y1="${bottom}" y2="${bottom}" data-x="0" data-w="${px(width)}"/>${ticks.map(
    ({ x, text }) => svg`
<g class="tick" data-x="${px(x)}" data-y="0" transform="translate(${px(x)} 0)"><line y1="${top}" y2="${bottom + 5}"/><text class="middle" y="${bottom + 18}">${text}</text></g>`,
  )}${breaks.map(
    ({ x, width: size, text }) => svg`
<g class="break"><title>${text} in which nothing drawn begins or ends</title><rect class="gap" data-x="${px(x + 6)}" data-w="${px(size - 12)}" x="${px(x + 6)}" width="${px(size - 12)}" y="${top}" height="${bottom - top}"/><path class="zigzag" data-x="${px(x + size / 2)}" data-y="${bottom}" transform="translate(${px(x + size / 2)} ${bottom})" d="M-9 5l6 -10M3 5l6 -10"/><text class="middle" data-x="${px(x + size / 2)}" data-y="${bottom + 18}" transform="translate(${px(x + size / 2)} ${bottom + 18})">${text}</text></g>`,
  )}`
}

function drawLanes({ lanes }: Layout, top: number, prefix: string): Markup[] {
  let y = top
  return lanes.map((lane) => {
    const laneTop = y
    y += laneHeight(lane)
    return svg`
<g class="lane">${lane.bars.map((bar) => drawBar(bar, laneTop + LANE_PADDING + bar.row * ROW_HEIGHT, lane.label, prefix))}</g>`
  })
}

function drawBar(laid: LaidBar, y: number, lane: string, prefix: string): Markup {
  const { bar, x, width, text, outside, gap, point } = laid
  const open = bar.to === Infinity
  const [clipX, room] = outside ? [x + width, gap] : [x, width - (open ? SIGN_WIDTH : 0)]
  const textX = outside ? 5 : PADDING + (bar.role === 'fault' ? SIGN_WIDTH : 0)
  return svg`
<g class="bar ${bar.role}${open ? ' open' : ''}" id="${prefix}-bar-${bar.id}" data-id="${bar.id}" data-bar-x="${px(x)}" data-bar-w="${px(width)}" data-gap="${px(gap)}" data-label="${cut(visible(bar.label), 120)}" role="img" aria-label="${barLabel(bar, lane)}"><title>${cut([`${lane}: ${visible(bar.label)}`, ...bar.details.map(visible)].join('\n'), MOST_TITLE)}</title>${
    bar.role === 'fault' &&
    svg`<rect class="halo" data-x="${px(x - 3)}" data-w="${px(width + 6)}" x="${px(x - 3)}" width="${px(width + 6)}" y="${y - 3}" height="${BAR_HEIGHT + 6}" rx="6"/>`
  }${open ? drawOpen(x, width, y, text) : svg`<rect data-x="${px(x)}" data-w="${px(width)}" x="${px(x)}" width="${px(width)}" y="${y}" height="${BAR_HEIGHT}" rx="${width < 8 ? 1 : 4}"/>`}${
    bar.role === 'fault' &&
    width > 2 * SIGN_WIDTH &&
    svg`<path class="sign" data-x="${px(x)}" data-y="${y}" transform="translate(${px(x)} ${y})" d="M8 7l8 8M16 7l-8 8"/>`
  }<svg class="clip" x="${px(clipX)}" y="${y}" width="${px(Math.max(0, room))}" height="${BAR_HEIGHT}"><text class="label${outside ? ' outside' : ''}" x="${textX}" y="15.5">${text}</text></svg>${
    point !== undefined && drawPoint(point, y + BAR_HEIGHT)
  }</g>`
}

/** An operation that never returned: its label, and from there an arrow to the end of the picture. */
function drawOpen(x: number, width: number, y: number, text: string): Markup {
  const solid = Math.min(
    Math.max(2, width - SIGN_WIDTH),
    Math.max(10, columns(text) * ADVANCE + 2 * PADDING),
  )
  const middle = y + BAR_HEIGHT / 2
  return svg`<line class="edge" stroke-dasharray="5 4" data-x="${px(x)}" data-w="${px(width - 3)}" x1="${px(x)}" x2="${px(x + width - 3)}" y1="${middle}" y2="${middle}"/><path class="edge" data-x="${px(x + width - 3)}" data-y="${middle}" transform="translate(${px(x + width - 3)} ${middle})" d="M-6 -5l6 5l-6 5"/><rect data-x="${px(x)}" x="${px(x)}" width="${px(solid)}" y="${y}" height="${BAR_HEIGHT}" rx="4"/>`
}

function drawPoint({ x, rank, rankX }: NonNullable<LaidBar['point']>, y: number): Markup {
  return svg`<path class="point" data-x="${px(x)}" data-y="${y}" transform="translate(${px(x)} ${y})" d="M0 -3l4 6h-8z"/>${
    rank !== '' &&
    svg`<text class="rank middle" data-x="${px(x)}" data-y="${y + 13}" transform="translate(${px(rankX)} ${y + 13})">${rank}</text>`
  }`
}

const ROLES = { fault: 'the operation at fault', core: 'part of the contradiction', context: '' }

function barLabel(bar: Bar, lane: string): string {
  const words = [`${lane}: ${cut(visible(bar.label), 120)}`]
  if (ROLES[bar.role] !== '') words.push(ROLES[bar.role])
  if (bar.to === Infinity) words.push('never returned')
  if (bar.rank !== undefined) words.push(`number ${bar.rank} in the order`)
  return words.join(', ')
}
