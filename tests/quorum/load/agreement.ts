import { expect } from 'vitest'

import type { Random } from '../../../src/core/random.ts'
import { leastOfGoals } from '../../../src/quorum/load/least-of-goals.ts'
import { leastPrice } from '../../../src/quorum/load/least-price.ts'
import { partsOf } from '../../../src/quorum/load/formula-parts.ts'
import { load } from '../../../src/quorum/load/load.ts'
import { surviving } from '../../../src/quorum/load/surviving.ts'
import { quorumSetOf } from '../../../src/quorum/structures/quorum-set-of.ts'
import { slowLoad } from '../slow-load.ts'
import { bitsOf, minimalMasks, tableOf } from '../truth.ts'
import { randomFormula, randomFraction, randomSystem } from './cases.ts'

/** The load of a random system is that of the slow twin; answers the way it was found. */
export async function agreesWithSlowTwin(random: Random, size: number): Promise<string> {
  const { system, reads, writes } = randomSystem(random, size)
  const fraction = randomFraction(random)
  const found = await load(system, { readFraction: fraction })
  const [readMasks, writeMasks] = [reads, writes].map((side) => minimalMasks(tableOf(side, size)))
  const expected = slowLoad(readMasks ?? [], writeMasks ?? [], fraction, {
    read: system.nodes.map((node) => node.readCapacity),
    write: system.nodes.map((node) => node.writeCapacity),
  })
  expect(String(found.exact), `${JSON.stringify(reads)} at ${String(fraction)}`).toBe(
    String(expected),
  )
  return found.method
}

/** The price of the cheapest quorum of a random formula is the same in every way. */
export function agreesOnLeastPrice(random: Random, size: number): void {
  const formula = randomFormula(random, size, random.chance(2, 3))
  const parts = partsOf(formula)
  const prices = Array.from({ length: size }, () => BigInt(random.int(0, 9)))
  const sums = minimalMasks(tableOf(formula, size)).map((mask) =>
    bitsOf(mask).reduce((sum, node) => sum + (prices[node] ?? 0n), 0n),
  )
  const least = sums.reduce((a, b) => (a < b ? a : b))
  const found = [leastPrice(parts, prices, 1n), leastOfGoals(parts, prices, 1_000_000)]
  expect(found.map(String)).toEqual([String(least), String(least)])
}

/** By the definition: a quorum whatever so many of its nodes are taken away. */
function survives(table: ArrayLike<number>, live: number, failures: number): boolean {
  if (table[live] !== 1) return false
  if (failures === 0) return true
  return bitsOf(live).every((node) => survives(table, live & ~(1 << node), failures - 1))
}

/** What survives failures is what the definition says; answers whether anything does. */
export function agreesOnSurvivors(random: Random, size: number): boolean {
  const failures = random.int(0, 3)
  const formula = randomFormula(random, size, random.chance(1, 2))
  const table = tableOf(formula, size)
  const expected = table.map((_, live) => (survives(table, live, failures) ? 1 : 0))
  const set = quorumSetOf(formula, size)
  if (expected.every((holds) => holds === 0)) {
    expect(() => surviving(set, failures)).toThrow('no set of nodes is a quorum after any')
    return false
  }
  expect(tableOf(surviving(set, failures), size).join('')).toBe(expected.join(''))
  return true
}
