import { columns } from './visible.ts'

/** Rows of cells with their heading; the same for a terminal and for a document. */
export interface TextTable {
  readonly columns: readonly { readonly title: string; readonly align?: 'left' | 'right' }[]
  readonly rows: readonly (readonly string[])[]
}

/** Aligned by blanks, without lines: for a terminal. Every line begins with `indent`. */
export function alignedTable(table: TextTable, indent = '  '): string {
  const titles = table.columns.map(({ title }) => title)
  const right = table.columns.map(({ align }) => align === 'right')
  return alignedRows([titles, ...table.rows], indent, right)
}

/** Rows without a heading. */
export function alignedRows(
  rows: readonly (readonly string[])[],
  indent = '  ',
  right: readonly boolean[] = [],
): string {
  const count = rows.reduce((most, cells) => Math.max(most, cells.length), 0)
  const widths = Array.from({ length: count }, (_, column) =>
    rows.reduce((most, cells) => Math.max(most, columns(cells[column] ?? '')), 0),
  )
  return rows
    .map((cells) => {
      const padded = widths.map((width, column) => {
        const cell = cells[column] ?? ''
        const blanks = ' '.repeat(width - columns(cell))
        return right[column] === true ? blanks + cell : cell + blanks
      })
      return `${indent}${padded.join('  ').trimEnd()}\n`
    })
    .join('')
}

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
