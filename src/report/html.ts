import { visibleLines } from './visible.ts'

/**
 * Text that is markup already: made by the templates below and `trusted`; no JSON looks like it.
 */
export class Markup {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }
}

/**
 * What may stand in a hole of a template. Lists are joined; `false`, `null` and the like are ''.
 */
export type Hole = string | number | boolean | null | undefined | Markup | readonly Hole[]

/** Marks a text of our own as markup: a style sheet, a script. Never for text from a file. */
export function trusted(text: string): Markup {
  return new Markup(text)
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

/** Safe between tags and inside quoted attributes, in HTML and in XML. */
export function escapeMarkup(text: string): string {
  return visibleLines(text).replace(/[&<>"'`]/g, (character) => ESCAPES[character] ?? '')
}

/** HTML with everything in its holes escaped, unless it came from such a template itself. */
export function html(chunks: TemplateStringsArray, ...holes: readonly Hole[]): Markup {
  let text = chunks[0] ?? ''
  // The template's own words, without what was filled in: they decide where a hole is.
  let literal = text
  holes.forEach((hole, index) => {
    const chunk = chunks[index + 1] ?? ''
    text += fill(hole, literal) + chunk
    literal += HOLE + chunk
  })
  return new Markup(text)
}

/** The same rules serve SVG: what `html` writes is well-formed XML if the template is. */
export const svg = html

const HOLE = '\u0000'
const URL_ATTRIBUTES = /^(?:href|xlink:href|src|srcset|action|formaction|poster|data|cite|ping)$/i
const FORBIDDEN_ATTRIBUTES = /^(?:on.*|style|srcdoc)$/i

function fill(hole: Hole, before: string): string {
  const inQuotes = /([\w:-]+)\s*=\s*(?:"([^"<>]*)|'([^'<>]*))$/.exec(before)
  if (inQuotes !== null) {
    const name = inQuotes[1] ?? ''
    return attribute(name, inQuotes[2] ?? inQuotes[3] ?? '', hole)
  }
  const inTag = /<[^<>]*$/.test(before)
  const inRawText = /<(script|style)\b[^<>]*>(?![^]*<\/\1)/i.test(before)
  if (!inTag && !inRawText) return content(hole)
  if (isMarkupOnly(hole)) return content(hole)
  throw new Error(`only markup may stand after '${before.slice(-40)}'; put attributes in quotes`)
}

function attribute(name: string, prefix: string, hole: Hole): string {
  if (!isTextOnly(hole)) throw new Error(`the attribute '${name}' takes text, not markup`)
  if (FORBIDDEN_ATTRIBUTES.test(name)) throw new Error(`the attribute '${name}' takes no values`)
  const value = content(hole)
  if (!URL_ATTRIBUTES.test(name)) return value
  if (prefix === '') return isHarmless(String(hole)) ? value : '#'
  if (isHarmless(prefix)) return value
  throw new Error(`'${name}' must begin with one value, or with '#' or 'https://'`)
}

/** Links within the page and to the web; nothing that runs. */
function isHarmless(url: string): boolean {
  return /^(?:#|https?:\/\/)/i.test(url)
}

function content(hole: Hole): string {
  if (hole === null || hole === undefined || typeof hole === 'boolean') return ''
  if (hole instanceof Markup) return hole.toString()
  if (typeof hole === 'object') return hole.map(content).join('')
  return escapeMarkup(String(hole))
}

function isMarkupOnly(hole: Hole): boolean {
  if (Array.isArray(hole)) return (hole as readonly Hole[]).every(isMarkupOnly)
  return hole === null || hole === undefined || typeof hole === 'boolean' || hole instanceof Markup
}

function isTextOnly(hole: Hole): boolean {
  return hole === null || typeof hole !== 'object'
}
