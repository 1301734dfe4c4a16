import { describe, expect, it } from 'vitest'

import { seeded } from '../../../src/core/random.ts'
import { bestStrategy } from '../../../src/quorum/load/best-strategy.ts'
import { closedLoad } from '../../../src/quorum/load/closed-load.ts'
import { fractionAt } from '../../../src/quorum/load/fractions.ts'
import { load } from '../../../src/quorum/load/load.ts'
import { quorumsOf } from '../../../src/quorum/load/schedule.ts'
import {
  listed,
  networkLoad,
  nodeTraffic,
  nodeUses,
  pickQuorum,
  quorumLatency,
  strategyLatency,
} from '../../../src/quorum/load/strategy-facts.ts'
import { quorumNode } from '../../../src/quorum/node.ts'
import { parseSystem } from '../../../src/quorum/parse-system.ts'
import { Rational } from '../../../src/quorum/rational.ts'
import { flatTree } from '../../../src/quorum/structures/flat-tree.ts'
import { thresholdTree } from '../../../src/quorum/structures/threshold-tree.ts'
import { withNodes } from '../../../src/quorum/system.ts'
import { randomFormula } from './cases.ts'

const one = Rational.one
const rows = parseSystem('a*b*c + d*e*f')

describe('a strategy', () => {
  it('by parts of a formula is made of quorums that use the nodes as it says', () => {
    const random = seeded(61)
    for (let round = 0; round < 150; round++) {
      const size = random.int(1, 14)
      const set = thresholdTree(randomFormula(random, size, false), size)
      const capacities = Array.from({ length: size }, () => Rational.from(random.int(1, 6)))
      const { amounts } = closedLoad(set.tree, capacities)
      const marginals = { form: 'marginals', set, amounts } as const
      const quorums = quorumsOf(set.tree, marginals)
      expect(quorums.quorums.length).toBeLessThanOrEqual(set.tree.vertices)
      const alive = new Uint8Array(size)
      for (const quorum of quorums.quorums) {
        alive.fill(0)
        for (const node of quorum) alive[node] = 1
        expect(set.holds(alive)).toBe(true)
      }
      const [uses, others] = [nodeUses(marginals, size), nodeUses(quorums, size)]
      const all = [...set.tree.node.keys()].slice(0, size)
      expect(all.map((node) => String(fractionAt(uses, node)))).toEqual(
        all.map((node) => String(fractionAt(others, node))),
      )
    }
  })

  it('picks quorums as often as it says, the same for the same seed', async () => {
    const { strategy } = await load(parseSystem('majority(n=5)'), {})
    const big = await load(parseSystem('hqc(9,9,9)'), {})
    expect(big.strategy.reads.form).toBe('marginals')
    for (const [own, size, share] of [
      [strategy, 5, 3 / 5],
      [big.strategy, 729, 125 / 729],
    ] as const) {
      const random = seeded(62)
      const times = new Float64Array(size)
      const count = 1000
      for (let draw = 0; draw < count; draw++) {
        for (const node of pickQuorum(own, 'reads', random)) times[node] = (times[node] ?? 0) + 1
      }
      // Five standard deviations.
      const most = 5 * Math.sqrt((share * (1 - share)) / count)
      for (const time of times) expect(Math.abs(time / count - share)).toBeLessThan(most)
      expect(pickQuorum(own, 'reads', seeded(63))).toEqual(pickQuorum(own, 'reads', seeded(63)))
    }
  })

  it('knows what each node does', async () => {
    const { strategy } = await load(rows, { readFraction: '1/4' })
    const traffic = nodeTraffic(rows, strategy, '1/4')
    expect(traffic.map(({ load: own }) => String(own))).toEqual(new Array(6).fill('3/8'))
    expect(traffic.map(({ utilisation }) => String(utilisation))).toEqual(new Array(6).fill('1'))
    expect(traffic.map(({ throughput }) => String(throughput))).toEqual(new Array(6).fill('1'))
    expect(String(networkLoad(rows, strategy, '1/4'))).toBe('9/4')
    expect(String(networkLoad(rows, strategy, 0))).toBe('2')
  })

  it('waits for the fastest quorum among the nodes that it contacts', () => {
    const system = withNodes(
      parseSystem('a*b + c*d'),
      [1, 5, 3, 4].map((latency, i) => quorumNode(`n${i}`, { latency })),
    )
    expect(String(quorumLatency(system, 'reads', [0, 1]))).toBe('5')
    expect(String(quorumLatency(system, 'reads', [0, 1, 2, 3]))).toBe('4')
    expect(() => quorumLatency(system, 'reads', [0, 2])).toThrow('{0, 2} is not a quorum')
    const strategy = {
      form: 'quorums',
      quorums: [Int32Array.of(0, 1), Int32Array.of(2, 3)],
      probabilities: { numerators: [1n, 3n], denominator: 4n },
    } as const
    const both = { reads: strategy, writes: strategy }
    expect(String(strategyLatency(system, both, 1))).toBe('17/4')
    expect(listed(both, 'reads')).toBe(strategy)
  })
})

