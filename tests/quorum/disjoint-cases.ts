import { expect } from 'vitest'

import { Meter } from '../../src/core/budget.ts'
import { seeded } from '../../src/core/random.ts'
import { disjointQuorums } from '../../src/quorum/disjoint-quorums.ts'
import { searchDisjoint } from '../../src/quorum/disjoint-search.ts'
import type { Formula } from '../../src/quorum/formula.ts'
import type { QuorumSet } from '../../src/quorum/quorum-set.ts'
import { listOfQuorums } from '../../src/quorum/structures/list-of-quorums.ts'
import { quorumSetOf } from '../../src/quorum/structures/quorum-set-of.ts'
import { thresholdTree } from '../../src/quorum/structures/threshold-tree.ts'
import { maskOf, randomFormula, randomTree, tableOf } from './truth.ts'
import type { Table } from './truth.ts'

/** Two random sides, or a side and a near miss of its dual; answers what was right. */
export function compareDisjoint(seed: number): 'found' | 'none' {
  const random = seeded(seed)
  const size = random.int(1, 6)
  const weighted = seed % 3 === 0
  const make = (): Formula =>
    random.chance(1, 2)
      ? randomTree(random, size, weighted)
      : randomFormula(random, size, random.int(1, 9), weighted)
  const reads = quorumSetOf(make(), size)
  const other = random.chance(1, 3) ? make() : shifted(reads.dual().formula(), random.int(-1, 1))
  const writes = quorumSetOf(other, size)
  const found = disjointQuorums(reads, writes)
  const right = canMiss(tableOf(reads.formula(), size), tableOf(other, size)) ? 'found' : 'none'
  expect(found.outcome, `seed ${seed}`).toBe(right)
  if (found.outcome === 'found') expectPair(found.read, found.write, [reads, writes])
  return right
}

/** The search alone, without the shape and the lists that would answer before it. */
export function compareSearch(seed: number): void {
  const random = seeded(seed)
  const size = random.int(2, 8)
  const reads = thresholdTree(randomTree(random, size, seed % 2 === 0), size)
  const other = shifted(reads.dual().formula(), random.int(-1, 1))
  const writes = thresholdTree(other, size)
  const meter = new Meter({ steps: 1_000_000 })
  const found = searchDisjoint(reads, writes, meter, random.pick([1, 2, 100]))
  const truth = canMiss(tableOf(reads.formula(), size), tableOf(other, size))
  expect(typeof found, `seed ${seed}`).toBe(truth ? 'object' : 'string')
  if (typeof found === 'object') expectPair(found.read, found.write, [reads, writes])
  else expect(found).toBe('none')
}

/** Of most reads it is known that writes meet them: the search has to decide many nodes. */
export function compareLongSearch(seed: number): void {
  const random = seeded(seed)
  const size = 12
  const nodes = random.shuffle(Array.from({ length: size }, (_, node) => node))
  const groups: Formula[] = []
  while (nodes.length > 0) {
    const inputs = nodes.splice(0, random.int(2, 4))
    groups.push({ need: random.int(1, inputs.length), inputs })
  }
  const reads = thresholdTree({ need: random.int(1, 2), inputs: groups }, size)
  const quorums = [...reads.minimalQuorums()]
  const meeting = Array.from({ length: random.int(1, 8) }, () => {
    const members = new Set<number>([random.int(0, size - 1)])
    for (const quorum of random.shuffle(quorums)) {
      const met = quorum.some((member) => members.has(member))
      if (!met && !random.chance(1, 25)) members.add(random.pick([...quorum]))
    }
    return [...members]
  })
  const writes = listOfQuorums(meeting, size)
  const found = searchDisjoint(reads, writes, new Meter({ steps: 1_000_000 }), 1)
  const truth = quorums.some((quorum) => {
    const rest = new Uint8Array(size).fill(1)
    for (const member of quorum) rest[member] = 0
    return writes.holds(rest)
  })
  expect(typeof found, `seed ${seed}`).toBe(truth ? 'object' : 'string')
  if (typeof found === 'object') expectPair(found.read, found.write, [reads, writes])
}

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
