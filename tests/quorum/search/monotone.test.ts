import { describe, expect, it } from 'vitest'

import { monotoneFunctions } from '../../../src/quorum/search/monotone.ts'
import { PairMarks, renamings } from '../../../src/quorum/search/renaming.ts'

/** Functions of n nodes, and how many there are up to renaming of alike nodes. */
function counted(kinds: readonly number[]): { labelled: number; classes: number } {
  const halves = monotoneFunctions(kinds.length - 1)
  const names = renamings(halves, kinds)
  const marks = new PairMarks(halves.tables.length)
  let labelled = 0
  let classes = 0
  for (const [low, table] of halves.tables.entries()) {
    for (let high = low; high < halves.tables.length; high++) {
      if ((table & ~(halves.tables[high] ?? 0)) !== 0) continue
      labelled++
      if (marks.has(low, high)) continue
      classes++
      names.images(low, high, (a, b) => marks.add(a, b))
    }
  }
  return { labelled, classes }
}

describe('monotone functions', () => {
  it('are as many as Dedekind counted, and as many classes up to renaming', () => {
    expect([1, 2, 3, 4, 5].map((n) => counted(Array.from({ length: n }, () => 0)))).toEqual([
      { labelled: 3, classes: 3 },
      { labelled: 6, classes: 5 },
      { labelled: 20, classes: 10 },
      { labelled: 168, classes: 30 },
      { labelled: 7581, classes: 210 },
    ])
  })

  it('are all different where no nodes are alike', () => {
    expect(counted([0, 1, 2, 3])).toEqual({ labelled: 168, classes: 168 })
  })

  it('fall into the orbits that a count of fixed functions demands', () => {
    // Burnside: with two pairs of alike nodes, the mean number of functions that a renaming keeps.
    const halves = monotoneFunctions(3)
    const names = renamings(halves, [0, 0, 1, 1])
    let fixed = 0
    for (const [low, table] of halves.tables.entries()) {
      for (const [high, other] of halves.tables.entries()) {
        if ((table & ~other) !== 0) continue
        names.images(low, high, (a, b) => {
          if (a === low && b === high) fixed++
        })
      }
    }
    expect(counted([0, 0, 1, 1]).classes).toBe(fixed / names.count)
  })

  it('have duals that hold where the rest fails, and minimal sets', () => {
    const { tables, dual, minimal } = monotoneFunctions(4)
    for (const [f, table] of tables.entries()) {
      const holds = (of: number, set: number): boolean => (((tables[of] ?? 0) >>> set) & 1) === 1
      for (let set = 0; set < 16; set++) {
        expect(holds(dual[f] ?? 0, set)).toBe(!holds(f, 15 - set))
        const above = [...(minimal[f] ?? [])].some((least) => (least & ~set) === 0)
        expect(above).toBe(((table >>> set) & 1) === 1)
      }
      expect(dual[dual[f] ?? 0]).toBe(f)
    }
  })
})
