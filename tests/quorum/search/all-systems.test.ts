import { describe, expect, it } from 'vitest'

import { Meter } from '../../../src/core/budget.ts'
import { seeded } from '../../../src/core/random.ts'
import { quorumNode } from '../../../src/quorum/node.ts'
import { Rational } from '../../../src/quorum/rational.ts'
import { AllSystems } from '../../../src/quorum/search/all-systems.ts'
import { questionOf } from '../../../src/quorum/search/question.ts'
import type { BestOptions } from '../../../src/quorum/search/question.ts'
import { ExactProgram } from '../../../src/quorum/search/exact-program.ts'
import { ListedSide } from '../../../src/quorum/search/side.ts'
import { StrategyProgram } from '../../../src/quorum/search/strategy-program.ts'
import { ReadOnceSearch } from '../../../src/quorum/search/read-once-search.ts'
import { randomQuestion } from './random-question.ts'
import { allSlowReadOnce, allSlowSystems, minimal, outlived, slowBestLoad } from './slow-best.ts'

const found = (options: BestOptions): AllSystems => {
  const search = new AllSystems(questionOf(options))
  expect(search.search(new Meter())).toBe(true)
  return search
}

const foundReadOnce = (options: BestOptions): ReadOnceSearch => {
  const search = new ReadOnceSearch(questionOf(options))
  expect(search.search(new Meter())).toBe(true)
  return search
}

const systems = [0, 1, 2, 3, 4].map((nodes) => (nodes === 0 ? [] : allSlowSystems(nodes)))
const readOnce = [0, 1, 2, 3, 4].map((nodes) => (nodes === 0 ? [] : allSlowReadOnce(nodes)))

describe('the best of all read-write systems', () => {
  it('has the load of the best of all tables, and among these the resilience', () => {
    const random = seeded(1)
    for (let round = 0; round < 200; round++) {
      const size = round % 50 === 0 ? 4 : random.int(1, 3)
      const options = randomQuestion(random, size)
      const question = questionOf(options)
      const slow = slowBestLoad(question, systems[size] ?? [])
      const best = found(options).best
      expect(best?.exact()?.toString()).toBe(slow?.load.toString())
      expect(best?.resilience).toBe(slow?.resilience)
    }
  })

  it('is known for alike nodes', () => {
    const load = (nodes: number, readFraction: number, resilience: number): unknown =>
      found({ nodes, readFraction, resilience }).best?.exact()?.toString()
    expect(load(4, 0.5, 1)).toBe('1/2')
    expect(load(5, 0.5, 1)).toBe('11/24')
    expect(load(5, 0.5, 2)).toBe('3/5')
  })

  it('takes the prices of fractions of reads together', () => {
    const workload = [
      { fraction: 0, weight: 1 },
      { fraction: 1, weight: 1 },
    ]
    // One strategy for both: reads on the one half of the time, writes on the other.
    expect(found({ nodes: 4, readFraction: workload }).best?.exact()?.toString()).toBe('1/2')
    expect(found({ nodes: 3, readFraction: workload }).best?.exact()?.toString()).toBe('2/3')
  })

  it('finds among coteries only those with the same quorums on both sides', () => {
    const loads = [3, 4, 5].map((nodes) => {
      const search = new AllSystems(questionOf({ nodes, readFraction: 1 }), true)
      search.search(new Meter())
      return search.best?.exact()?.toString()
    })
    expect(loads).toEqual(['2/3', '3/5', '5/9'])
  })
})

