import type { Bar, Timeline, Window } from '../core/timeline.ts'
import { placeText, roundStep, lengthText } from './time.ts'
import type { Scale } from './timeline-scale.ts'
import { layScale, median } from './timeline-scale.ts'
import { columns, cut, shown } from './visible.ts'

/** Where everything of a timeline stands, in pixels, right of the names of the lanes. */
export interface Layout {
  readonly width: number
  readonly lanes: readonly LaidLane[]
  readonly windows: readonly LaidWindow[]
  readonly ticks: readonly { readonly x: number; readonly text: string }[]
  readonly breaks: readonly { readonly x: number; readonly width: number; readonly text: string }[]
  /** How many rows the labels of the windows take. */
  readonly windowRows: number
  /** Bars that were left out because there are too many. */
  readonly omitted: number
}

export interface LaidLane {
  readonly label: string
  readonly rows: number
  readonly bars: readonly LaidBar[]
}

export interface LaidBar {
  readonly bar: Bar
  readonly x: number
  readonly width: number
  readonly row: number
  /** What of the label fits; '' if nothing does. */
  readonly text: string
  /** True if the text stands right of the bar, where more of it fits. */
  readonly outside: boolean
  /** How far it is from the bar to the next one in its row, or to the edge. */
  readonly gap: number
  /** The point of linearization; absent if there is none. */
  readonly point?: { readonly x: number; readonly rank: string; readonly rankX: number }
}

export interface LaidWindow {
  readonly window: Window
  readonly x: number
  readonly width: number
  readonly text: string
  readonly textX: number
  /** The row of its label; -1 if there was no room for it. */
  readonly row: number
}

/**
 * The advance of a monospaced font of 12 pixels, rounded up: 0.602 em in the widest common ones.
 */
export const ADVANCE = 7.3
/** Of the ranks under the bars and the labels of windows and axis: 11 pixels, any font. */
export const SMALL_ADVANCE = 6.8
export const PADDING = 7
/** What the sign of a fault, or the arrow of an operation without end, takes of its bar. */
export const SIGN_WIDTH = 15

const MOST_BARS = 5000
const MOST_ROWS = 40
const MOST_WINDOWS = 500
const MOST_WINDOW_ROWS = 4
/**
 * The labels of what contradicts stand in their bars, which are given all the room these want, up
 * to so many columns, then less and less until the picture is narrow enough. Context gets no room
 * for its labels: they stand in or beside the bars wherever there happens to be some.
 */
const LABEL_COLUMNS = [36, 22, 14, 9, 5, 0] as const
/**
 * How wide a bar of usual length is drawn, and how far apart the next moment: first so, then so.
 */
const ROOM = [
  { typical: 20, least: 6 },
  { typical: 9, least: 4 },
] as const

export interface LayoutOptions {
  /** The width to aim at, in pixels. */
  readonly width: number
  /** Never wider than this, whatever becomes of the labels. */
  readonly maxWidth: number
}

/**
 * Places a timeline. Deterministic; takes time and room linear in the bars, of which it keeps
 * 5,000.
 */
export function layTimeline(timeline: Timeline, options: LayoutOptions): Layout {
  const kept = keptBars(timeline)
  const scale = fittingScale(kept.lanes.flat(), options)
  const breaks = scale.breaks.map(({ from, to }) => ({
    x: scale.at(from),
    width: scale.at(to) - scale.at(from),
    text: lengthText(to - from, timeline.unit),
  }))
  const lanes = timeline.lanes.map(({ label }, index) =>
    layLane(shown(label, 200), kept.lanes[index] ?? [], scale),
  )
  const windows = layWindows(timeline.windows.slice(0, MOST_WINDOWS), scale)
  const hidden = lanes.reduce((sum, lane) => sum + lane.hidden, 0)
  return {
    width: scale.width,
    lanes: lanes.filter((lane) => lane.bars.length > 0),
    windows,
    windowRows: windows.reduce((rows, { row }) => Math.max(rows, row + 1), 0),
    ticks: layTicks(timeline.unit, scale, breaks),
    breaks,
    omitted: kept.omitted + hidden,
  }
}

