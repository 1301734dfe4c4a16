import { describe, expect, it } from 'vitest'

import { seeded } from '../../../src/core/random.ts'
import type { Formula } from '../../../src/quorum/formula.ts'
import { flatTree } from '../../../src/quorum/structures/flat-tree.ts'
import { generalFormula } from '../../../src/quorum/structures/general-formula.ts'
import { listOfQuorums } from '../../../src/quorum/structures/list-of-quorums.ts'
import { quorumSetOf } from '../../../src/quorum/structures/quorum-set-of.ts'
import { thresholdTree } from '../../../src/quorum/structures/threshold-tree.ts'
import { userErrorOf } from '../user-error-of.ts'

/** The lines of the projective plane over the numbers modulo a prime. */
function projectivePlane(prime: number): number[][] {
  const field = Array.from({ length: prime }, (_, x) => x)
  const atInfinity = prime * prime
  const sloped = field.flatMap((slope) =>
    field.map((shift) => [
      atInfinity + slope,
      ...field.map((x) => x * prime + ((slope * x + shift) % prime)),
    ]),
  )
  const upright = field.map((x) => [atInfinity + prime, ...field.map((y) => x * prime + y)])
  return [...sloped, ...upright, [...field, prime].map((slope) => atInfinity + slope)]
}

function range(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, at) => from + at)
}

/** Two majorities at once, of `each` nodes, `shared` of which are the same. */
function joint(each: number, shared: number): Formula {
  const need = Math.floor(each / 2) + 1
  const inputs = [0, each - shared].map((from) => ({ need, inputs: range(from, each) }))
  return { need: 2, inputs }
}

