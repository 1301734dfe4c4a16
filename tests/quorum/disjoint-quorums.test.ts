import { describe, expect, it } from 'vitest'

import { Meter } from '../../src/core/budget.ts'
import { seeded } from '../../src/core/random.ts'
import { disjointQuorums } from '../../src/quorum/disjoint-quorums.ts'
import { searchDisjoint } from '../../src/quorum/disjoint-search.ts'
import { allOf, anyOf } from '../../src/quorum/formula.ts'
import type { Formula } from '../../src/quorum/formula.ts'
import type { QuorumSet } from '../../src/quorum/quorum-set.ts'
import { quorumSetOf } from '../../src/quorum/structures/quorum-set-of.ts'
import { thresholdTree } from '../../src/quorum/structures/threshold-tree.ts'
import { maskOf, randomFormula, randomTree, tableOf } from './truth.ts'
import type { Table } from './truth.ts'

/** Whether some live set and its complement are quorums of one side each. */
function canMiss(reads: Table, writes: Table): boolean {
  return reads.some((bit, live) => bit === 1 && writes[writes.length - 1 - live] === 1)
}

function expectPair(read: Int32Array, write: Int32Array, sides: readonly QuorumSet[]): void {
  const alive = (members: Int32Array): Uint8Array => {
    const marks = new Uint8Array(sides[0]?.size ?? 0)
    for (const member of members) marks[member] = 1
    return marks
  }
  expect(maskOf(read) & maskOf(write)).toBe(0)
  expect([sides[0]?.holds(alive(read)), sides[1]?.holds(alive(write))]).toEqual([true, true])
}

/** Made harder, or easier, to satisfy at one gate: the dual of it is a near miss. */
function shifted(formula: Formula, by: number): Formula {
  if (typeof formula === 'number') return formula
  const total = formula.weights?.reduce((sum, weight) => sum + weight, 0) ?? formula.inputs.length
  return { ...formula, need: Math.min(Math.max(formula.need + by, 1), total) }
}

describe('whether every read quorum meets every write quorum', () => {
  it('is decided as by looking at every set, and two that do not meet are shown', () => {
    const counts = { none: 0, found: 0, unknown: 0 }
    for (let seed = 0; seed < 900; seed++) {
      const random = seeded(seed)
      const size = random.int(1, 6)
      const weighted = seed % 3 === 0
      const make = (): Formula =>
        random.chance(1, 2)
          ? randomTree(random, size, weighted)
          : randomFormula(random, size, random.int(1, 9), weighted)
      const reads = quorumSetOf(make(), size)
      const other = random.chance(1, 3)
        ? make()
        : shifted(reads.dual().formula(), random.int(-1, 1))
      const writes = quorumSetOf(other, size)
      const found = disjointQuorums(reads, writes)
      counts[found.outcome]++
      const truth = canMiss(tableOf(reads.formula(), size), tableOf(other, size))
      expect(found.outcome, `seed ${seed}`).toBe(truth ? 'found' : 'none')
      if (found.outcome === 'found') expectPair(found.read, found.write, [reads, writes])
    }
    expect(Math.min(counts.none, counts.found)).toBeGreaterThan(200)
  })

  it('is decided by search alone as by looking at every set', () => {
    for (let seed = 0; seed < 500; seed++) {
      const random = seeded(seed)
      const size = random.int(2, 7)
      const reads = thresholdTree(randomTree(random, size, seed % 2 === 0), size)
      const other = shifted(reads.dual().formula(), random.int(-1, 1))
      const writes = thresholdTree(other, size)
      const found = searchDisjoint(reads, writes, new Meter({ steps: 1_000_000 }))
      const truth = canMiss(tableOf(reads.formula(), size), tableOf(other, size))
      expect(typeof found, `seed ${seed}`).toBe(truth ? 'object' : 'string')
      if (typeof found === 'object') expectPair(found.read, found.write, [reads, writes])
      else expect(found).toBe('none')
    }
  })

  it('is seen from the shape of a tree of a hundred thousand nodes', () => {
    const size = 100_001
    const nodes = Array.from({ length: size }, (_, node) => node)
    const reads = thresholdTree({ need: 40_000, inputs: nodes }, size)
    const writes = thresholdTree({ need: 60_002, inputs: nodes.toReversed() }, size)
    expect(disjointQuorums(reads, writes)).toEqual({ outcome: 'none', method: 'shape' })
    const fewer = thresholdTree({ need: 60_001, inputs: nodes }, size)
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

  it('is decided by prices where the shapes differ, and says at which bound it was given up', () => {
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