/**
 * All bars; or, where there are too many, those at fault, then those of the core, then the first
 * others.
 */
function keptBars({ lanes }: Timeline): { lanes: readonly (readonly Bar[])[]; omitted: number } {
  const count = lanes.reduce((sum, { bars }) => sum + bars.length, 0)
  if (count <= MOST_BARS) return { lanes: lanes.map(({ bars }) => bars), omitted: 0 }
  const importance = { fault: 0, core: 1, context: 2 } as const
  const all = lanes.flatMap(({ bars }) => bars)
  all.sort((a, b) => importance[a.role] - importance[b.role] || a.from - b.from)
  const kept = new Set(all.slice(0, MOST_BARS))
  return {
    lanes: lanes.map(({ bars }) => bars.filter((bar) => kept.has(bar))),
    omitted: count - MOST_BARS,
  }
}

/** The scale with the most legible labels of those that are narrow enough. */
function fittingScale(bars: readonly Bar[], { width, maxWidth }: LayoutOptions): Scale {
  const wants = bars.map((bar) => ({ bar, label: columns(shown(bar.label, 36)) }))
  // So that the labels of the last bars find room beside them.
  const tail = bars.length < 200 ? 96 : 0
  const lay = (most: number, room: { typical: number; least: number }, limit: number): Scale =>
    layScale(
      wants.map(({ bar, label }) => ({
        from: bar.from,
        to: bar.to,
        need: needOf(bar, bar.role === 'context' ? 0 : Math.min(label, most)),
      })),
      { ...room, breakWidth: 84, margin: 16, whole: false, tail, wanted: width, most: limit },
    )
  for (const most of LABEL_COLUMNS) {
    for (const room of ROOM) {
      const scale = lay(most, room, Infinity)
      if (scale.width <= maxWidth) return scale
    }
  }
  return lay(0, { typical: 8, least: 1 }, maxWidth)
}

function needOf(bar: Bar, label: number): number {
  if (label === 0) return 6
  const signs = (bar.role === 'fault' ? SIGN_WIDTH : 0) + (bar.to === Infinity ? SIGN_WIDTH : 0)
  const rank = bar.rank === undefined ? 0 : String(bar.rank).length * SMALL_ADVANCE + 4
  return Math.max(rank, label * ADVANCE + 2 * PADDING + signs)
}

function layLane(label: string, bars: readonly Bar[], scale: Scale): LaidLane & { hidden: number } {
  const ends: number[] = []
  const laid: LaidBar[] = []
  let hidden = 0
  for (const bar of [...bars].sort((a, b) => a.from - b.from || a.to - b.to || a.id - b.id)) {
    const free = ends.findIndex((end) => end <= bar.from)
    const row = free === -1 ? ends.length : free
    if (row >= MOST_ROWS) {
      hidden++
      continue
    }
    // A bar of no length still fills its moment: positions are whole numbers.
    ends[row] = Math.max(bar.to, bar.from + 0.5)
    laid.push(layBar(bar, row, scale))
  }
  const nexts: number[] = []
  for (let index = laid.length - 1; index >= 0; index--) {
    const one = laid[index]
    if (one === undefined) continue
    const gap = Math.max(0, (nexts[one.row] ?? scale.width) - one.x - one.width)
    nexts[one.row] = one.x
    laid[index] = labelled({ ...one, gap })
  }
  return { label, bars: laid, rows: Math.max(1, ends.length), hidden }
}

function layBar(bar: Bar, row: number, scale: Scale): LaidBar {
  const x = scale.at(bar.from)
  const width = Math.max(1.5, (bar.to === Infinity ? scale.width : scale.at(bar.to)) - x)
  const laid = { bar, x, width, row, text: '', outside: false, gap: 0 }
  if (bar.point === undefined) return laid
  const rank = bar.rank === undefined ? '' : String(bar.rank)
  const half = (rank.length * SMALL_ADVANCE) / 2 + 1
  const pointX = Math.min(x + width, Math.max(x, scale.at(bar.point)))
  if (2 * half > width) return { ...laid, point: { x: pointX, rank: '', rankX: pointX } }
  const rankX = Math.min(x + width - half, Math.max(x + half, pointX))
  return { ...laid, point: { x: pointX, rank, rankX } }
}

