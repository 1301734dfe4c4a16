import { describe, expect, it } from 'vitest'

import { seeded } from '../../../src/core/random.ts'
import { assemblyTime } from '../../../src/quorum/metrics/assembly-time.ts'
import { byzantineClass } from '../../../src/quorum/metrics/byzantine.ts'
import { domination } from '../../../src/quorum/metrics/domination.ts'
import { liveSetCounts } from '../../../src/quorum/metrics/live-set-counts.ts'
import { minimalQuorumCount } from '../../../src/quorum/metrics/minimal-quorum-count.ts'
import { nodeImportance } from '../../../src/quorum/metrics/node-importance.ts'
import { outages } from '../../../src/quorum/metrics/outages.ts'
import { resilience } from '../../../src/quorum/metrics/resilience.ts'
import { smallestQuorum } from '../../../src/quorum/metrics/smallest-quorum.ts'
import { toleratedFailures } from '../../../src/quorum/metrics/tolerated-failures.ts'
import { Rational } from '../../../src/quorum/rational.ts'
import { bGrid } from '../../../src/quorum/structures/b-grid.ts'
import { grid } from '../../../src/quorum/structures/grid.ts'
import { generalFormula } from '../../../src/quorum/structures/general-formula.ts'
import { listOfQuorums } from '../../../src/quorum/structures/list-of-quorums.ts'
import { thresholdTree } from '../../../src/quorum/structures/threshold-tree.ts'
import { systemOf } from '../../../src/quorum/system.ts'
import type { QuorumSet } from '../../../src/quorum/quorum-set.ts'
import type { QuorumSystem } from '../../../src/quorum/system.ts'
import { bitsOf, dualTable, maskOf, minimalMasks, monotoneTables, tableOf } from '../truth.ts'
import type { Table } from '../truth.ts'
import {
  enumeratedFailure,
  flatFormula,
  randomChances,
  randomSide,
  systemFor,
  zoneOptions,
} from './enumeration.ts'

function coterie(set: QuorumSet): QuorumSystem {
  return systemOf({ name: set.structure, size: set.size, reads: set, writes: set })
}

function threshold(need: number, size: number): QuorumSystem {
  return coterie(thresholdTree(flatFormula(need, size), size))
}

const sizeOf = (mask: number): number => bitsOf(mask).length

function least(table: Table): number {
  return Math.min(...minimalMasks(table).map(sizeOf))
}

function intersects(table: Table): boolean {
  return table.every((live, mask) => live === 0 || table[table.length - 1 - mask] === 0)
}

describe('smallest quorums, resilience and counts', () => {
  it('are those of the definition for every kind of set', () => {
    const random = seeded(11)
    for (let round = 0; round < 150; round++) {
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
      const counts = Array.from({ length: size + 1 }, () => 0n)
      for (const [live, holds] of reads.table.entries()) {
        if (holds === 1 && writes.table[live] === 1) counts[sizeOf(live)]!++
      }
      expect(liveSetCounts(system).counts).toEqual(counts)
    }
  })

  it('counts complementary live sets of self-dual coteries once', () => {
    const fano = [0, 1, 2, 3, 4, 5, 6].map((shift) => [0, 1, 3].map((node) => (node + shift) % 7))
    const { counts } = liveSetCounts(coterie(listOfQuorums(fano, 7)))
    expect(counts).toEqual([0n, 0n, 0n, 7n, 28n, 21n, 7n, 1n])
    expect(counts.map((count, place) => count + counts[7 - place]!)).toEqual([
      1n,
      7n,
      21n,
      35n,
      35n,
      21n,
      7n,
      1n,
    ])
  })

  it('refuses to count what would take too long, and names what does not', () => {
    const big = coterie(generalFormula(grid({ rows: 20, columns: 20 }).formula(), 400))
    expect(() => liveSetCounts(big)).toThrow('the live sets of 400 nodes cannot be counted')
  })
})

