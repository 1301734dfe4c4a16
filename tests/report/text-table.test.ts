import { describe, expect, it } from 'vitest'

import { alignedTable, markdownTable } from '../../src/report/text-table.ts'

const table = {
  columns: [{ title: 'system' }, { title: 'load', align: 'right' as const }, { title: '' }],
  rows: [
    ['grid', '9/25', ''],
    ['四', '1', 'a|b *c*'],
  ],
}

describe('a table', () => {
  it('is aligned by blanks, also where letters are wide', () => {
    expect(alignedTable(table)).toBe('  system  load\n  grid    9/25\n  四         1  a|b *c*\n')
  })

  it('is Markdown in which no text of a cell means anything else', () => {
    expect(markdownTable(table)).toBe(
      '| system | load |  |\n| --- | --: | --- |\n| grid | 9/25 |  |\n| 四 | 1 | a\\|b \\*c\\* |\n',
    )
  })
})
