import { describe, expect, it } from 'vitest'

import { seeded } from '../../../src/core/random.ts'
import { load } from '../../../src/quorum/load/load.ts'
import type { FoundLoad } from '../../../src/quorum/load/load.ts'
import { oneSidedLoad } from '../../../src/quorum/load/one-sided-load.ts'
import { programmedLoad } from '../../../src/quorum/load/programmed-load.ts'
import { workloadOf } from '../../../src/quorum/load/workload.ts'
import { quorumNode } from '../../../src/quorum/node.ts'
import { parseSystem } from '../../../src/quorum/parse-system.ts'
import { Rational } from '../../../src/quorum/rational.ts'
import { grid } from '../../../src/quorum/structures/grid.ts'
import { listOfQuorums } from '../../../src/quorum/structures/list-of-quorums.ts'
import { systemOf, withNodes } from '../../../src/quorum/system.ts'
import { bitsOf, minimalMasks, tableOf } from '../truth.ts'
import { agreesWithSlowTwin } from './agreement.ts'
import { randomFraction, randomSystem } from './cases.ts'

async function exactLoad(text: string, readFraction: string | number = '1/2'): Promise<string> {
  return String((await load(parseSystem(text), { readFraction })).exact)
}

describe('the load of a quorum system', () => {
  it.each([
    ['singleton(n=5)', '1'],
    ['majority(n=4)', '3/4'],
    ['majority(n=9)', '5/9'],
    ['weighted(3,2,2,1,1)', '5/9'],
    ['grid(rows=4,cols=4)', '7/16'],
    ['grid-basic(n=4)', '1/2'],
    ['grid-cover(rows=4,cols=4)', '7/16'],
    ['bgrid(d=4,h=3,r=2)', '3/8'],
    ['tree(levels=4)', '2/5'],
    ['hqc(3,3)', '4/9'],
    ['wheel(8)', '7/13'],
    ['wall(1,2,2,3,3,3)', '27/71'],
    ['triangle(5)', '1/3'],
    ['fpp(order=4)', '5/21'],
    ['paths(2)', '11/27'],
    ['nucleus(4)', '1/2'],
    ['y(5)', '1/3'],
    ['y(6)', '2/7'],
    ['byz-masking-grid(5,1)', '13/25'],
  ])('of %s is exactly %s', async (text, expected) => {
    expect(await exactLoad(text)).toBe(expected)
  })

  it.each([
    ['0', '1/3'],
    ['1/4', '3/8'],
    ['1/2', '5/12'],
    ['1', '1/2'],
  ])('of two rows of three at read fraction %s is %s', async (fraction, expected) => {
    expect(await exactLoad('a*b*c + d*e*f', fraction)).toBe(expected)
  })

  it.each([
    ['triangle(45)', '1/23'],
    ['wheel(1000)', '999/1997'],
    ['wall(1,5,5,5,2)', '1/2'],
    ['wall(2,1)', '1'],
    ['wall(2,2,1,3)', '3/5'],
  ])('of the wall %s is exactly %s', async (text, expected) => {
    expect(await exactLoad(text)).toBe(expected)
  })

  it('of walls of equal nodes by the closed form is what the linear program finds', async () => {
    const random = seeded(45)
    const methods = new Set<string>()
    for (let round = 0; round < 60; round++) {
      const widths = Array.from({ length: random.int(1, 5) }, () => random.int(1, 5))
      const system = parseSystem(`wall(${widths.join(',')})`)
      const { exact, method } = await load(system)
      methods.add(method)
      const workload = workloadOf('1/2')
      const programmed = await programmedLoad(system, workload, {}, (found) => found)
      expect(Math.abs(programmed.upper.minus(exact ?? Rational.zero).toNumber())).toBeLessThan(1e-9)
    }
    expect(methods).toContain('closed form of walls')
    expect(methods).toContain('compact linear program')
  })

  it('of a million nodes is refused at once, with what is known of equal nodes', async () => {
    await expect(load(parseSystem('bgrid(d=1000,h=100,r=10)'))).rejects.toMatchObject({
      message:
        'the load of bgrid(d=1000,h=100,r=10) is not worked out: B-grid of more than 200,000 nodes',
      hint: 'for equal nodes it is smallest quorum / nodes = 1999/1000000 (Naor & Wool 1998)',
    })
  })

  it('may be more than 1 where a node is slow', async () => {
    expect(await exactLoad('majority(a{capacity=0.5}, b{capacity=0.5}, c{capacity=0.5})')).toBe(
      '4/3',
    )
  })

  it('is that of the slow twin for random systems', async () => {
    const random = seeded(31)
    const methods = new Map<string, number>()
    for (let round = 0; round < 150; round++) {
      const method = await agreesWithSlowTwin(random, random.int(1, 5))
      methods.set(method, (methods.get(method) ?? 0) + 1)
    }
    // Every way has had its share.
    for (const way of ['closed recursion', 'compact linear program', 'over all quorums']) {
      const times = [...methods].filter(([method]) => method.includes(way))
      expect(times.length, way).toBeGreaterThan(0)
    }
  })

  it('is the same by the closed recursion and by linear programming', async () => {
    const random = seeded(32)
    let compared = 0
    for (let round = 0; round < 50; round++) {
      const { system } = randomSystem(random, random.int(2, 12))
      const workload = workloadOf(random.pick([0, 1]))
      const closed = oneSidedLoad(system, workload)
      if (closed === undefined) continue
      compared++
      const programmed = await programmedLoad<FoundLoad>(system, workload, {}, () => undefined)
      const exact = await programmedLoad(system, workload, {}, (found) => found)
      expect(String(exact.upper)).toBe(String(closed.upper))
      expect(programmed.lower.compare(closed.upper)).toBeLessThanOrEqual(0)
      expect(programmed.upper.compare(closed.upper)).toBeGreaterThanOrEqual(0)
      expect(programmed.upper.minus(programmed.lower).toNumber()).toBeLessThan(1e-10)
    }
    expect(compared).toBeGreaterThan(15)
  })

  it('does not depend on how the quorums are given', async () => {
    const random = seeded(33)
    for (let round = 0; round < 25; round++) {
      const { system, reads, writes } = randomSystem(random, random.int(2, 6))
      const listed = [reads, writes].map((formula) => {
        const masks = minimalMasks(tableOf(formula, system.size))
        return listOfQuorums(masks.map(bitsOf), system.size)
      })
      const [listedReads = system.reads, listedWrites = system.writes] = listed
      const { name, size, nodes } = system
      const same = systemOf({ name, size, nodes, reads: listedReads, writes: listedWrites })
      const readFraction = randomFraction(random)
      const [one, other] = [
        await load(system, { readFraction }),
        await load(same, { readFraction }),
      ]
      expect(String(other.exact)).toBe(String(one.exact))
    }
  })

  it('is found by generating quorums where there are too many of them', async () => {
    // 3 of 8 rows with 3 of 8 columns are 3,136 quorums.
    const quorums = grid({ rows: 8, columns: 8, fullRows: 3, fullColumns: 3 })
    const nodes = Array.from({ length: 64 }, (_, i) => {
      return quorumNode(`n${i}`, { capacity: (i % 3) + 1 })
    })
    const system = systemOf({ name: 'lines', size: 64, reads: quorums, writes: quorums, nodes })
    const found = await load(system)
    expect(found.method).toBe('column generation')
    expect(found.upper.minus(found.lower).toNumber()).toBeLessThan(1e-9)
  })

  it('lies between proven bounds when the budget is used up', async () => {
    const quorums = grid({ rows: 6, columns: 6, fullRows: 3, fullColumns: 3 })
    const capacity = (i: number) => (i % 5) + 1
    const nodes = Array.from({ length: 36 }, (_, i) => {
      return quorumNode(`n${i}`, { capacity: capacity(i) })
    })
    const listed = listOfQuorums([...quorums.minimalQuorums()], 36)
    const name = 'lines'
    // No way to list them all, so that they have to be generated.
    const hidden = { ...quorums, countMinimal: () => 10n ** 9n }
    const system = systemOf({ name, size: 36, reads: hidden, writes: hidden, nodes })
    const whole = await load(systemOf({ name, size: 36, reads: listed, writes: listed, nodes }))
    const found = await load(system, { budget: { steps: 3 } })
    expect([whole.quality, found.quality]).toEqual(['exact', 'bounds'])
    expect(found.lower.compare(whole.upper)).toBeLessThan(0)
    expect(found.upper.compare(whole.upper)).toBeGreaterThan(0)
    expect(found.exact).toBeUndefined()
    expect(String((await load(system)).exact)).toBe(String(whole.exact))
    await expect(load(system, { budget: { seconds: 0 } })).rejects.toThrow(
      'the load of lines was not found in the time allowed',
    )
  })

  it('uses only the smallest quorums where any node can be exchanged for any other', async () => {
    const reads = grid({ rows: 2, columns: 3 })
    const system = systemOf({ name: 'cells', size: 6, reads, writes: reads.dual() })
    const found = await load(system, { readFraction: 0 })
    expect([found.method, String(found.exact)]).toEqual(['symmetry', '1/3'])
  })

  it('of ten thousand nodes that differ has a certificate too', async () => {
    const nodes = Array.from({ length: 10_001 }, (_, i) => {
      return quorumNode(`n${i}`, { capacity: ((i * 7919) % 1000) + 1 })
    })
    const found = await load(withNodes(parseSystem('majority(n=10001)'), nodes))
    expect([found.quality, found.method]).toEqual(['exact', 'closed recursion'])
    // Half of the nodes at most carry what they can: capacity by the recursion in doubles.
    const capacities = nodes.map(({ readCapacity }) => readCapacity.toNumber())
    capacities.sort((a, b) => b - a)
    let rest = capacities.reduce((sum, capacity) => sum + capacity, 0)
    let least = Infinity
    capacities.slice(0, 5001).forEach((capacity, j) => {
      least = Math.min(least, rest / (5001 - j))
      rest -= capacity
    })
    expect(found.capacity.toNumber()).toBeCloseTo(least, 6)
  })

  it('is exact for a hundred nodes that differ in both capacities', async () => {
    const random = seeded(34)
    const nodes = Array.from({ length: 101 }, (_, i) => {
      return quorumNode(`n${i}`, {
        readCapacity: random.int(1, 1000),
        writeCapacity: random.int(1, 1000),
      })
    })
    const found = await load(withNodes(parseSystem('majority(n=101)'), nodes), {})
    expect(found.quality).toBe('exact')
    expect(found.exact?.denominator.toString().length).toBeGreaterThan(3)
  })
})

