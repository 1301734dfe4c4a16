import { columns, visible, visibleLines } from '../report/visible.ts'

/** What a block prints. */
export type Printed =
  | { readonly type: 'text'; readonly text: string }
  /** `console.table`: a heading and rows of cells. */
  | { readonly type: 'table'; readonly rows: readonly (readonly Cell[])[] }
  /** An SVG document. */
  | { readonly type: 'figure'; readonly svg: string }

export interface Cell {
  readonly text: string
  /** Numbers stand at the right. */
  readonly number?: true
}

/** A picture beside the document. */
export interface Figure {
  /** Relative to the document: `figures/04-flp-1.svg`. */
  readonly path: string
  readonly svg: string
}

export const FIGURES = 'figures'

/** What blocks printed, as Markdown, and the pictures it refers to. */
export function outputsOf(
  name: string,
  blocks: readonly (readonly Printed[])[],
): { readonly outputs: readonly string[]; readonly figures: readonly Figure[] } {
  const figures: Figure[] = []
  const outputs = blocks.map((pieces) =>
    joined(pieces)
      .map((piece) => {
        if (piece.type === 'text') return fenced(piece.text)
        if (piece.type === 'table') return tableText(piece.rows)
        const path = `${FIGURES}/${name}-${figures.length + 1}.svg`
        figures.push({ path, svg: `${piece.svg.trim()}\n` })
        return `![${describing(piece.svg)}](${path})`
      })
      .filter((text) => text !== '')
      .join('\n\n'),
  )
  return { outputs, figures }
}

/** Texts that follow each other are one. */
function joined(pieces: readonly Printed[]): readonly Printed[] {
  const all: Printed[] = []
  for (const piece of pieces) {
    const last = all.at(-1)
    if (piece.type === 'text' && last?.type === 'text') {
      all[all.length - 1] = { type: 'text', text: last.text + piece.text }
    } else all.push(piece)
  }
  return all
}

/** In a fence that is longer than whatever looks like one in the text. */
function fenced(text: string): string {
  const lines = visibleLines(text)
    .split('\n')
    .map((line) => line.trimEnd())
  const inner = lines.join('\n').replace(/^\n+|\n+$/g, '')
  if (inner === '') return ''
  const longest = [...inner.matchAll(/^ *(`{3,})/gm)].reduce(
    (most, [, ticks = '']) => Math.max(most, ticks.length),
    2,
  )
  const fence = '`'.repeat(longest + 1)
  return `${fence}text\n${inner}\n${fence}`
}

/** As formatters write it: all cells of a column are equally wide. */
function tableText(rows: readonly (readonly Cell[])[]): string {
  const count = rows.reduce((most, row) => Math.max(most, row.length), 0)
  const texts = rows.map((row) =>
    Array.from({ length: count }, (_, column) => cellText(row[column]?.text ?? '')),
  )
  const right = Array.from({ length: count }, (_, column) =>
    rows.slice(1).every((row) => row[column]?.number === true || row[column]?.text === ''),
  )
  const widths = Array.from({ length: count }, (_, column) =>
    texts.reduce((most, row) => Math.max(most, columns(row[column] ?? '')), 3),
  )
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const padded = texts.map((row) =>
    row.map((text, column) => {
      const blanks = ' '.repeat((widths[column] ?? 0) - columns(text))
      return right[column] === true ? blanks + text : text + blanks
    }),
  )
  const rule = widths.map((width, column) =>
    right[column] === true ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width),
  )
  const [head = [], ...body] = padded
  return [head, rule, ...body].map(line).join('\n')
}

function cellText(text: string): string {
  return visible(text.replace(/\s+/g, ' ')).replace(
    /[\\|*_`<>[\]~]/g,
    (character) => `\\${character}`,
  )
}

/** What a picture says of itself to those who cannot see it. */
function describing(svg: string): string {
  const said =
    /^[^>]*\saria-label="([^"]*)"/.exec(svg.slice(svg.indexOf('<svg')))?.[1] ??
    /<title>([^<]*)<\/title>/.exec(svg)?.[1] ??
    'a figure'
  const plain = said
    .replace(/&(lt|gt|quot|amp|apos|#39|#45|#160);/g, (_, name: string) => ENTITIES[name] ?? ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return plain.replace(/[\\[\]*_`<>]/g, (character) => `\\${character}`)
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  amp: '&',
  apos: "'",
  '#39': "'",
  '#45': '-',
  '#160': ' ',
}
