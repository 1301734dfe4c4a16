import { styleText } from 'node:util'
import type { Bar, Timeline } from '../core/timeline.ts'
import { lengthText, placeText } from './time.ts'
import type { Scale } from './timeline-scale.ts'
import { layScale } from './timeline-scale.ts'
import { columns, cut, shown } from './visible.ts'

export interface TextOptions {
  /** Columns of the terminal; at least 40 are used. Default: 100. */
  readonly width?: number
  /** True to colour it with ANSI codes. Default: false. */
  readonly colour?: boolean
  /** False leaves out what is only context, if there is anything else. Default: false. */
  readonly context?: boolean
}

const LEAST_WIDTH = 40
const MOST_BARS = 400
const LANE_NAME = 16

/**
 * A timeline for the terminal. Columns are real time as far as order goes: what begins after
 * another has ended stands further right. Lines longer than the terminal go on below.
 *
 *     client 2  [write 812]
 *     client 5                . . . 4.8 s . . . [read -> 812]
 *                                               ^^^^^^^^^^^^^ at fault
 *     faults            ~~~~~ partition: n1 ~~~~~~~~~~~~~~~~~
 *
 * Ends with a line break. Text out of a file cannot act on the terminal.
 */
export function timelineText(timeline: Timeline, options: TextOptions = {}): string {
  const width = Math.max(LEAST_WIDTH, options.width ?? 100)
  const { lanes, omitted } = drawnLanes(timeline, options.context ?? false)
  const bars = lanes.flatMap((lane) => lane.bars)
  if (bars.length === 0) return ''
  const names = ['faults', ...lanes.map(({ label }) => shown(label, LANE_NAME))]
  const nameWidth = names.reduce((most, name) => Math.max(most, columns(name)), 0) + 4
  const room = width - nameWidth
  const { scale, labels } = fittingScale(bars, room)
  const rows = [
    ...lanes.flatMap((lane) => laneRows(lane, scale, labels)),
    ...windowRows(timeline, scale, Math.max(room, scale.width)),
    axisRow(timeline.unit, bars, scale),
  ]
  markBreaks(rows, timeline.unit, scale)
  const text = panels(rows, nameWidth, room, options.colour ?? false).join('\n')
  const note = omitted === 0 ? '' : `\n  (${omitted} more operations are not drawn)`
  return `${text}${note}\n`
}

/**
 * The widest labels and breaks that fit into the terminal; if none do, lines are cut into panels.
 */
function fittingScale(bars: readonly Bar[], room: number): { scale: Scale; labels: number } {
  const most = Math.max(6, Math.min(36, room - 8))
  const lay = (labels: number, breakWidth: number) =>
    layScale(
      bars.map((bar) => ({ ...bar, need: columns(labelOf(bar, labels)) + (isOpen(bar) ? 5 : 1) })),
      { typical: 8, least: 1, breakWidth, margin: 0, whole: true },
    )
  for (const [labels, breakWidth] of [
    [36, 20],
    [24, 14],
    [14, 12],
  ] as const) {
    const scale = lay(Math.min(labels, most), breakWidth)
    if (scale.width < room) return { scale, labels: Math.min(labels, most) }
  }
  return { scale: lay(Math.min(24, most), 14), labels: Math.min(24, most) }
}

interface DrawnLane {
  readonly label: string
  readonly bars: readonly Bar[]
}

function drawnLanes(timeline: Timeline, context: boolean) {
  const all = timeline.lanes.flatMap((lane) => lane.bars)
  const important = all.filter(({ role }) => role !== 'context')
  const shown = context || important.length === 0 ? all : important
  const kept = new Set([...important, ...shown].slice(0, MOST_BARS))
  const lanes: DrawnLane[] = timeline.lanes
    .map(({ label, bars }) => ({ label, bars: bars.filter((bar) => kept.has(bar)) }))
    .filter(({ bars }) => bars.length > 0)
  return { lanes, omitted: new Set(shown).size - kept.size }
}

