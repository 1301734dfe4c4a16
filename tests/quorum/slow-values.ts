import type { QuorumSet, QuorumSystem } from '../../src/quorum/index.ts'
import { Rational } from '../../src/quorum/rational.ts'
import { alike, slowLoad } from './slow-load.ts'
import { bitsOf, dualTable, minimalMasks, tableOf } from './truth.ts'
import type { Table } from './truth.ts'

/** What the definitions say of a system whose nodes are alike; one item where the sides are one. */
export interface Values {
  readonly system: string
  readonly nodes: number
  readonly quorums: readonly number[]
  readonly smallest: readonly number[]
  readonly resilience: readonly number[]
  /** How many sets of 0, 1, ..., n live nodes contain a quorum. */
  readonly alive: readonly string[]
  /** One load for a coterie, else at each of the fractions. */
  readonly load: readonly string[]
}

export const FRACTIONS = ['0', '1/4', '1/2', '3/4', '1'] as const

/** The same by brute force over all sets of nodes, and over all strategies. */
export function slowValues(system: QuorumSystem): Values {
  const coterie = system.reads === system.writes
  const sides = (coterie ? [system.reads] : [system.reads, system.writes]).map(sideOf)
  const [reads, writes] = [sides[0]?.masks ?? [], sides.at(-1)?.masks ?? []]
  // With nodes that are alike, what reads and writes of a coterie do together one of them can do.
  const fractions = coterie ? ['1'] : FRACTIONS
  return {
    system: system.name,
    nodes: system.size,
    quorums: sides.map(({ masks }) => masks.length),
    smallest: sides.map(({ smallest }) => smallest),
    resilience: sides.map(({ resilience }) => resilience),
    alive: sides.map(({ alive }) => alive),
    load: fractions.map((fraction) =>
      slowLoad(reads, writes, Rational.from(fraction), alike(system.size)).toString(),
    ),
  }
}

function sideOf(set: QuorumSet) {
  const table = tableOf(set.formula(), set.size)
  const masks = minimalMasks(table)
  const smallest = least(masks)
  const resilience = least(minimalMasks(dualTable(table))) - 1
  return { masks, smallest, resilience, alive: aliveCounts(table, set.size).join(' ') }
}

function least(masks: readonly number[]): number {
  return masks.reduce((fewest, mask) => Math.min(fewest, bitsOf(mask).length), Infinity)
}

export function aliveCounts(table: Table, size: number): readonly number[] {
  const counts = new Array<number>(size + 1).fill(0)
  for (const [live, holds] of table.entries()) {
    if (holds === 1) counts[bitsOf(live).length] = (counts[bitsOf(live).length] ?? 0) + 1
  }
  return counts
}

/** The probability that no quorum is alive, as the sum over all live sets without one. */
export function slowFailure(table: Table, down: readonly Rational[]): Rational {
  let sum = Rational.zero
  for (const [live, holds] of table.entries()) {
    if (holds === 1) continue
    const chance = down.reduce(
      (product, failure, node) =>
        product.times((live >> node) & 1 ? Rational.one.minus(failure) : failure),
      Rational.one,
    )
    sum = sum.plus(chance)
  }
  return sum
}