/** The label inside if it fits there whole, else where more of it fits. */
function labelled(laid: LaidBar): LaidBar {
  const { bar, width, gap } = laid
  const signs = (bar.role === 'fault' ? SIGN_WIDTH : 0) + (bar.to === Infinity ? SIGN_WIDTH : 0)
  const inside = Math.floor((width - 2 * PADDING - signs + 0.5) / ADVANCE)
  const beside = Math.floor((gap - 2 * PADDING) / ADVANCE)
  const label = shown(bar.label, 120)
  const outside = columns(label) > inside && beside > inside
  const room = outside ? beside : inside
  return { ...laid, outside, text: room < 3 ? '' : cut(label, room) }
}

/**
 * Windows as far as they are in the picture, each label in the first row where it overlaps no
 * other.
 */
function layWindows(windows: readonly Window[], scale: Scale): LaidWindow[] {
  const ends: number[] = []
  return [...windows]
    .filter(({ from, to }) => from <= scale.last && to >= scale.first)
    .sort((a, b) => a.from - b.from || a.to - b.to)
    .map((window) => {
      const x = scale.at(window.from)
      const end = window.to === Infinity ? scale.width : scale.at(window.to)
      // Where too little room is left at its right, the label begins before its window.
      const right = Math.floor((scale.width - x - 8) / SMALL_ADVANCE)
      const all = Math.floor((scale.width - 8) / SMALL_ADVANCE)
      const text = shown(window.label, Math.min(60, right < 16 ? all : right))
      const length = columns(text) * SMALL_ADVANCE
      const textX = Math.max(0, Math.min(x + 4, scale.width - length - 4))
      const free = ends.findIndex((taken) => taken + 10 <= textX)
      const row = free === -1 ? ends.length : free
      const laid = { window, x, width: Math.max(2, end - x), text, textX }
      if (row >= MOST_WINDOW_ROWS) return { ...laid, row: -1 }
      ends[row] = textX + length
      return { ...laid, row }
    })
}

/** Round times, about a hundred pixels apart, where there is room between the labels of breaks. */
function layTicks(unit: Timeline['unit'], scale: Scale, breaks: Layout['breaks']): Layout['ticks'] {
  const step = roundStep(0.6 * usualLength(scale) || (scale.last - scale.first) / 8 || 1)
  const pieces = piecesOf(scale)
  const ticks: { x: number; text: string }[] = []
  for (const { from, to } of pieces) {
    let free = -Infinity
    const first = Math.ceil(from / step)
    const count = Math.min(400, Math.floor(to / step) - first + 1)
    for (let index = 0; index < count; index++) {
      const position = (first + index) * step
      const x = scale.at(position)
      const text = placeText(position, unit, step)
      const half = (columns(text) * SMALL_ADVANCE) / 2
      const isTaken = breaks.some((gap) => gap.x < x + half + 4 && x - half - 4 < gap.x + gap.width)
      if (x - half < free || isTaken || x - half < 0 || x + half > scale.width) continue
      ticks.push({ x, text })
      free = x + half + 24
    }
  }
  return ticks
}

/** How much usually passes in a hundred pixels, breaks left out. */
function usualLength(scale: Scale): number {
  const lengths = piecesOf(scale).map(({ from, to }) => {
    const hundreds = (scale.at(to) - scale.at(from)) / 100
    return hundreds < 0.2 ? 0 : (to - from) / hundreds
  })
  return median(lengths.filter((length) => length > 0))
}

/** The stretches between breaks. */
function piecesOf(scale: Scale): { from: number; to: number }[] {
  const starts = [scale.first, ...scale.breaks.map(({ to }) => to)]
  const ends = [...scale.breaks.map(({ from }) => from), scale.last]
  return starts.map((from, index) => ({ from, to: ends[index] ?? from }))
}
