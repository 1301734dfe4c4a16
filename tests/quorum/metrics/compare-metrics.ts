import { expect } from 'vitest'

import { Meter } from '../../../src/core/budget.ts'
import type { Random } from '../../../src/core/random.ts'
import { byzantineClass } from '../../../src/quorum/metrics/byzantine.ts'
import { decisionDiagram } from '../../../src/quorum/metrics/decision-diagram.ts'
import { diagramFailure } from '../../../src/quorum/metrics/diagram-chance.ts'
import { chancesOf } from '../../../src/quorum/metrics/diagram-question.ts'
import { domination } from '../../../src/quorum/metrics/domination.ts'
import { failureProbability } from '../../../src/quorum/metrics/failure-probability.ts'
import { downOf, hazardsOf, membersOf } from '../../../src/quorum/metrics/hazards.ts'
import { liveSetCounts } from '../../../src/quorum/metrics/live-set-counts.ts'
import { minimalQuorumCount } from '../../../src/quorum/metrics/minimal-quorum-count.ts'
import { nodeImportance } from '../../../src/quorum/metrics/node-importance.ts'
import { resilience } from '../../../src/quorum/metrics/resilience.ts'
import { smallestQuorum } from '../../../src/quorum/metrics/smallest-quorum.ts'
import { treeFailure } from '../../../src/quorum/metrics/tree-failure.ts'
import { readOnceTree } from '../../../src/quorum/metrics/tree-odds.ts'
import { zonedFailure } from '../../../src/quorum/metrics/zone-states.ts'
import type { QuorumSet } from '../../../src/quorum/quorum-set.ts'
import { systemOf } from '../../../src/quorum/system.ts'
import type { QuorumSystem } from '../../../src/quorum/system.ts'
import { bitsOf, dualTable, maskOf, minimalMasks, tableOf } from '../truth.ts'
import type { Table } from '../truth.ts'
import {
  enumeratedFailure,
  randomChances,
  randomSide,
  systemFor,
  zoneOptions,
} from './enumeration.ts'

/** Each metric against its definition, on one random system; shared by fast tests and campaigns. */

export function coterie(set: QuorumSet): QuorumSystem {
  return systemOf({ name: set.structure, size: set.size, reads: set, writes: set })
}

/** As close as sums of many doubles come. */
export function expectClose(found: number, wanted: number): void {
  expect(Math.abs(found - wanted)).toBeLessThanOrEqual(1e-12 * wanted)
}

export function compareFractions(random: Random): void {
  const size = random.int(1, 7)
  const reads = randomSide(random, size)
  const dual = { set: reads.set.dual(), table: dualTable(reads.table) }
  const writes = random.chance(1, 3) ? dual : randomSide(random, size)
  const chances = randomChances(random, size)
  const system = systemFor(reads.set, writes.set, chances)
  const zones = zoneOptions(chances)
  const both = reads.table.map((read, live) => Math.min(read, writes.table[live]!))
  const sides: readonly (readonly ['read' | 'write' | 'both', Table])[] = [
    ['read', reads.table],
    ['write', writes.table],
    ['both', both],
  ]
  for (const [side, table] of sides) {
    const found = failureProbability(system, { zones, side })
    expect(found.exact?.toString()).toBe(enumeratedFailure(table, chances).toString())
    expect(found.quality).toBe('exact')
  }
}

export function compareDoubles(random: Random): void {
  const size = random.int(1, 8)
  const { set, table } = randomSide(random, size)
  const chances = randomChances(random, size)
  const system = systemFor(set, set, chances)
  const hazards = hazardsOf(system, { zones: zoneOptions(chances) })
  const wanted = enumeratedFailure(table, chances).toNumber()
  const found = decisionDiagram([set], membersOf(hazards), 1e6, new Meter())!
  expectClose(diagramFailure(found.diagram, chancesOf(found, hazards)).value, wanted)
  const tree = readOnceTree(set)
  if (tree === undefined) return
  const own = { ...hazards, zones: [] }
  const bare = enumeratedFailure(table, { ...chances, zones: [] }).toNumber()
  expectClose(treeFailure(tree, downOf(own)).value, bare)
  expectClose(zonedFailure((down) => treeFailure(tree, down), hazards)!.value, wanted)
}

export function sizeOf(mask: number): number {
  return bitsOf(mask).length
}

