import { describe, expect, it } from 'vitest'
import type { Random } from '../../src/core/random.ts'
import { seeded } from '../../src/core/random.ts'
import {
  failureProbability,
  liveSetCounts,
  load,
  quorumNode,
  quorumSetOf,
  Rational,
  resilience,
  smallestQuorum,
  systemOf,
  verifyLoad,
} from '../../src/quorum/index.ts'
import type { Formula, QuorumSystem } from '../../src/quorum/index.ts'
import { slowLoad } from './slow-load.ts'
import { aliveCounts, slowFailure } from './slow-values.ts'
import { bitsOf, dualTable, minimalMasks, randomFormula, randomTree, tableOf } from './truth.ts'

/** A random formula, with each node once or with nodes several times. */
function anyFormula(random: Random, size: number): Formula {
  const weighted = random.chance(1, 3)
  if (random.chance(1, 2)) return randomTree(random, size, weighted)
  return randomFormula(random, size, random.int(size, size + 3), weighted)
}

/** Reads by a random formula and writes by what meets them, with different nodes. */
function anySystem(random: Random): QuorumSystem {
  const size = random.int(1, 6)
  const reads = quorumSetOf(anyFormula(random, size), size)
  const nodes = Array.from({ length: size }, (_, node) =>
    quorumNode(`n${node}`, {
      readCapacity: `${random.int(1, 6)}/${random.int(1, 2)}`,
      writeCapacity: random.int(1, 4),
      failure: `${random.int(0, 10)}/10`,
    }),
  )
  return systemOf({ name: 'random', size, reads, writes: reads.dual(), nodes })
}

/** Two of three: a node, a random formula, and what meets it. That is its own dual. */
function selfDual(random: Random): QuorumSystem {
  const rest = random.int(1, 5)
  const side = quorumSetOf(anyFormula(random, rest), rest)
  const formula: Formula = { need: 2, inputs: [rest, side.formula(), side.dual().formula()] }
  const set = quorumSetOf(formula, rest + 1)
  return systemOf({ name: 'self-dual', size: rest + 1, reads: set, writes: set })
}

/** A random formula and what meets it, both at once: any two of its quorums meet. */
function coterie(random: Random): QuorumSystem {
  if (random.chance(1, 2)) return selfDual(random)
  const size = random.int(1, 6)
  const side = quorumSetOf(anyFormula(random, size), size)
  const set = quorumSetOf({ need: 2, inputs: [side.formula(), side.dual().formula()] }, size)
  return systemOf({ name: 'coterie', size, reads: set, writes: set })
}

const tables = ({ reads, writes, size }: QuorumSystem) => ({
  read: tableOf(reads.formula(), size),
  write: tableOf(writes.formula(), size),
})

const least = (masks: readonly number[]): number =>
  Math.min(...masks.map((mask) => bitsOf(mask).length))

describe('quorum systems at random', () => {
  it('have a load of at least 1/c, c/n and 1/sqrt(n) where any two quorums meet', async () => {
    const random = seeded(31)
    for (let run = 0; run < 60; run++) {
      const system = coterie(random)
      const { exact, upper, lower, certificate } = await load(system, { readFraction: '2/3' })
      expect(verifyLoad(certificate)).toEqual({ ok: true })
      expect(exact?.equals(lower) === true && exact.equals(upper)).toBe(true)
      const { read: smallest } = smallestQuorum(system)
      const bounds = [`1/${smallest}`, `${smallest}/${system.size}`].map(Rational.from)
      for (const bound of bounds) expect(lower.compare(bound)).toBeGreaterThanOrEqual(0)
      const squared = lower.times(lower).times(Rational.from(system.size))
      expect(squared.compare(Rational.one)).toBeGreaterThanOrEqual(0)
      expect(resilience(system).both).toBeLessThanOrEqual(smallest - 1)
    }
  })

  it('fail with probability 1/2 at 1/2 where they are their own dual', () => {
    const random = seeded(32)
    for (let run = 0; run < 80; run++) {
      const system = selfDual(random)
      const { read } = tables(system)
      expect(dualTable(read)).toEqual(read)
      expect(failureProbability(system, { down: '1/2' }).exact?.toString()).toBe('1/2')
      const { counts } = liveSetCounts(system)
      const mirrored = counts.map((count, size) => count + (counts[system.size - size] ?? 0n))
      expect(mirrored).toEqual(counts.map((_, size) => binomial(system.size, size)))
    }
  })

  it('are the dual of their dual, and one side fails when the other can, upside down', () => {
    const random = seeded(33)
    for (let run = 0; run < 80; run++) {
      const system = anySystem(random)
      const { read, write } = tables(system)
      expect(dualTable(read)).toEqual(write)
      expect(tableOf(system.reads.dual().dual().formula(), system.size)).toEqual(read)
      const { name, size, reads, writes } = system
      const alike = systemOf({ name, size, reads, writes })
      const chance = (side: 'read' | 'write', down: string) =>
        failureProbability(alike, { side, down }).exact ?? Rational.zero
      expect(chance('read', '1/5').plus(chance('write', '4/5')).toString()).toBe('1')
    }
  })

  it('have the load, the failures and the resilience that brute force finds', async () => {
    const random = seeded(34)
    for (let run = 0; run < 60; run++) {
      const system = anySystem(random)
      const { read, write } = tables(system)
      const [reads, writes] = [minimalMasks(read), minimalMasks(write)]
      const readFraction = Rational.from(`${random.int(0, 4)}/4`)
      const { exact } = await load(system, { readFraction })
      const capacities = {
        read: system.nodes.map(({ readCapacity }) => readCapacity),
        write: system.nodes.map(({ writeCapacity }) => writeCapacity),
      }
      const slow = slowLoad(reads, writes, readFraction, capacities)
      expect(exact?.toString()).toBe(slow.toString())

      const down = system.nodes.map(({ failure }) => failure ?? Rational.zero)
      const both = read.map((holds, live) => (holds === 1 && write[live] === 1 ? 1 : 0))
      for (const [side, table] of Object.entries({ read, write, both })) {
        const asked = { side: side as 'read' | 'write' | 'both' }
        const found = failureProbability(system, asked)
        expect(found.exact?.toString()).toBe(slowFailure(table, down).toString())
        const { counts } = liveSetCounts(system, asked)
        expect(counts.map(Number)).toEqual(aliveCounts(table, system.size))
      }
      const hitting = { read: least(writes) - 1, write: least(reads) - 1 }
      expect(resilience(system)).toMatchObject({
        ...hitting,
        both: Math.min(hitting.read, hitting.write),
      })
      expect(smallestQuorum(system)).toMatchObject({ read: least(reads), write: least(writes) })
    }
  })
})

function binomial(of: number, count: number): bigint {
  let result = 1n
  for (let i = 0; i < count; i++) result = (result * BigInt(of - i)) / BigInt(i + 1)
  return result
}
