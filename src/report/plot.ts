import type { Markup } from './html.ts'
import { trusted } from './html.ts'

/**
 * Plots by Observable Plot in the document of linkedom, as markup for a page. Both are loaded when
 * the first plot is drawn, and this is the only file that knows them: their types need the library
 * of a browser, so the few calls that are made are written down here.
 */
export interface PlotLibrary {
  line(data: readonly object[], options: MarkOptions): PlotMark
  dot(data: readonly object[], options: MarkOptions): PlotMark
  text(data: readonly object[], options: MarkOptions): PlotMark
  link(data: readonly object[], options: MarkOptions): PlotMark
  rect(data: readonly object[], options: MarkOptions): PlotMark
  ruleX(data: readonly object[], options: MarkOptions): PlotMark
  ruleY(data: readonly object[], options: MarkOptions): PlotMark
  axisX(options: MarkOptions): PlotMark
  axisY(options: MarkOptions): PlotMark
  gridX(options: MarkOptions): PlotMark
  gridY(options: MarkOptions): PlotMark
}

/** Opaque: made by the library, given back to it. */
export interface PlotMark {
  readonly render: unknown
}

export type MarkOptions = Readonly<Record<string, unknown>>

export interface Scale {
  readonly domain: readonly number[]
  readonly type?: 'linear' | 'log'
}

export interface PlotParts {
  readonly width: number
  readonly height: number
  readonly margin: Margin
  readonly x: Scale
  readonly y: Scale
  readonly marks: (plot: PlotLibrary) => readonly PlotMark[]
  /** What it shows, for those who cannot see it. */
  readonly label: string
}

export interface Margin {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

interface Drawn {
  readonly tagName: string
  readonly outerHTML: string
  setAttribute(name: string, value: string): void
}

interface Dom {
  parseHTML(html: string): { readonly document: unknown }
}

interface Library extends PlotLibrary {
  plot(options: object): Drawn
}

/** The plot as an `svg` element of class `plot`; how it looks is in the style of the page. */
export async function drawPlot(parts: PlotParts): Promise<Markup> {
  const { width, height, margin, marks, label } = parts
  const { library, document } = await loaded()
  const drawn = library.plot({
    document,
    width,
    height,
    marginLeft: margin.left,
    marginRight: margin.right,
    marginTop: margin.top,
    marginBottom: margin.bottom,
    className: 'plot',
    ariaLabel: label,
    // Axes are marks like the others, so that a plot says itself what stands on them.
    x: { type: 'linear', ...parts.x, axis: null },
    y: { type: 'linear', ...parts.y, axis: null },
    marks: marks(library),
  })
  if (drawn.tagName.toLowerCase() !== 'svg') throw new Error('a legend has turned up')
  drawn.setAttribute('role', 'img')
  // Rules of style inside would be refused by the security policy of the page.
  return trusted(drawn.outerHTML.replace(/<style>[^]*?<\/style>/g, ''))
}

/** Where a value stands on the drawing, in pixels from the left or from the top. */
export function pixels(parts: Pick<PlotParts, 'width' | 'height' | 'margin' | 'x' | 'y'>): {
  readonly x: (value: number) => number
  readonly y: (value: number) => number
  readonly valueOfY: (pixel: number) => number
  readonly valueOfX: (pixel: number) => number
} {
  const { width, height, margin } = parts
  const x = linear(parts.x, margin.left, width - margin.right)
  const y = linear(parts.y, height - margin.bottom, margin.top)
  return { x: x.forth, y: y.forth, valueOfX: x.back, valueOfY: y.back }
}

function linear(
  { domain, type }: Scale,
  start: number,
  end: number,
): { forth: (value: number) => number; back: (pixel: number) => number } {
  const inner = type === 'log' ? Math.log10 : (value: number): number => value
  const outer = type === 'log' ? (value: number): number => 10 ** value : (value: number) => value
  const [first = 0, last = 1] = domain.map(inner)
  const span = last - first
  return {
    forth: (value) => start + ((inner(value) - first) / span) * (end - start),
    back: (pixel) => outer(first + ((pixel - start) / (end - start)) * span),
  }
}

let library: Promise<{ library: Library; document: unknown }> | undefined

function loaded(): Promise<{ library: Library; document: unknown }> {
  library ??= (async () => {
    const [plot, dom] = await Promise.all([import('@observablehq/plot'), import('linkedom')])
    const { parseHTML } = dom as unknown as Dom
    const { document } = parseHTML('<!doctype html><html><body></body></html>')
    return { library: plot as unknown as Library, document }
  })()
  return library
}

/** Plots share their colours with the frame of the page. */
export function plotStyle(): string {
  const rules = (colours: readonly string[]): string =>
    colours.map((colour, index) => `--series-${index}:${colour};`).join('')
  return `:root{${rules(LIGHT)}}
@media screen and (prefers-color-scheme: dark){:root{${rules(DARK)}}}
.plot{display:block;max-width:100%;height:auto;font-size:11.5px;color:var(--ink)}
.plot text{white-space:pre}
.plot .name{font-weight:600}`
}

/**
 * Told apart by every kind of colour blindness, on both backgrounds; a ninth series begins again
 * with dashes (Okabe and Ito 2008, darkened and lightened to be read as text).
 */
const LIGHT = [
  '#0a5aa8',
  '#b93c00',
  '#00755a',
  '#a3458a',
  '#7a6200',
  '#0083a8',
  '#58626d',
  '#c0203a',
]
const DARK = [
  '#5aaefc',
  '#ff9550',
  '#2fc49b',
  '#e391c4',
  '#dcc04a',
  '#6ed3f0',
  '#aab4be',
  '#ff7d8c',
]

const DASHES = ['', '6 3', '2 3'] as const

/** The colour of a series, as a value of an attribute. */
export function seriesColour(index: number): string {
  return `var(--series-${index % LIGHT.length})`
}

/** The dashes of a series; `undefined` for a whole line. */
export function seriesDash(index: number): string | undefined {
  const dash = DASHES[Math.floor(index / LIGHT.length) % DASHES.length]
  return dash === '' ? undefined : dash
}