function least(table: Table): number {
  return Math.min(...minimalMasks(table).map(sizeOf))
}

/** Whether any two quorums have a node in common. */
export function intersects(table: Table): boolean {
  return table.every((live, mask) => live === 0 || table[table.length - 1 - mask] === 0)
}

function isOwnDual(table: Table): boolean {
  return dualTable(table).every((live, mask) => live === table[mask])
}

export function compareCounts(random: Random): void {
  const size = random.int(1, 7)
  const reads = randomSide(random, size)
  const writes = randomSide(random, size)
  const system = systemOf({ name: 'random', size, reads: reads.set, writes: writes.set })
  const dead = [reads, writes].map(({ table }) => least(dualTable(table)) - 1)
  expect(resilience(system)).toMatchObject({
    read: dead[0],
    write: dead[1],
    both: Math.min(...dead),
    quality: 'exact',
  })
  const smallest = smallestQuorum(system)
  expect(smallest).toMatchObject({ read: least(reads.table), write: least(writes.table) })
  expect(minimalQuorumCount(reads.set)).toBe(BigInt(minimalMasks(reads.table).length))
  const both = reads.table.map((read, live) => Math.min(read, writes.table[live]!))
  expect(liveSetCounts(system).counts).toEqual(countedSets(both, size))
  expect(liveSetCounts(system, { side: 'read' }).counts).toEqual(countedSets(reads.table, size))
}

function countedSets(table: Table, size: number): bigint[] {
  const counts = Array.from({ length: size + 1 }, () => 0n)
  for (const [live, holds] of table.entries()) if (holds === 1) counts[sizeOf(live)]!++
  return counts
}

export function compareImportance(random: Random): void {
  const size = random.int(1, 6)
  const { set, table } = randomSide(random, size)
  const chances = randomChances(random, size)
  const system = systemFor(set, set, chances)
  const { values } = nodeImportance(system, { zones: zoneOptions(chances) })
  for (let node = 0; node < size; node++) {
    const given = (tenths: number) => {
      const own = chances.own.map((down, other) => (other === node ? tenths : down))
      return enumeratedFailure(table, { ...chances, own })
    }
    expect(values[node]).toBeCloseTo(given(10).minus(given(0)).toNumber(), 12)
  }
}

/** Answers whether the tree is a coterie that is dominated. */
export function compareDomination(random: Random): boolean {
  const { set, table } = randomSide(random, random.int(1, 7))
  if (set.structure !== 'threshold tree' || !intersects(table)) return false
  const found = domination(coterie(set))
  expect(found.method).toBe('each gate of the tree by itself')
  expect(found.dominated).toBe(!isOwnDual(table))
  if (found.witness === undefined) return false
  expectUndecided(table, found.witness)
  expectRepaired(table, found.repair!.reads, found.repair!.complete)
  return true
}

export function expectUndecided(table: Table, witness: Int32Array): void {
  const mask = maskOf(witness)
  expect(table[mask]).toBe(0)
  expect(table[table.length - 1 - mask]).toBe(0)
}

export function expectRepaired(before: Table, set: QuorumSet, complete: boolean): void {
  const after = tableOf(set.formula(), set.size)
  expect(before.every((live, mask) => live <= after[mask]!)).toBe(true)
  expect(intersects(after)).toBe(true)
  expect(isOwnDual(after)).toBe(complete)
}

export function compareByzantine(random: Random): void {
  const size = random.int(2, 7)
  const { set, table } = randomSide(random, size)
  // Each minimal quorum and each of its nodes have a set of the dual that meets it only there.
  const pair = systemOf({ name: 'random', size, reads: set, writes: set.dual() })
  const found = byzantineClass(pair)
  expect(found.overlap).toEqual({ lower: 1, upper: 1 })
  expect(found.disseminates).toBe(0)
  if (!intersects(table)) return
  const quorums = minimalMasks(table)
  const overlap = Math.min(...quorums.flatMap((one) => quorums.map((other) => sizeOf(one & other))))
  const f = least(dualTable(table)) - 1
  const own = byzantineClass(coterie(set))
  expect(own.overlap).toEqual({ lower: overlap, upper: overlap })
  expect(own.disseminates).toBe(Math.min(overlap - 1, f))
  expect(own.masks).toBe(Math.min(Math.floor((overlap - 1) / 2), f))
}
