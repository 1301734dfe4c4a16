import { columns, wrap } from './visible.ts'

/** Rows of cells with their heading; the same for a terminal and for a document. */
export interface TextTable {
  readonly columns: readonly { readonly title: string; readonly align?: 'left' | 'right' }[]
  readonly rows: readonly (readonly string[])[]
}

/** Aligned by blanks, without lines: for a terminal. */
export function alignedTable(table: TextTable): string {
  const titles = table.columns.map(({ title }) => title)
  const right = table.columns.map(({ align }) => align === 'right')
  return alignedRows([titles, ...table.rows], { right })
}

/**
 * Rows without a heading. Where a `width` is given, the last column is wrapped so that lines are no
 * longer than that.
 */
export function alignedRows(
  rows: readonly (readonly string[])[],
  { right = [], width }: { readonly right?: readonly boolean[]; readonly width?: number } = {},
): string {
  const count = rows.reduce((most, cells) => Math.max(most, cells.length), 0)
  const widths = Array.from({ length: count }, (_, column) =>
    rows.reduce((most, cells) => Math.max(most, columns(cells[column] ?? '')), 0),
  )
  const before = widths.slice(0, -1).reduce((sum, each) => sum + each + 2, INDENT.length)
  const last = Math.max(NARROWEST, (width ?? Infinity) - before)
  return rows
    .map((cells) => {
      const padded = widths.map((most, column) => {
        const cell = cells[column] ?? ''
        if (column === count - 1 && width !== undefined) {
          return wrap(cell, last).join(`\n${' '.repeat(before)}`)
        }
        const blanks = ' '.repeat(most - columns(cell))
        return right[column] === true ? blanks + cell : cell + blanks
      })
      return `${INDENT}${padded.join('  ').trimEnd()}\n`
    })
    .join('')
}

const INDENT = '  '

/** A column is not made narrower, as then there would be a word a line. */
const NARROWEST = 30

/** The same as Markdown. */
export function markdownTable({ columns: heads, rows }: TextTable): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`
  const rule = heads.map(({ align }) => (align === 'right' ? '--:' : '---'))
  return [
    line(heads.map(({ title }) => title)),
    line(rule),
    ...rows.map((cells) => line(heads.map((_, column) => escaped(cells[column] ?? '')))),
  ].join('')
}

function escaped(cell: string): string {
  return cell.replace(/[\\|*_`<>[\]]/g, (character) => `\\${character}`)
}