describe('the load of a workload', () => {
  const rows = parseSystem('a*b*c + d*e*f')

  it('is the mean of the loads by one strategy', async () => {
    const half = [
      { fraction: 0.1, weight: 1 },
      { fraction: 0.75, weight: 1 },
    ]
    expect(String((await load(rows, { readFraction: half })).exact)).toBe('97/240')
  })

  it('is not the load at the mean read fraction, and capacity has two means', async () => {
    const extremes = [
      { fraction: 0, weight: 3 },
      { fraction: 1, weight: 3 },
    ]
    const found = await load(rows, { readFraction: extremes })
    expect(String(found.capacity)).toBe('12/5')
    expect(String(found.meanCapacity)).toBe('5/2')
  })

  it('of five points is that of the paper of quoracle', async () => {
    const node = (capacity: number) => ({ writeCapacity: capacity, readCapacity: 2 * capacity })
    const options = { a: node(100), b: node(100), c: node(50), d: node(50) }
    const system = withNodes(
      parseSystem('a*c + b*d'),
      (['a', 'c', 'b', 'd'] as const).map((name) => quorumNode(name, options[name])),
    )
    const weights = [10, 4, 2, 1, 1]
    const readFraction = weights.map((weight, i) => ({ fraction: `${i}/4`, weight }))
    const found = await load(system, { readFraction })
    expect(String(found.exact)).toBe('91/14400')
    expect(found.meanCapacity.toNumber()).toBeCloseTo(159.304029, 6)
  })

  it.each([
    [[], 'the distribution of read fractions has no weight'],
    [[{ fraction: 0.5, weight: 0 }], 'the distribution of read fractions has no weight'],
    [[{ fraction: 0.5, weight: -1 }], 'weight -1 of a read fraction is negative'],
    [1.5, 'read fraction 1.5 is not between 0 and 1'],
    [NaN, 'read fraction NaN is not a number'],
  ])('refuses %j', async (readFraction, message) => {
    await expect(load(rows, { readFraction })).rejects.toThrow(message)
  })

  it('adds the weights of equal fractions and leaves out points without weight', () => {
    const workload = workloadOf([
      { fraction: 0.5, weight: 1 },
      { fraction: '1/2', weight: 2 },
      { fraction: 1, weight: 0 },
      { fraction: 0, weight: 1 },
    ])
    expect(
      workload.map(({ fraction, weight }) => `${String(fraction)}: ${String(weight)}`),
    ).toEqual(['0: 1/4', '1/2: 3/4'])
  })
})
