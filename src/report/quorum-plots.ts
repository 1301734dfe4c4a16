import type { Markup } from './html.ts'
import { chanceText, decimalText } from '../core/number-text.ts'
import { placeLabels, spread } from './plot-labels.ts'
import type { MarkOptions, PlotLibrary, PlotMark } from './plot.ts'
import { drawPlot, pixels, seriesColour, seriesDash } from './plot.ts'
import { shown } from './visible.ts'

/** A line of a plot; `index` decides its colour, so that a system has one on the whole page. */
export interface Curve {
  readonly name: string
  readonly index: number
  readonly points: readonly { readonly x: number; readonly y: number }[]
}

const WIDTH = 900
const HEIGHT = 420
const LINE = 15
/** Of the sans-serif font in bold, in pixels. */
const LETTER = 7

/** Load against the share of reads, with bounds that no system can be under as dashed lines. */
export function loadPlot(curves: readonly Curve[], bounds: readonly Curve[]): Promise<Markup> {
  const all = [...curves, ...bounds]
  const top = Math.max(...all.flatMap(({ points }) => points.map(({ y }) => y)))
  const parts = {
    width: WIDTH,
    height: HEIGHT,
    margin: { left: 56, right: labelRoom(all.map(({ name }) => name)), top: 30, bottom: 44 },
    x: { domain: [0, 1] },
    y: { domain: [0, top * 1.06] },
  }
  const scale = pixels(parts)
  const ends = all.map(({ points }) => scale.y(points.at(-1)?.y ?? 0))
  const places = spread(ends, LINE, parts.margin.top, parts.height - parts.margin.bottom)
  const edge = WIDTH - parts.margin.right
  const labels = all.map((curve, at) => ({
    ...curve,
    bound: at >= curves.length,
    x: scale.valueOfX(edge + 18),
    y: scale.valueOfY(places[at] ?? 0),
    x1: scale.valueOfX(edge + 3),
    y1: scale.valueOfY(ends[at] ?? 0),
    x2: scale.valueOfX(edge + 15),
  }))
  return drawPlot({
    ...parts,
    label: 'load against the share of reads',
    marks: (plot) => [
      ...frame(plot, 'share of reads', '↑ load: the share of operations at the busiest node'),
      ...bounds.map(({ points }) => plot.line(points, boundLine)),
      ...curves.map((curve) => plot.line(curve.points, { ...xy, ...stroke(curve.index) })),
      ...labels.flatMap((label) => [
        plot.link([label], { ...ends1, ...(label.bound ? faint : stroke(label.index)), ...thin }),
        plot.text([label], { ...name(label.index, label.bound), textAnchor: 'start' }),
      ]),
    ],
  })
}

/** Deeper than this nothing is told apart any more; what goes below is said in its label. */
const DEEPEST = -40

/** log10 of the probability of failure against that of a node; both axes logarithmic. */
export function failurePlot(curves: readonly Curve[], asked: number): Promise<Markup> {
  const values = curves.flatMap(({ points }) => points.map(({ y }) => y)).filter(Number.isFinite)
  const floor = Math.max(DEEPEST, Math.min(-1, Math.floor(Math.min(...values))))
  const xs = curves.flatMap(({ points }) => points.map(({ x }) => x))
  const names = curves.map(({ name: text, points }) => deepName(text, points[0]?.y ?? 0, floor))
  const parts = {
    width: WIDTH,
    height: HEIGHT + 40,
    margin: { left: labelRoom(names), right: 64, top: 30, bottom: 44 },
    x: { domain: [Math.min(...xs), Math.max(...xs)], type: 'log' as const },
    y: { domain: [floor, 0] },
  }
  const scale = pixels(parts)
  const bottom = parts.height - parts.margin.bottom
  const starts = curves.map(({ points }) => scale.y(Math.max(points[0]?.y ?? 0, -1e4)))
  // What lies below the floor stands there in its order, next to nothing apart.
  const wanted = starts.map((y) => (y <= bottom ? y : bottom + (y - bottom) * 1e-6))
  const places = spread(wanted, LINE, parts.margin.top, bottom)
  const labels = curves.map((curve, at) => ({
    index: curve.index,
    name: names[at] ?? '',
    x: scale.valueOfX(parts.margin.left - 18),
    y: scale.valueOfY(places[at] ?? 0),
    x1: scale.valueOfX(parts.margin.left - 3),
    y1: scale.valueOfY(Math.min(starts[at] ?? 0, bottom)),
    x2: scale.valueOfX(parts.margin.left - 15),
    inside: (starts[at] ?? 0) <= bottom,
  }))
  return drawPlot({
    ...parts,
    label: 'probability that no quorum is alive against the probability that a node is down',
    marks: (plot) => [
      ...logFrame(plot, floor),
      plot.ruleX([{ x: asked }], { x: 'x', ...faint, ...dashed }),
      ...curves.map(({ points, index }) =>
        plot.line(above(points, floor), { ...xy, ...stroke(index) }),
      ),
      ...labels.flatMap((label) => [
        ...(label.inside
          ? [plot.link([label], { ...ends1, ...stroke(label.index), ...thin })]
          : []),
        plot.text([label], { ...name(label.index, false), textAnchor: 'end' }),
      ]),
    ],
  })
}

