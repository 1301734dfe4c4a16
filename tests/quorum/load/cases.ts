import type { Random } from '../../../src/core/random.ts'
import type { Formula } from '../../../src/quorum/formula.ts'
import { quorumNode } from '../../../src/quorum/node.ts'
import { Rational } from '../../../src/quorum/rational.ts'
import { quorumSetOf } from '../../../src/quorum/structures/quorum-set-of.ts'
import { systemOf } from '../../../src/quorum/system.ts'
import type { QuorumSystem } from '../../../src/quorum/system.ts'

/** A formula over all of the nodes, in which some stand again where `repeat` is true. */
export function randomFormula(random: Random, size: number, repeat: boolean): Formula {
  let parts: Formula[] = random.shuffle(Array.from({ length: size }, (_, i) => i))
  if (repeat) {
    const again = random.int(1, size)
    for (let k = 0; k < again; k++) parts.push(random.int(0, size - 1))
    parts = random.shuffle(parts)
  }
  while (parts.length > 1) {
    const count = Math.min(parts.length, random.int(2, 4))
    const inputs = parts.splice(0, count)
    const weights = repeat && random.chance(1, 4) ? inputs.map(() => random.int(1, 3)) : undefined
    const total = weights?.reduce((sum, weight) => sum + weight, 0) ?? count
    const gate = { need: random.int(1, total), inputs }
    parts.push(weights === undefined ? gate : { ...gate, weights })
  }
  return parts[0] ?? 0
}

/** Nodes that are not alike: whole capacities, some fractions, and latencies. */
export function randomNodes(random: Random, size: number, alike: boolean) {
  return Array.from({ length: size }, (_, i) => {
    const read = Rational.of(BigInt(random.int(1, 9)), BigInt(random.pick([1, 1, 1, 2, 3])))
    const write = alike ? read : Rational.from(random.int(1, 9))
    const options = { readCapacity: read, writeCapacity: write, latency: random.int(1, 9) }
    return quorumNode(`n${i + 1}`, options)
  })
}

export interface RandomSystem {
  readonly system: QuorumSystem
  readonly reads: Formula
  readonly writes: Formula
}

/** Reads by a random formula, writes by its dual or, for a coterie, the same quorums. */
export function randomSystem(random: Random, size: number): RandomSystem {
  const repeat = random.chance(1, 2)
  const reads = randomFormula(random, size, repeat)
  const set = quorumSetOf(reads, size)
  const coterie = random.chance(1, 3)
  const writes = coterie ? set : set.dual()
  const nodes = randomNodes(random, size, random.chance(1, 2))
  const system = systemOf({ name: 'random', size, reads: set, writes, nodes })
  return { system, reads, writes: writes.formula() }
}

export function randomFraction(random: Random): Rational {
  return random.pick(['0', '1/5', '1/3', '1/2', '3/4', '1']) === '0'
    ? Rational.zero
    : Rational.of(BigInt(random.int(0, 6)), 6n)
}
