import { describe, expect, it } from 'vitest'

import { Meter } from '../../../src/core/budget.ts'
import { seeded } from '../../../src/core/random.ts'
import { decisionDiagram } from '../../../src/quorum/metrics/decision-diagram.ts'
import { diagramFailure } from '../../../src/quorum/metrics/diagram-chance.ts'
import { chancesOf } from '../../../src/quorum/metrics/diagram-question.ts'
import { failureBounds } from '../../../src/quorum/metrics/failure-bounds.ts'
import { estimateFailure } from '../../../src/quorum/metrics/failure-estimate.ts'
import { failureProbability } from '../../../src/quorum/metrics/failure-probability.ts'
import { hazardsOf } from '../../../src/quorum/metrics/hazards.ts'
import { liveSetCounts } from '../../../src/quorum/metrics/live-set-counts.ts'
import { quorumNode } from '../../../src/quorum/node.ts'
import { Rational } from '../../../src/quorum/rational.ts'
import { grid } from '../../../src/quorum/structures/grid.ts'
import { generalFormula } from '../../../src/quorum/structures/general-formula.ts'
import { listOfQuorums } from '../../../src/quorum/structures/list-of-quorums.ts'
import { thresholdTree } from '../../../src/quorum/structures/threshold-tree.ts'
import { systemOf, withNodes } from '../../../src/quorum/system.ts'
import type { QuorumSystem } from '../../../src/quorum/system.ts'
import { compareDoubles, compareFractions, coterie, expectClose } from './compare-metrics.ts'
import {
  enumeratedFailure,
  flatFormula,
  randomChances,
  randomSide,
  systemFor,
  zoneOptions,
} from './enumeration.ts'

function majority(size: number): QuorumSystem {
  return coterie(thresholdTree(flatFormula(Math.floor(size / 2) + 1, size), size))
}