/** A system among others: where it stands, and whether another one is better in everything. */
export interface FrontPoint {
  readonly name: string
  readonly index: number
  readonly load: number
  readonly resilience: number
  readonly log10Failure: number
  readonly best: boolean
}

/** Load to the right, failure probability upwards, resilience in words: the corner is the best. */
export function frontPlot(points: readonly FrontPoint[]): Promise<Markup> {
  const depths = points.map(({ log10Failure }) => Math.max(log10Failure, -400))
  const deepest = Math.min(...depths)
  const highest = Math.max(...depths)
  const room = Math.max(0.5, (highest - deepest) * 0.1)
  const most = Math.max(...points.map(({ load }) => load))
  const parts = {
    width: WIDTH,
    height: HEIGHT,
    margin: { left: 76, right: 30, top: 30, bottom: 44 },
    x: { domain: [0, most * 1.15] },
    y: { domain: [deepest - room, Math.min(0, highest + room)] },
  }
  const scale = pixels(parts)
  const dots = points.map((point, at) => ({
    ...point,
    y: depths[at] ?? 0,
    label: `${shown(point.name, 40)} · resilience ${point.resilience}`,
  }))
  const places = placeLabels(
    dots.map((dot) => ({ x: scale.x(dot.load), y: scale.y(dot.y), label: dot.label })),
    { left: parts.margin.left, right: WIDTH, top: 18, bottom: HEIGHT - parts.margin.bottom },
    (text) => text.length * LETTER,
  )
  const labels = dots.map((dot, at) => {
    const place = places[at] ?? { x: 0, y: 0, anchor: 'start', far: false }
    return {
      ...dot,
      name: dot.label,
      anchor: place.anchor,
      x: scale.valueOfX(place.x),
      y: scale.valueOfY(place.y),
      x1: dot.load,
      y1: dot.y,
      x2: scale.valueOfX(place.x),
      far: place.far,
    }
  })
  const ticks = wholeNumbers(parts.y.domain[0] ?? 0, parts.y.domain[1] ?? 0)
  return drawPlot({
    ...parts,
    label:
      'load and probability of failure; systems that no other one beats in everything are full',
    marks: (plot) => [
      ...frame(plot, 'load', '↑ probability that no quorum is alive', {
        ticks,
        tickFormat: depthText,
      }),
      ...labels
        .filter(({ far }) => far)
        .map((label) => plot.link([label], { ...ends1, ...stroke(label.index), ...thin })),
      ...dots.map((dot) => plot.dot([dot], dotLook(dot))),
      ...labels.map((label) =>
        plot.text([label], { ...name(label.index, !label.best), textAnchor: label.anchor }),
      ),
    ],
  })
}

/** Powers of ten, at most about ten of them. */
function wholeNumbers(from: number, to: number): readonly number[] {
  const step = Math.max(1, Math.ceil((to - from) / 10))
  const count = Math.floor((Math.floor(to) - Math.ceil(from)) / step) + 1
  return Array.from({ length: Math.max(count, 0) }, (_, at) => Math.floor(to) - at * step)
}

/** What each node has to do in a unit of time in which the system gets one operation. */
export interface NodeBars {
  readonly index: number
  readonly nodes: readonly {
    readonly name: string
    readonly read: number
    readonly write: number
  }[]
  /** The scale, so that systems side by side can be compared. */
  readonly top: number
  /** What no strategy of any system on so many nodes can be under. */
  readonly bound: number | undefined
}

const MOST_BARS = 160

export function nodeLoadPlot({ index, nodes, top, bound }: NodeBars): Promise<Markup> {
  const step = Math.max(1, Math.ceil(nodes.length / MOST_BARS))
  const bars = nodes.flatMap(({ read, write }, at) =>
    at % step === 0
      ? [
          { x1: at + 0.08 * step, x2: at + 0.92 * step, y1: 0, y2: write, write: true },
          { x1: at + 0.08 * step, x2: at + 0.92 * step, y1: write, y2: write + read, write: false },
        ]
      : [],
  )
  const ticks = nodes.length <= 12 ? nodes.map(tick) : []
  const colour = seriesColour(index)
  return drawPlot({
    width: 420,
    height: 190,
    margin: { left: 48, right: 10, top: 22, bottom: 36 },
    x: { domain: [0, nodes.length] },
    y: { domain: [0, top * 1.05] },
    label: 'load of each node, writes below reads',
    marks: (plot) => [
      plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1 }),
      plot.axisY({ ...axis, label: '↑ load', ticks: 4 }),
      ticks.length === 0
        ? plot.axisX({ ...axis, label: `${nodes.length} nodes`, ticks: [] })
        : plot.text(ticks, { ...axisName, x: 'x', text: 'text' }),
      plot.rect(
        bars.filter(({ write }) => write),
        { ...corners, fill: colour },
      ),
      plot.rect(
        bars.filter(({ write }) => !write),
        { ...corners, fill: colour, fillOpacity: 0.45 },
      ),
      ...(bound === undefined ? [] : [plot.ruleY([{ y: bound }], { y: 'y', ...faint, ...dashed })]),
    ],
  })
}