describe('larger structures', () => {
  it('of a projective plane the smallest sets that meet every line are the lines', () => {
    for (const prime of [2, 3, 5, 7, 11]) {
      const lines = projectivePlane(prime)
      const plane = listOfQuorums(lines, lines.length)
      expect(plane.quorums).toHaveLength(prime * prime + prime + 1)
      const prices = new Float64Array(lines.length).fill(1)
      expect(plane.dual().cheapest(prices)).toMatchObject({ price: prime + 1 })
    }
    const fano = listOfQuorums(projectivePlane(2), 7)
    expect([...fano.dual().minimalQuorums()]).toHaveLength(7)
    const order3 = listOfQuorums(projectivePlane(3), 13)
    expect([...order3.dual().minimalQuorums()]).toHaveLength(247)
  })

  it('a tree knows the number of its quorums where it is astronomic', () => {
    const majority = thresholdTree({ need: 51, inputs: range(0, 101) }, 101)
    expect(majority.countMinimal?.()).toBe(199804427433372226016001220056n)
    const mixed = { need: 2, inputs: [0, { need: 2, inputs: range(1, 100) }, 101] }
    expect(thresholdTree(mixed, 102).countMinimal?.()).toBe(4950n + 1n + 4950n)
  })

  it('a tree makes quorums one by one', () => {
    const tree = thresholdTree({ need: 500, inputs: range(0, 1000) }, 1000)
    const quorums = tree.minimalQuorums()[Symbol.iterator]()
    expect([...(quorums.next().value as Int32Array)]).toEqual(range(0, 500))
    const second = quorums.next().value as Int32Array
    expect([...second]).toEqual([...range(0, 499), 500])
  })

  it('weights may be millions', () => {
    const random = seeded(7)
    const weights = range(0, 60).map(() => random.int(1, 50_000_000))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const need = Math.floor(total / 2) + 1
    const stakes = thresholdTree({ need, inputs: range(0, 60), weights }, 60)
    const prices = Float64Array.from(weights, () => random.int(1, 1000))
    const { members, price } = stakes.cheapest(prices)
    const weighs = (nodes: Iterable<number>): number =>
      [...nodes].reduce((sum, node) => sum + (weights[node] as number), 0)
    expect(weighs(members)).toBeGreaterThanOrEqual(need)
    // The best fraction of a node too many is a bound, and near.
    const byValue = range(0, 60).sort(
      (a, b) =>
        (prices[a] as number) / (weights[a] as number) -
        (prices[b] as number) / (weights[b] as number),
    )
    let [paid, left] = [0, need]
    for (const node of byValue) {
      const share = Math.min(1, left / (weights[node] as number))
      paid += share * (prices[node] as number)
      left -= share * (weights[node] as number)
    }
    expect(price).toBeGreaterThanOrEqual(Math.floor(paid))
    expect(price).toBeLessThan(paid + 60)
  })

  it('two majorities at once are a list where they are few, otherwise a formula', () => {
    expect(quorumSetOf(joint(5, 4), 6).structure).toBe('list of quorums')
    const big = quorumSetOf(joint(21, 10), 32)
    expect(big.structure).toBe('formula')
    const prices = new Float64Array(32).fill(1)
    // Ten of the shared nodes and one more of each side; or a majority of the dead on one side.
    expect(big.cheapest(prices).price).toBe(12)
    expect(big.dual().cheapest(prices).price).toBe(11)
    const refused = userErrorOf(() => big.minimalQuorums())
    expect(refused).toContain('more than 1,000,000 quorums, or nearly, when they are written out\n')
    expect(refused).toContain('try: an expression that names each node once, or a named family')
  })

  it('a part in which a node is offered twice may use it once', () => {
    const rows = [range(0, 6), range(6, 6), range(12, 6)]
    const columns = range(0, 6).map((column) => [column, column + 6, column + 12])
    const offered = [...rows, ...columns].map((line) => ({ need: line.length, inputs: line }))
    const lines = generalFormula({ need: 1, inputs: offered }, 18)
    expect(lines.cheapest(new Float64Array(18).fill(1)).price).toBe(3)
    expect(lines.dual().cheapest(new Float64Array(18).fill(1)).price).toBe(6)
  })

  it('is transitive only if its gates are alike and hold all nodes', () => {
    const alike = {
      need: 2,
      inputs: [0, 3, 6].map((from) => ({ need: 2, inputs: range(from, 3) })),
    }
    expect(thresholdTree(alike, 9).transitive).toBe(true)
    expect(thresholdTree(alike, 10).transitive).toBe(false)
    const unlike = {
      need: 1,
      inputs: [
        { need: 1, inputs: [0, 1] },
        { need: 2, inputs: [2, 3] },
      ],
    }
    expect(thresholdTree(unlike, 4).transitive).toBe(false)
    const weighted = { need: 3, inputs: [0, 1, 2], weights: [2, 2, 1] }
    expect(thresholdTree(weighted, 3).transitive).toBe(false)
    const plane = listOfQuorums(projectivePlane(2), 7, { structure: 'plane', transitive: true })
    expect([plane.transitive, plane.dual().transitive]).toEqual([true, true])
    expect(listOfQuorums([[0]], 1).transitive).toBe(undefined)
  })

  it('are refused where they cannot be', () => {
    const refused: (() => unknown)[] = [
      () => thresholdTree({ need: 2, inputs: [0, 0] }, 1),
      () => thresholdTree(1, 1),
      () => generalFormula(1, 1),
      () => flatTree({ need: 0, inputs: [0] }),
      () => flatTree({ need: 3, inputs: [0, 1] }),
      () => flatTree({ need: 1, inputs: [] }),
      () => flatTree({ need: 1, inputs: [0, 1], weights: [1, 0] }),
      () => flatTree({ need: 1, inputs: [0, 1], weights: [1] }),
      () => listOfQuorums([], 1),
      () => listOfQuorums([[]], 1),
      () => listOfQuorums([[1]], 1),
      () => listOfQuorums([[-1]], 1),
    ]
    for (const call of refused) expect(call).toThrow(RangeError)
  })
})
