import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { consensus } from '../../checkers/consensus.ts'
import { counterBounds } from '../../checkers/counter-bounds.ts'
import { counterFinal } from '../../checkers/counter-final.ts'
import { directTable } from '../../checkers/direct-table.ts'
import { echo } from '../../checkers/echo.ts'
import { eventual } from '../../checkers/eventual.ts'
import { leader } from '../../checkers/leader.ts'
import { mutualExclusion } from '../../checkers/mutual-exclusion.ts'
import { setFull } from '../../checkers/set-full.ts'
import { strongEventual } from '../../checkers/strong-eventual.ts'
import { totalOrder } from '../../checkers/total-order.ts'
import { uniqueIds } from '../../checkers/unique-ids.ts'

const conditions = [
  uniqueIds,
  counterBounds,
  counterFinal,
  echo,
  setFull,
  mutualExclusion,
  leader,
  consensus,
  totalOrder,
  eventual,
  strongEventual,
]

describe('the table of direct conditions in docs/history.md', () => {
  it('is what the conditions say', () => {
    const page = readFileSync(new URL('../../docs/history.md', import.meta.url), 'utf8')
    const [, section = ''] = /<!-- direct -->([^]*)<!-- \/direct -->/.exec(page) ?? []
    expect(tidy(section)).toContain(tidy(directTable(conditions)))
  })
})

/** Prettier pads the cells of tables. */
function tidy(text: string): string {
  return text.trim().replace(/ {2,}/g, ' ').replace(/-{3,}/g, '---')
}