type Style = 'red' | 'bold' | 'yellow' | 'dim'

/** A line of cells, one a column: a wide character fills its cell and empties the next. */
interface Row {
  readonly name: string
  readonly kind: 'lane' | 'mark' | 'window' | 'axis'
  readonly cells: string[]
  readonly styles: (Style | undefined)[]
  /** True where the text goes on from the column before, and lines are not to be cut. */
  readonly joined: boolean[]
}

function emptyRow(name: string, kind: Row['kind']): Row {
  return { name, kind, cells: [], styles: [], joined: [] }
}

function isOpen({ to }: Bar): boolean {
  return to === Infinity
}

function labelOf(bar: Bar, most: number): string {
  return shown(bar.label, most)
}

function laneRows({ label, bars }: DrawnLane, scale: Scale, most: number): Row[] {
  const ends: number[] = []
  const rows: Row[] = []
  const marks: (Row | undefined)[] = []
  for (const bar of [...bars].sort((a, b) => a.from - b.from || a.to - b.to || a.id - b.id)) {
    const free = ends.findIndex((end) => end < scale.at(bar.from))
    const index = free === -1 ? ends.length : free
    const row = (rows[index] ??= emptyRow(index === 0 ? shown(label, LANE_NAME) : '', 'lane'))
    const start = scale.at(bar.from)
    const text = barText(bar, scale, most)
    ends[index] = isOpen(bar) ? Infinity : Math.max(scale.at(bar.to), start + columns(text) - 1)
    write(row, start, text, STYLES[bar.role])
    row.joined.fill(false, start + columns(labelOf(bar, most)) + 1)
    if (bar.role === 'fault') {
      const mark = (marks[index] ??= emptyRow('', 'mark'))
      write(mark, start, '^'.repeat(columns(text)), 'red')
    }
  }
  return rows.flatMap((row, index) => {
    const mark = marks[index]
    return mark === undefined ? [row] : [row, mark]
  })
}

function barText(bar: Bar, scale: Scale, most: number): string {
  const label = labelOf(bar, most)
  const start = scale.at(bar.from)
  if (isOpen(bar))
    return `[${label} ${'-'.repeat(Math.max(2, scale.width - start - columns(label) - 3))}>`
  const inner = Math.max(0, scale.at(bar.to) - start - 1)
  const text = cut(label, inner)
  return `[${text}${' '.repeat(inner - columns(text))}]`
}

function windowRows({ windows }: Timeline, scale: Scale, room: number): Row[] {
  const ends: number[] = []
  const rows: Row[] = []
  const visibleWindows = windows.filter(({ from, to }) => from <= scale.last && to >= scale.first)
  for (const { label, from, to } of visibleWindows.slice(0, 50)) {
    const start = Math.round(scale.at(from))
    const end = Math.round(to === Infinity ? scale.width : scale.at(to))
    const { at, text } = windowText(shown(label, 40), start, Math.max(1, end - start), room)
    const free = ends.findIndex((taken) => taken < at)
    const index = free === -1 ? ends.length : free
    const row = (rows[index] ??= emptyRow(index === 0 ? 'faults' : '', 'window'))
    write(row, at, text, 'yellow')
    ends[index] = at + columns(text)
  }
  return rows
}

/** The label in the window, or else right of it, or left of it, wherever it has room. */
function windowText(label: string, start: number, size: number, room: number) {
  const line = '~'.repeat(size)
  const length = columns(label)
  if (length + 6 <= size) {
    return { at: start, text: `~~ ${label} ${'~'.repeat(size - length - 4)}` }
  }
  if (start + size + 1 + length <= room) return { at: start, text: `${line} ${label}` }
  const left = start - length - 1
  if (left >= 0) return { at: left, text: `${label} ${line}` }
  return { at: start, text: `${line} ${cut(label, room - start - size - 1)}`.trimEnd() }
}