describe('the time to assemble a quorum', () => {
  it('is the mean over all orders of answers', () => {
    const random = seeded(12)
    for (let round = 0; round < 100; round++) {
      const size = random.int(1, 5)
      const { set, table } = randomSide(random, size)
      expect(String(assemblyTime(coterie(set)).exact)).toBe(String(meanOverOrders(table, size)))
    }
    expect(String(assemblyTime(threshold(3, 5)).exact)).toBe('47/60')
    expect(String(assemblyTime(coterie(grid({ rows: 3, columns: 3 }))).exact)).toBe('368/315')
  })

  it('is bounded where live sets cannot be counted', () => {
    const big = assemblyTime(coterie(bGrid({ d: 10, h: 8, r: 4 })))
    expect(big.quality).toBe('bounds')
    expect(big.lower).toBeLessThan(big.upper)
    expect(big.upper / big.lower).toBeLessThan(1.1)
    const flat = assemblyTime(threshold(5_000, 9_999))
    expect(flat.value).toBeCloseTo(Math.log(2), 3)
  })
})

/** Node by node: with i answers the next one comes after 1 / (n - i) on average. */
function meanOverOrders(table: Table, size: number, answered = 0): Rational {
  if (table[answered] === 1) return Rational.zero
  const open = Array.from({ length: size }, (_, node) => 1 << node).filter(
    (bit) => (answered & bit) === 0,
  )
  const rests = open.map((bit) => meanOverOrders(table, size, answered | bit))
  const sum = rests.reduce((total, rest) => total.plus(rest), Rational.one)
  return sum.over(Rational.from(open.length))
}

