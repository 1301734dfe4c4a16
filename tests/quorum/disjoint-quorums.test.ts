import { describe, expect, it } from 'vitest'

import { Meter } from '../../src/core/budget.ts'
import { disjointQuorums } from '../../src/quorum/disjoint-quorums.ts'
import { searchDisjoint } from '../../src/quorum/disjoint-search.ts'
import { allOf, anyOf } from '../../src/quorum/formula.ts'
import { quorumSetOf } from '../../src/quorum/structures/quorum-set-of.ts'
import { thresholdTree } from '../../src/quorum/structures/threshold-tree.ts'
import { compareDisjoint, compareLongSearch, compareSearch } from './disjoint-cases.ts'

describe('whether every read quorum meets every write quorum', () => {
  it('is decided as by looking at every set, and two that do not meet are shown', () => {
    const counts = { none: 0, found: 0 }
    for (let seed = 0; seed < 450; seed++) counts[compareDisjoint(seed)]++
    expect(Math.min(counts.none, counts.found)).toBeGreaterThan(100)
  })

  it('is decided by search alone as by looking at every set', () => {
    for (let seed = 0; seed < 250; seed++) compareSearch(seed)
    for (let seed = 0; seed < 100; seed++) compareLongSearch(seed)
  })

  it('is seen from the shape of a tree of twenty thousand nodes', () => {
    const size = 20_001
    const nodes = Array.from({ length: size }, (_, node) => node)
    const reads = thresholdTree({ need: 8_000, inputs: nodes }, size)
    const writes = thresholdTree({ need: 12_002, inputs: nodes.toReversed() }, size)
    expect(disjointQuorums(reads, writes)).toEqual({ outcome: 'none', method: 'shape' })
    const first = thresholdTree(0, 2)
    const second = thresholdTree(1, 2)
    expect(disjointQuorums(first, second).outcome).toBe('found')
    expect(disjointQuorums(first, thresholdTree(0, 2))).toMatchObject({ method: 'shape' })
    const fewer = thresholdTree({ need: 12_001, inputs: nodes }, size)
    expect(disjointQuorums(reads, fewer).outcome).toBe('found')
  })

  it('is decided for the rows of a grid and what has one of each row', () => {
    const rows = Array.from({ length: 8 }, (_, row) =>
      Array.from({ length: 8 }, (_, column) => 8 * row + column),
    )
    const reads = quorumSetOf(anyOf(rows.map(allOf)), 64)
    const covers = quorumSetOf(allOf(rows.map(anyOf)), 64)
    expect(searchDisjoint(reads, covers, new Meter({ steps: 10_000_000 }))).toBe('none')
    const columns = rows.map((_, column) => rows.map((row) => row[column] as number))
    const lines = quorumSetOf(anyOf([...rows, ...columns].map(allOf)), 64)
    expect(disjointQuorums(lines, lines).outcome).toBe('found')
    const crosses = { need: 2, inputs: [anyOf(rows.map(allOf)), anyOf(columns.map(allOf))] }
    const grid = quorumSetOf(crosses, 64)
    expect(disjointQuorums(grid, grid)).toEqual({ outcome: 'none', method: 'each quorum' })
  })

  it('is decided by prices where the shapes differ, and says at which bound it gave up', () => {
    const groups = [0, 1, 2, 3, 4].map((group) => ({
      need: 3,
      inputs: Array.from({ length: 7 }, (_, member) => 7 * group + member),
    }))
    const all = Array.from({ length: 35 }, (_, node) => node)
    const reads = thresholdTree({ need: 3, inputs: groups }, 35)
    const writes = thresholdTree({ need: 27, inputs: all }, 35)
    expect(disjointQuorums(reads, writes)).toEqual({ outcome: 'none', method: 'search' })
    expect(disjointQuorums(reads, writes, { steps: 10 })).toEqual({
      outcome: 'unknown',
      limit: '10 steps',
    })
    const fewer = thresholdTree({ need: 26, inputs: all }, 35)
    expect(disjointQuorums(reads, fewer).outcome).toBe('found')
  })
})