/** The moments at which operations begin, where there is room to say them. */
function axisRow(unit: Timeline['unit'], bars: readonly Bar[], scale: Scale): Row {
  const row = emptyRow('', 'axis')
  let free = 0
  const step = Math.max(1, Math.min(1e6, (scale.last - scale.first) / 100))
  const important = bars.filter(({ role }) => role !== 'context')
  const moments = new Set((important.length > 0 ? important : bars).map(({ from }) => from))
  for (const moment of [...moments].sort((a, b) => a - b)) {
    const start = scale.at(moment)
    const text = placeText(moment, unit, step)
    if (start < free) continue
    write(row, start, text, 'dim')
    free = start + text.length + 2
  }
  return row
}

/** Says how much time a break leaves out, in each row that is empty there. */
function markBreaks(rows: readonly Row[], unit: Timeline['unit'], scale: Scale): void {
  for (const { from, to } of scale.breaks) {
    const start = scale.at(from) + 1
    const end = scale.at(to)
    const text = breakText(lengthText(to - from, unit), end - start)
    const next = rows.find((row) => row.kind === 'lane' && row.cells[end] === '[')
    const candidates = next === undefined ? rows : [next, ...rows]
    const row = candidates.find(({ kind, cells }) => kind === 'lane' && isFree(cells, start, end))
    if (row !== undefined) write(row, start + ((end - start - text.length) >> 1), text, 'dim')
  }
}

function breakText(length: string, room: number): string {
  for (const text of [` . . . ${length} . . . `, ` . . ${length} . . `, ` . ${length} . `]) {
    if (text.length <= room) return text
  }
  return length.length <= room ? length : ''
}

function isFree(cells: readonly string[], start: number, end: number): boolean {
  for (let column = start; column < end; column++) {
    if ((cells[column] ?? ' ') !== ' ') return false
  }
  return true
}

const STYLES = { fault: 'red', core: 'bold', context: undefined } as const

function write(row: Row, start: number, text: string, style: Style | undefined): void {
  let column = start
  const graphemes = /^[\x20-\x7e]*$/.test(text) ? text : new Intl.Segmenter('en').segment(text)
  for (const item of graphemes) {
    const character = typeof item === 'string' ? item : item.segment
    const size = Math.max(1, columns(character))
    for (let part = 0; part < size; part++) {
      row.cells[column + part] = part === 0 ? character : ''
      row.styles[column + part] = style
      row.joined[column + part] = column + part > start
    }
    column += size
  }
}

/** Cuts the rows into pieces as wide as the terminal, between operations where possible. */
function panels(rows: readonly Row[], nameWidth: number, room: number, colour: boolean): string[] {
  const total = rows.reduce((most, { cells }) => Math.max(most, cells.length), 0)
  const lines: string[] = []
  for (let start = 0; start < total;) {
    const end = total - start <= room ? total : cutBetween(rows, start, room)
    if (start > 0) lines.push('')
    for (const row of rows) {
      const isShown = row.cells.slice(start, end).some((cell) => cell !== ' ')
      if (!isShown) continue
      const name = `  ${row.name}`.padEnd(nameWidth + row.name.length - columns(row.name))
      lines.push((name + piece(row, start, end, colour)).trimEnd())
    }
    start = end
  }
  return lines
}

function cutBetween(rows: readonly Row[], start: number, room: number): number {
  for (let end = start + room; end > start + room / 2; end--) {
    const isCut = rows.some(({ kind, joined }) => kind !== 'window' && joined[end] === true)
    if (!isCut) return end
  }
  return start + room
}

function piece({ cells, styles }: Row, start: number, end: number, colour: boolean): string {
  let text = ''
  for (let column = start; column < end;) {
    const style = styles[column]
    let run = ''
    do run += cells[column++] ?? ' '
    while (column < end && styles[column] === style)
    text += colour && style !== undefined ? styleText(style, run, { validateStream: false }) : run
  }
  return text
}
