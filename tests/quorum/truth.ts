import type { Random } from '../../src/core/random.ts'
import type { Formula } from '../../src/quorum/formula.ts'

/**
 * The slow twin of every structure: a table with a 0 or 1 for each set of live nodes, where bit i
 * of the index is node i.
 */
export type Table = Uint8Array

export function tableOf(formula: Formula, size: number): Table {
  if (typeof formula === 'number') {
    return Uint8Array.from({ length: 2 ** size }, (_, live) => (live >> formula) & 1)
  }
  const reached = new Float64Array(2 ** size)
  formula.inputs.forEach((input, i) => {
    const weight = formula.weights?.[i] ?? 1
    tableOf(input, size).forEach((holds, live) => {
      reached[live] = (reached[live] as number) + weight * holds
    })
  })
  return Uint8Array.from(reached, (weight) => (weight >= formula.need ? 1 : 0))
}

/** What meets every quorum: its complement holds no quorum. */
export function dualTable(table: Table): Table {
  return table.map((_, live) => 1 - (table[table.length - 1 - live] as number))
}

/** The minimal quorums, as masks in ascending order. */
export function minimalMasks(table: Table): number[] {
  const masks: number[] = []
  for (let live = 0; live < table.length; live++) {
    let minimal = table[live] === 1
    for (let bits = live; minimal && bits !== 0; bits &= bits - 1) {
      minimal = table[live ^ (bits & -bits)] === 0
    }
    if (minimal) masks.push(live)
  }
  return masks
}

export function bitsOf(mask: number): number[] {
  const bits: number[] = []
  for (let rest = mask; rest !== 0; rest &= rest - 1) bits.push(31 - Math.clz32(rest & -rest))
  return bits
}

export function maskOf(members: Iterable<number>): number {
  let mask = 0
  for (const member of members) mask |= 1 << member
  return mask
}

/** All functions that stay true when nodes are added, but for the two that never change. */
export function monotoneTables(size: number): Table[] {
  const all = (n: number): Table[] => {
    if (n === 0) return [Uint8Array.of(0), Uint8Array.of(1)]
    const smaller = all(n - 1)
    const below = (low: Table, high: Table): boolean => low.every((bit, i) => bit <= at(high, i))
    return smaller.flatMap((low) =>
      smaller.filter((high) => below(low, high)).map((high) => Uint8Array.from([...low, ...high])),
    )
  }
  return all(size).filter((table) => at(table, 0) === 0 && at(table, table.length - 1) === 1)
}

function at(table: Table, index: number): number {
  return table[index] as number
}

/** A random formula in which each of the nodes 0 to `size` - 1 stands once. */
export function randomTree(random: Random, size: number, weighted: boolean): Formula {
  return grown(random, random.shuffle(Array.from({ length: size }, (_, node) => node)), weighted)
}

/** A random formula with `places` leaves, whose nodes may stand more than once. */
export function randomFormula(
  random: Random,
  size: number,
  places: number,
  weighted: boolean,
): Formula {
  const nodes = Array.from({ length: places }, () => random.int(0, size - 1))
  return grown(random, nodes, weighted)
}

function grown(random: Random, leaves: readonly number[], weighted: boolean): Formula {
  const [only] = leaves
  if (only !== undefined && leaves.length === 1) {
    return random.chance(1, 10) ? { need: 1, inputs: [only] } : only
  }
  const groups: number[][] = Array.from({ length: random.int(2, leaves.length) }, () => [])
  for (const leaf of leaves) random.pick(groups).push(leaf)
  const inputs = groups
    .filter((group) => group.length > 0)
    .map((group) =>
      group.length === leaves.length ? flat(random, group) : grown(random, group, weighted),
    )
  return gate(random, inputs, weighted)
}

function flat(random: Random, leaves: readonly number[]): Formula {
  return { need: random.int(1, leaves.length), inputs: leaves }
}

function gate(random: Random, inputs: readonly Formula[], weighted: boolean): Formula {
  if (!weighted || random.chance(1, 2)) return { need: random.int(1, inputs.length), inputs }
  const weights = inputs.map(() => random.int(1, 4))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return { need: random.int(1, total), inputs, weights }
}
