import type { Hole } from './html.ts'
import { Markup, escapeMarkup, svg } from './html.ts'

/** Numbers are lengths and rounded to a hundredth; what is `undefined` or `false` is left out. */
export type Attributes = Readonly<Record<string, string | number | undefined | false>>

/** Names are our own words; what runs code or fetches something is no shape. */
const ATTRIBUTE = /^(?!on|href|style|src)[a-z][\w:-]*$/i

/** One element of SVG. Values and content are escaped, as in the `svg` template. */
export function element(name: string, attributes: Attributes, ...content: readonly Hole[]): Markup {
  let start = `<${name}`
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value === undefined || value === false || value === '') continue
    if (!ATTRIBUTE.test(attribute)) throw new Error(`no attribute of a shape: '${attribute}'`)
    const text = typeof value === 'number' ? px(value) : escapeMarkup(value)
    start += ` ${attribute}="${text}"`
  }
  if (content.length === 0) return new Markup(`${start}/>`)
  return new Markup(`${start}>${svg`${content}`.toString()}</${name}>`)
}

/** Two decimals are a hundredth of a pixel. */
export function px(value: number): string {
  return String(Math.round(value * 100) / 100)
}

/** A place along the axis: a page with zoom finds it in `data-x` and moves the element. */
export function placed(x: number, y = 0): Attributes {
  return { 'data-x': x, 'data-y': y, transform: `translate(${px(x)} ${px(y)})` }
}

/** A rectangle that grows along the axis with the zoom. */
export function stretched(x: number, width: number): Attributes {
  return { 'data-x': x, 'data-w': width, x, width }
}

/** A line along the axis that grows with the zoom. */
export function stretchedLine(x: number, width: number, y: number): Attributes {
  return { 'data-x': x, 'data-w': width, x1: x, x2: x + width, y1: y, y2: y }
}