describe('the failure probability', () => {
  it('is the sum over all states of nodes and zones, as a fraction, for every kind of set', () => {
    for (let seed = 0; seed < 150; seed++) compareFractions(seeded(seed))
  })

  it('is the same in doubles, by the recursion, the diagram, and zone by zone', () => {
    for (let seed = 0; seed < 200; seed++) compareDoubles(seeded(seed))
  })

  it('is 1/2 for majorities of an odd number of nodes that are down half of the time', () => {
    for (const size of [1, 3, 5, 21, 101]) {
      expect(failureProbability(majority(size), { down: 0.5 }).exact?.toString()).toBe('1/2')
    }
  })

  it('keeps its logarithm where no double can hold it', () => {
    // Evaluated with 500 digits elsewhere.
    const tail = failureProbability(majority(1001), { down: 0.001 })
    expect(tail.value).toBe(0)
    expect(tail.log10).toBeCloseTo(Math.log10(3.27793870222717049) - 1204, 9)
    const other = failureProbability(majority(1001), { down: 0.2 })
    expectClose(other.value, 1.65050911669538818e-99)
  })

  it('does not depend on whether nodes that are alike are told apart', () => {
    const system = majority(401)
    for (const down of [0.01, 0.3, 0.5, 0.9]) {
      const nodes = system.nodes.map(({ name }, node) =>
        quorumNode(name, { failure: node === 0 ? down * (1 + 1e-13) : down }),
      )
      const alike = failureProbability(system, { down })
      const apart = failureProbability(withNodes(system, nodes))
      expect(apart.log10).toBeCloseTo(alike.log10, 9)
    }
  })

  it('agrees between a diagram and the closed form of a grid', () => {
    const shape = grid({ rows: 7, columns: 7 })
    const closed = failureProbability(coterie(shape), { down: 0.1 })
    const formula = failureProbability(coterie(generalFormula(shape.formula(), 49)), { down: 0.1 })
    expect(closed.method).toBe('closed form')
    expect(formula.method).toContain('decision diagram')
    expectClose(closed.value, 1.98286357026394705e-2)
    expectClose(formula.value, 1.98286357026394705e-2)
  })

  it('is right for tiny probabilities in a diagram, too', () => {
    const ring = listOfQuorums(
      Array.from({ length: 12 }, (_, node) =>
        Array.from({ length: 7 }, (_, step) => (node + step) % 12),
      ),
      12,
    )
    const small = failureProbability(coterie(ring), { down: '1e-60' })
    const hazards = hazardsOf(coterie(ring), { down: '1e-60' })
    const found = decisionDiagram([ring], [], 1e6, new Meter())!
    const chance = diagramFailure(found.diagram, chancesOf(found, hazards))
    expect(chance.log10).toBeCloseTo(small.log10, 9)
    const less = hazardsOf(coterie(ring), { down: '1e-180' })
    const tiny = diagramFailure(found.diagram, chancesOf(found, less))
    const pairs = 66n - liveSetCounts(coterie(ring)).counts[10]!
    expect(tiny.value).toBe(0)
    expect(tiny.log10).toBeCloseTo(Math.log10(Number(pairs)) - 360, 9)
  })

  it('holds the truth between its bounds when the diagram would be too large', () => {
    const shape = grid({ rows: 7, columns: 7 })
    const system = coterie(generalFormula(shape.formula(), 49))
    const found = failureProbability(system, { down: 0.01, budget: { steps: 500 } })
    expect(found.quality).toBe('bounds')
    expect(found.lower).toBeLessThanOrEqual(1.32811727792875478e-8)
    expect(found.upper).toBeGreaterThanOrEqual(1.32811727792875478e-8)
    expect(found.value).toBe(found.upper)
    const random = seeded(5)
    for (let round = 0; round < 100; round++) {
      const size = random.int(1, 8)
      const { set, table } = randomSide(random, size)
      const chances = randomChances(random, size)
      const hazards = hazardsOf(systemFor(set, set, chances), { zones: zoneOptions(chances) })
      const bounds = failureBounds([set], hazards, random.int(1, 4))
      const truth = enumeratedFailure(table, chances).toNumber()
      expect(bounds.lower).toBeLessThanOrEqual(truth)
      expect(bounds.upper).toBeGreaterThanOrEqual(truth)
    }
  })

  it('is what drawing finds, within the interval', () => {
    const random = seeded(6)
    let outside = 0
    for (let round = 0; round < 100; round++) {
      const size = random.int(2, 7)
      const side = randomSide(random, size)
      const chances = randomChances(random, size)
      const system = systemFor(side.set, side.set, chances)
      const zones = zoneOptions(chances)
      const { lower, upper } = estimateFailure(system, { zones, samples: 200, seed: round })
      const { value } = failureProbability(system, { zones })
      if (value < lower || value > upper) outside++
    }
    expect(outside).toBeLessThanOrEqual(1)
  })

  it('asks for what is missing and refuses what is no probability', () => {
    const system = majority(3)
    expect(() => failureProbability(system)).toThrow('nothing is said about how likely it is down')
    expect(() => failureProbability(system, { down: 1.5 })).toThrow('1.5 is not a probability')
    expect(() => failureProbability(system, { down: NaN })).toThrow('NaN is not a number')
    const zones = { paris: 0.1 }
    expect(() => failureProbability(system, { down: 0.1, zones })).toThrow(
      'no node is in this zone',
    )
  })

  it('takes what a node says of itself before what the question says', () => {
    const nodes = ['a', 'b', 'c'].map((name) =>
      quorumNode(name, name === 'a' ? { failure: '1/3' } : {}),
    )
    const set = thresholdTree(flatFormula(3, 3), 3)
    const system = systemOf({ name: 'all', size: 3, reads: set, writes: set, nodes })
    const { exact } = failureProbability(system, { down: '1/2' })
    expect(exact).toEqual(Rational.one.minus(Rational.from('2/3').times(Rational.from('1/4'))))
  })
})