describe('the importance of nodes', () => {
  it('is what each node changes, for every kind of set, with zones', () => {
    const random = seeded(13)
    for (let round = 0; round < 200; round++) {
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
  })

  it('is the Banzhaf power when nodes are down half of the time', () => {
    const weighted = thresholdTree({ need: 4, inputs: [0, 1, 2, 3], weights: [3, 2, 1, 1] }, 4)
    const { values } = nodeImportance(coterie(weighted), { down: 1 / 2 })
    expect([...values]).toEqual([6 / 8, 2 / 8, 2 / 8, 2 / 8])
  })

  it('of one node tells that of all in a grid', () => {
    const shape = grid({ rows: 4, columns: 4 })
    const closed = nodeImportance(coterie(shape), { down: 0.1 })
    const diagram = nodeImportance(coterie(generalFormula(shape.formula(), 16)), { down: 0.1 })
    expect(closed.method).toBe('closed form')
    expect(diagram.method).toBe('decision diagram')
    for (const [node, value] of closed.values.entries()) {
      expect(value).toBeCloseTo(diagram.values[node]!, 12)
    }
  })
})

describe('outages', () => {
  it('of a single node are the failures of that node', () => {
    const { frequency, duration, between } = outages(threshold(1, 1), {
      down: 0.2,
      repairTime: 2,
    })
    expect(frequency).toBeCloseTo(0.1, 12)
    expect(duration).toBeCloseTo(2, 12)
    expect(between).toBeCloseTo(8, 12)
  })

  it('of two nodes of which one is enough need both, and end when the first is back', () => {
    const { frequency, duration } = outages(threshold(1, 2), { down: 0.1, repairTime: 1 })
    expect(frequency).toBeCloseTo(2 * 0.1 * 0.1, 12)
    expect(duration).toBeCloseTo(0.5, 12)
  })

  it('need a repair time', () => {
    expect(() => outages(threshold(1, 1), { down: 0.1, repairTime: 0 })).toThrow('not positive')
  })
})

describe('domination', () => {
  it('is found for coteries of up to five nodes, with a witness and a repair', () => {
    for (const size of [1, 2, 3, 4, 5]) {
      const coteries = monotoneTables(size).filter(intersects)
      for (const table of coteries.filter((_, place) => size < 5 || place % 15 === 0)) {
        const list = listOfQuorums(minimalMasks(table).map(bitsOf), size)
        const own = dualTable(table).every((live, mask) => live === table[mask])
        const found = domination(coterie(list))
        expect(found.dominated).toBe(!own)
        if (found.witness === undefined) continue
        expectUndecided(table, found.witness)
        expectRepaired(table, found.repair!.reads, found.repair!.complete)
      }
    }
  })

  it('is found gate by gate in trees', () => {
    const random = seeded(14)
    let dominated = 0
    for (let round = 0; round < 1_500; round++) {
      const size = random.int(1, 7)
      const { set, table } = randomSide(random, size)
      if (set.structure !== 'threshold tree' || !intersects(table)) continue
      const found = domination(coterie(set))
      expect(found.method).toBe('each gate of the tree by itself')
      const own = dualTable(table).every((live, mask) => live === table[mask])
      expect(found.dominated).toBe(!own)
      if (found.witness === undefined) continue
      dominated++
      expectUndecided(table, found.witness)
      expectRepaired(table, found.repair!.reads, found.repair!.complete)
    }
    expect(dominated).toBeGreaterThan(30)
  })

  it('of an even majority is mended by a second vote of one node', () => {
    const found = domination(threshold(3, 4))
    expect(found.dominated).toBe(true)
    expect(found.repair?.text).toBe('give n1 weight 2')
    expect(found.repair?.reads.formula()).toEqual({
      need: 3,
      inputs: [0, 1, 2, 3],
      weights: [2, 1, 1, 1],
    })
    expect(domination(threshold(4, 5)).repair?.text).toBe('need 3 of 5 instead of 4')
    expect(domination(threshold(5_001, 10_000)).repair?.text).toBe('give n1 weight 2')
    expect(domination(threshold(5_001, 10_001)).dominated).toBe(false)
  })

  it('of reads and writes means that more sets could be writes', () => {
    const reads = thresholdTree(flatFormula(3, 5), 5)
    const writes = thresholdTree(flatFormula(4, 5), 5)
    const system = systemOf({ name: 'r3w4', size: 5, reads, writes })
    const found = domination(system)
    expect(found.dominated).toBe(true)
    expect(found.repair?.text).toBe('let every set that meets all read quorums be a write quorum')
    const full = systemOf({ name: 'r2w4', size: 5, reads: writes.dual(), writes })
    expect(domination(full).dominated).toBe(false)
  })
})

function expectUndecided(table: Table, witness: Int32Array): void {
  const mask = maskOf(witness)
  expect(table[mask]).toBe(0)
  expect(table[table.length - 1 - mask]).toBe(0)
}

function expectRepaired(before: Table, set: QuorumSet, complete: boolean): void {
  const after = tableOf(set.formula(), set.size)
  expect(before.every((live, mask) => live <= after[mask]!)).toBe(true)
  expect(intersects(after)).toBe(true)
  const own = dualTable(after).every((live, mask) => live === after[mask])
  expect(own).toBe(complete)
}

describe('the Byzantine class', () => {
  it('goes with the fewest common nodes of two quorums', () => {
    const random = seeded(15)
    for (let round = 0; round < 200; round++) {
      const size = random.int(2, 7)
      const reads = randomSide(random, size)
      // The dual is what surely meets every read quorum; more nodes make the overlap larger.
      const dual = reads.set.dual()
      const found = byzantineClass(
        systemOf({ name: 'random', size, reads: reads.set, writes: dual }),
      )
      expect(found.overlap).toEqual({ lower: 1, upper: 1 })
      expect(found.disseminates).toBe(0)
      if (!intersects(reads.table)) continue
      const quorums = minimalMasks(reads.table)
      const overlap = Math.min(
        ...quorums.flatMap((one) => quorums.map((other) => sizeOf(one & other))),
      )
      const f = least(dualTable(reads.table)) - 1
      const own = byzantineClass(coterie(reads.set))
      expect(own.overlap).toEqual({ lower: overlap, upper: overlap })
      expect(own.disseminates).toBe(Math.min(overlap - 1, f))
      expect(own.masks).toBe(Math.min(Math.floor((overlap - 1) / 2), f))
    }
  })

  it('of thresholds and grids is that of the papers', () => {
    expect(byzantineClass(threshold(7, 10))).toMatchObject({ disseminates: 3, masks: 1 })
    expect(byzantineClass(threshold(4, 5))).toMatchObject({ disseminates: 1, masks: 1 })
    expect(byzantineClass(threshold(6_668, 10_002))).toMatchObject({ disseminates: 3_333 })
    const shapes = [3, 4, 5].flatMap((rows) =>
      [1, 2, 3].map((fullRows) => ({ rows, columns: 4, fullRows, fullColumns: 2 })),
    )
    for (const shape of shapes) {
      const own = grid(shape)
      const list = listOfQuorums([...own.minimalQuorums()], own.size)
      expect(byzantineClass(coterie(own)).overlap).toEqual(byzantineClass(coterie(list)).overlap)
    }
    for (const [d, h, r] of [
      [1, 2, 2],
      [2, 1, 1],
      [3, 1, 1],
      [3, 1, 2],
      [2, 2, 1],
      [2, 3, 2],
    ]) {
      const set = bGrid({ d: d!, h: h!, r: r! })
      const list = listOfQuorums([...set.minimalQuorums()], set.size)
      expect(byzantineClass(coterie(set)).overlap).toEqual(byzantineClass(coterie(list)).overlap)
    }
    const masking = grid({ rows: 5, columns: 5, fullRows: 2 })
    expect(byzantineClass(coterie(masking))).toMatchObject({ disseminates: 3, masks: 1 })
  })
})

describe('what can fail', () => {
  it('is told by nodes and by zones', () => {
    const random = seeded(16)
    for (let round = 0; round < 300; round++) {
      const size = random.int(1, 6)
      const { set, table } = randomSide(random, size)
      const chances = randomChances(random, size)
      const { reads } = toleratedFailures(systemFor(set, set, chances), { most: 1_000 })
      const stops = minimalMasks(dualTable(table))
      expect(reads.anyNodes).toBe(Math.min(...stops.map(sizeOf)) - 1)
      expect(reads.nodes.count).toBe(BigInt(stops.length))
      expect(
        new Set(reads.nodes.sets.map((names) => maskOf(names.map((n) => Number(n.slice(1)))))),
      ).toEqual(new Set(stops))
      const { zones } = chances
      if (zones.length === 0) {
        expect(reads.zones).toBeUndefined()
        continue
      }
      const down = (state: number) => maskOf(bitsOf(state).flatMap((zone) => zones[zone]!.members))
      const stopped = Uint8Array.from({ length: 2 ** zones.length }, (_, state) => {
        return table[(table.length - 1) & ~down(state)] === 0 ? 1 : 0
      })
      const minimal = minimalMasks(stopped)
      expect(reads.zones?.count).toBe(BigInt(minimal.length))
      expect(reads.anyZones).toBe(Math.min(zones.length + 1, ...minimal.map(sizeOf)) - 1)
      for (const { zone, anyNodes } of reads.afterZone!) {
        const gone = down(1 << [...new Set(zones.keys())].find((z) => `z${z}` === zone)!)
        const more = stops.map((stop) => sizeOf(stop & ~gone))
        expect(anyNodes).toBe(Math.min(...more) - 1)
      }
    }
  })

  it('lists the smallest sets first and says how many there are in all', () => {
    const { reads, writes } = toleratedFailures(threshold(11, 21), { most: 3 })
    expect(reads.anyNodes).toBe(10)
    expect(reads.nodes.sets).toHaveLength(3)
    expect(reads.nodes.count).toBe(352_716n)
    expect(writes).toBe(reads)
  })
})
