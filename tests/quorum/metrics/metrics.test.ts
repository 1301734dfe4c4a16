import { describe, expect, it } from 'vitest'

import { seeded } from '../../../src/core/random.ts'
import { assemblyTime } from '../../../src/quorum/metrics/assembly-time.ts'
import { byzantineClass } from '../../../src/quorum/metrics/byzantine.ts'
import { domination } from '../../../src/quorum/metrics/domination.ts'
import { liveSetCounts } from '../../../src/quorum/metrics/live-set-counts.ts'
import { nodeImportance } from '../../../src/quorum/metrics/node-importance.ts'
import { outages } from '../../../src/quorum/metrics/outages.ts'
import { toleratedFailures } from '../../../src/quorum/metrics/tolerated-failures.ts'
import { Rational } from '../../../src/quorum/rational.ts'
import { bGrid } from '../../../src/quorum/structures/b-grid.ts'
import { grid } from '../../../src/quorum/structures/grid.ts'
import { generalFormula } from '../../../src/quorum/structures/general-formula.ts'
import { listOfQuorums } from '../../../src/quorum/structures/list-of-quorums.ts'
import { thresholdTree } from '../../../src/quorum/structures/threshold-tree.ts'
import { systemOf } from '../../../src/quorum/system.ts'
import type { QuorumSystem } from '../../../src/quorum/system.ts'
import { bitsOf, dualTable, maskOf, minimalMasks, monotoneTables } from '../truth.ts'
import type { Table } from '../truth.ts'
import {
  compareByzantine,
  compareCounts,
  compareDomination,
  compareImportance,
  coterie,
  expectRepaired,
  expectUndecided,
  intersects,
  sizeOf,
} from './compare-metrics.ts'
import { flatFormula, randomChances, randomSide, systemFor } from './enumeration.ts'

function threshold(need: number, size: number): QuorumSystem {
  return coterie(thresholdTree(flatFormula(need, size), size))
}

describe('smallest quorums, resilience and counts', () => {
  it('are those of the definition for every kind of set', () => {
    for (let seed = 0; seed < 100; seed++) compareCounts(seeded(seed))
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

  it('counts nodes without a vote as alive or not', () => {
    const three = thresholdTree({ need: 2, inputs: [0, 2, { need: 1, inputs: [3, 4] }] }, 6)
    const all = coterie(generalFormula(three.formula(), 6))
    expect(liveSetCounts(coterie(three)).method).toBe('recursion')
    expect(liveSetCounts(coterie(three)).counts).toEqual(liveSetCounts(all).counts)
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
    for (let seed = 0; seed < 120; seed++) compareImportance(seeded(seed))
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
      for (const table of coteries.filter((_, place) => size < 5 || place % 40 === 0)) {
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
    let dominated = 0
    for (let seed = 0; seed < 1_000; seed++) if (compareDomination(seeded(seed))) dominated++
    expect(dominated).toBeGreaterThan(20)
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

describe('the Byzantine class', () => {
  it('goes with the fewest common nodes of two quorums', () => {
    for (let seed = 0; seed < 200; seed++) compareByzantine(seeded(seed))
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
      const lengths = reads.nodes.sets.map((names) => names.length)
      expect(lengths).toEqual(lengths.toSorted((one, other) => one - other))
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