describe('the closed recursion', () => {
  it('is right where doubles cannot tell which input is the bottleneck', () => {
    const tree = flatTree({ need: 2, inputs: [0, 1, 2] })
    const tiny = Rational.of(1n, 10n ** 40n)
    for (const [first, load_] of [
      [one.plus(one).plus(tiny), '1/2'],
      [
        one.plus(one).minus(tiny),
        '20000000000000000000000000000000000000000/39999999999999999999999999999999999999999',
      ],
    ] as const) {
      const found = closedLoad(tree, [first, one, one])
      expect(String(found.load)).toBe(load_)
    }
  })

  it('takes nodes that can do nothing', () => {
    const tree = flatTree({ need: 2, inputs: [0, 1, 2, 3] })
    const found = closedLoad(tree, [one, one, one, Rational.zero])
    expect(String(found.load)).toBe('2/3')
  })
})

describe('the best strategy', () => {
  const slower = withNodes(
    rows,
    [1, 2, 3, 4, 5, 6].map((latency) => quorumNode(`n${latency}`, { latency })),
  )

  it.each([
    [{}, '3/8', '9/4', undefined],
    [{ optimise: 'latency' }, '1', '9/4', '15/4'],
    [{ optimise: 'latency', loadLimit: '1/2' }, '1/2', '9/4', '4'],
    [{ optimise: 'load', latencyLimit: 4 }, '1/2', '9/4', '4'],
    [{ optimise: 'network' }, undefined, '9/4', undefined],
  ] as const)('for %j', async (options, least, network, latency) => {
    const found = await bestStrategy(slower, { readFraction: '1/4', ...options })
    expect(found.quality).toBe('exact')
    if (least !== undefined) expect(String(found.load)).toBe(least)
    expect(String(found.network)).toBe(network)
    if (latency !== undefined) expect(String(found.latency)).toBe(latency)
  })

  it('contacts fewer nodes where asked to, and more where load has to be low', async () => {
    const wheel = parseSystem('wheel(6)')
    const small = await bestStrategy(wheel, { optimise: 'network' })
    expect([small.network, small.load].map(String)).toEqual(['2', '1'])
    const balanced = await bestStrategy(wheel, { optimise: 'load', networkLimit: '5/2' })
    const free = await bestStrategy(wheel, {})
    expect(String(balanced.network)).toBe('5/2')
    expect(balanced.load.compare(free.load)).toBeGreaterThan(0)
    expect(String(free.load)).toBe('5/9')
    const back = await bestStrategy(wheel, { optimise: 'network', loadLimit: balanced.load })
    expect(String(back.network)).toBe('5/2')
  })

  it('is refused where limits are out of reach, with what is possible', async () => {
    const ask = (options: object) => bestStrategy(slower, { readFraction: '1/4', ...options })
    await expect(ask({ latencyLimit: 1 })).rejects.toThrow(
      'no strategy has latency 1; the least is 15/4',
    )
    await expect(ask({ optimise: 'latency', loadLimit: 0.1 })).rejects.toThrow(
      'no strategy has load 1/10; the least is 3/8',
    )
    await expect(ask({ loadLimit: '3/8', latencyLimit: '15/4' })).rejects.toThrow(
      'no strategy keeps to all limits at once',
    )
  })

  it('says so where quorums would have to be listed and are too many', async () => {
    const ask = bestStrategy(parseSystem('majority(n=31)'), { optimise: 'latency' })
    await expect(ask).rejects.toThrow('the read side has more than 20000 quorums')
  })

  it('needs no list of quorums for the network load', async () => {
    const found = await bestStrategy(parseSystem('majority(n=31)'), {
      optimise: 'network',
      loadLimit: '16/31',
    })
    expect([found.load, found.network].map(String)).toEqual(['16/31', '16'])
  })
})