describe('other objectives and limits', () => {
  const nodes = [1, 2, 3, 4].map((i) =>
    quorumNode(`n${i}`, { capacity: i, latency: 5 - i, failure: `${i}/10` }),
  )

  it('finds the smallest probability of failure of all tables', () => {
    const { best } = found({ nodes, optimise: 'failure', resilience: 1 })
    let least = 1
    for (const { reads, writes } of systems[4] ?? []) {
      if (Math.min(outlived(reads, 4), outlived(writes, 4)) < 1) continue
      let failure = 0
      reads.forEach((holds, set) => {
        if (holds && writes[set] === true) return
        failure += [1, 2, 3, 4].reduce(
          (p, i) => p * (((set >>> (i - 1)) & 1) === 1 ? 1 - i / 10 : i / 10),
          1,
        )
      })
      least = Math.min(least, failure)
    }
    expect(best?.value).toBeCloseTo(least, 12)
    expect(best?.exact()?.toNumber()).toBeCloseTo(least, 12)
  })

  it('finds the fewest nodes and the shortest time of all tables', () => {
    const slow = (cost: (set: number) => number): number =>
      Math.min(
        ...(systems[4] ?? [])
          .filter(({ reads, writes }) => Math.min(outlived(reads, 4), outlived(writes, 4)) >= 1)
          .map(({ reads, writes }) => {
            const least = (table: readonly boolean[]): number =>
              Math.min(...minimal(table).map(cost))
            return 0.75 * least(reads) + 0.25 * least(writes)
          }),
      )
    const members = (set: number): number[] => [1, 2, 3, 4].filter((i) => (set >>> (i - 1)) & 1)
    const options = { nodes, resilience: 1, readFraction: 0.75 }
    expect(found({ ...options, optimise: 'network' }).best?.value).toBeCloseTo(
      slow((set) => members(set).length),
      12,
    )
    expect(found({ ...options, optimise: 'latency' }).best?.value).toBeCloseTo(
      slow((set) => Math.max(...members(set).map((i) => 5 - i))),
      12,
    )
  })

  it('weighs reads and writes by their parts', () => {
    const options = { nodes: 4, resilience: { read: 2, write: 0 }, readFraction: 0.75 }
    const [network, latency] = (['network', 'latency'] as const).map(
      (optimise) => found({ ...options, optimise }).best?.value,
    )
    // One node to read, three to write.
    expect(network).toBe(1.5)
    expect(latency).toBe(1)
  })

  it('has the same optimum exactly, whatever basis the exact program begins at', () => {
    const random = seeded(6)
    for (let round = 0; round < 40; round++) {
      const question = questionOf({
        ...randomQuestion(random, 3),
        failures: 0,
        limits: { network: `${random.int(8, 24)}/8` },
      })
      const program = new StrategyProgram(question)
      const quorums = [0b011, 0b101, 0b110].map((set) => ({ set, latency: Rational.one }))
      const side = new ListedSide(3)
      side.list(quorums)
      const near = program.solve(side, side)
      const exact = new ExactProgram(question, program.shape)
      const value = exact.solve(quorums, quorums, program.basis)?.value.toString()
      expect(exact.solve(quorums, quorums, [])?.value.toString()).toBe(value)
      expect(value === undefined).toBe(near === 'infeasible')
    }
  })

  it('trades load for network, latency or failure as limits allow, and back', () => {
    const random = seeded(2)
    for (let round = 0; round < 30; round++) {
      const { failures: _, ...question } = randomQuestion(random, random.int(2, 4))
      const free = found(question).best?.exact() ?? Rational.zero
      for (const optimise of ['network', 'latency'] as const) {
        const limit = free.times(Rational.of(BigInt(random.int(10, 20)), 10n))
        const least = found({ ...question, optimise, limits: { load: limit } }).best?.exact()
        expect(least).toBeDefined()
        if (least === undefined) continue
        const load = (value: Rational) =>
          found({ ...question, limits: { [optimise]: value } }).best?.exact()
        expect(load(least)?.compare(limit)).toBeLessThanOrEqual(0)
        const less = load(least.times(Rational.of(999n, 1000n)))
        if (less !== undefined) expect(less.compare(limit)).toBeGreaterThan(0)
      }
    }
  })

  it('keeps a limit on the probability of failure exactly', () => {
    const limited = (failure: string) =>
      found({ nodes: 3, down: '1/10', readFraction: 1, limits: { failure } }).best
    expect(limited('28/1000')?.exact()?.toString()).toBe('2/3')
    expect(limited('27999/1000000')).toBeUndefined()
  })

  it('breaks ties by resilience and then by failure', () => {
    // Every system of one node per quorum and all nodes alike has network 1 at reads only.
    const { best } = found({ nodes: 3, readFraction: 1, optimise: 'latency', down: '1/10' })
    expect(best?.resilience).toBe(1)
    expect(best?.failure).toBeCloseTo(0.028, 12)
  })
})

describe('the best read-once expression', () => {
  it('has the load of the best of all their tables', () => {
    const random = seeded(3)
    for (let round = 0; round < 150; round++) {
      const size = round % 40 === 0 ? 4 : random.int(1, 3)
      const options = randomQuestion(random, size)
      const slow = slowBestLoad(questionOf(options), readOnce[size] ?? [])
      const best = foundReadOnce(options).best
      expect(best?.exact()?.toString()).toBe(slow?.load.toString())
      expect(best?.resilience).toBe(slow?.resilience)
    }
  })

  it('leaves a gap to the best of all systems from six nodes on', () => {
    const load = (readFraction: number): unknown =>
      foundReadOnce({ nodes: 6, resilience: 2, readFraction }).best?.exact()?.toString()
    expect([0.25, 0.5, 0.75, 1].map(load)).toEqual(['21/40', '11/20', '21/40', '1/2'])
  })

  it('agrees with all systems for other objectives on three nodes, where all are read-once', () => {
    const random = seeded(4)
    for (let round = 0; round < 30; round++) {
      const { failures: _, ...options } = randomQuestion(random, 3)
      for (const optimise of ['network', 'failure', 'latency'] as const) {
        const question = { ...options, optimise, limits: { load: 3 } }
        const value = found(question).best?.value ?? NaN
        expect(foundReadOnce(question).best?.value).toBeCloseTo(value, 12)
      }
    }
  })
})