function tick({ name: text }: { readonly name: string }, at: number): object {
  return { x: at + 0.5, text: shown(text, 6) }
}

/** `10⁻²⁰` would need small letters; `1e-20` is read everywhere. */
function depthText(log10: number): string {
  return log10 === 0 ? '1' : `1e${decimalText(log10)}`
}

function deepName(text: string, log10: number, floor: number): string {
  const start = shown(text, 34)
  if (log10 >= floor) return start
  return `${start} ↓ ${chanceText({ value: 0, log10 }, 1)}`
}

/** The part of a line that is not below the floor, cut where it crosses it. */
function above(
  points: readonly { readonly x: number; readonly y: number }[],
  floor: number,
): readonly { readonly x: number; readonly y: number }[] {
  return points.flatMap((point, at) => {
    const next = points[at + 1]
    if (point.y >= floor) return [point]
    if (next === undefined || next.y <= floor) return []
    const from = Math.max(point.y, floor - 1e6)
    const part = (floor - from) / (next.y - from)
    return [{ x: point.x * (next.x / point.x) ** part, y: floor }]
  })
}

const xy = { x: 'x', y: 'y' } as const
const ends1 = { x1: 'x1', y1: 'y1', x2: 'x2', y2: 'y' } as const
const corners = { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2' } as const
const faint = { stroke: 'var(--muted)' } as const
const dashed = { strokeDasharray: '5 4' } as const
const thin = { strokeWidth: 1, strokeOpacity: 0.7 } as const
const boundLine = { ...xy, ...faint, ...dashed, strokeWidth: 1.5 } as const
const axis = { color: 'var(--muted)', fontSize: 11.5 } as const
const axisName = {
  frameAnchor: 'bottom',
  lineAnchor: 'top',
  dy: 9,
  fill: 'var(--muted)',
} as const

function stroke(index: number): MarkOptions {
  return { stroke: seriesColour(index), strokeWidth: 2, strokeDasharray: seriesDash(index) }
}

function name(index: number, quiet: boolean): MarkOptions {
  return {
    ...xy,
    text: 'name',
    fill: quiet ? 'var(--muted)' : seriesColour(index),
    fontWeight: quiet ? 400 : 600,
    clip: false,
  }
}

function dotLook({ index, best }: FrontPoint): MarkOptions {
  const colour = seriesColour(index)
  const fill = best ? colour : 'var(--page)'
  return { x: 'load', y: 'y', r: 5, stroke: colour, strokeWidth: 1.5, fill }
}

function frame(
  plot: PlotLibrary,
  x: string,
  y: string,
  { ticks, ...more }: MarkOptions = {},
): readonly PlotMark[] {
  const places = ticks === undefined ? {} : { ticks }
  return [
    plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1, ...places }),
    plot.axisY({ ...axis, label: y, ...places, ...more }),
    plot.axisX({ ...axis, label: `${x} →` }),
  ]
}

const LOG_TICKS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5]

function logFrame(plot: PlotLibrary, floor: number): readonly PlotMark[] {
  const ticks = Math.min(10, -floor)
  return [
    plot.gridY({ stroke: 'var(--line)', strokeOpacity: 1, ticks }),
    plot.axisY({
      ...axis,
      anchor: 'right',
      label: 'probability that no quorum is alive ↑',
      labelAnchor: 'top',
      tickFormat: depthText,
      ticks,
    }),
    plot.axisX({
      ...axis,
      label: 'probability that a node is down →',
      ticks: LOG_TICKS,
      text: null,
    }),
    // Written apart, as the axis itself would leave out what does not begin with 1 or 2.
    plot.text(
      LOG_TICKS.map((x) => ({ x, text: String(x) })),
      { ...axisName, x: 'x', text: 'text' },
    ),
  ]
}

function labelRoom(names: readonly string[]): number {
  const longest = names.reduce((most, text) => Math.max(most, shown(text, 40).length), 8)
  return Math.min(330, 30 + longest * LETTER)
}
