import type { QuorumSet } from '../quorum-set.ts'
import { Rational } from '../rational.ts'
import { flatTree } from '../structures/flat-tree.ts'
import type { FlatTree } from '../structures/flat-tree.ts'
import type { WallQuorums } from '../structures/wall.ts'
import type { QuorumSystem } from '../system.ts'
import { allAlike } from './all-alike.ts'
import { fractionsOf } from './fractions.ts'
import type { FoundLoad } from './load.ts'
import { quorumsOf } from './schedule.ts'
import { MOST_PARTS_TO_LIST } from './side-blocks.ts'
import { meanLoad, nodeUses } from './strategy-facts.ts'
import type { Workload } from './workload.ts'

/**
 * The load of a crumbling wall of equal nodes (Peleg & Wool 1997). All nodes can be used equally
 * often, which fixes how often each row is the full one; the prices that make all quorums equally
 * dear prove that this is the best. `undefined` for other systems, and for walls in which a row is
 * so narrow that it would have to be full less often than never.
 */
export function wallLoad(system: QuorumSystem, workload: Workload): FoundLoad | undefined {
  const { reads, writes, nodes } = system
  if (reads !== writes || !isWall(reads) || !allAlike(nodes)) return undefined
  const { widths } = reads.wall
  const full = fullRows(widths)
  if (full === undefined) return undefined

  const tree = flatTree(reads.formula())
  const amounts = fractionsOf(amountsIn(tree, widths, full))
  const marginals = { form: 'marginals', set: reads, amounts } as const
  const strategy = tree.vertices <= MOST_PARTS_TO_LIST ? quorumsOf(tree, marginals) : marginals
  const uses = nodeUses(strategy, system.size)
  const load = meanLoad(nodes, { reads: uses, writes: uses }, workload)
  const prices = fractionsOf(pricesOf(widths))
  return {
    lower: load,
    upper: load,
    strategy: { reads: strategy, writes: strategy },
    prices: workload.map(() => prices),
    method: 'closed form of walls',
  }
}

function isWall(set: QuorumSet): set is WallQuorums {
  return 'wall' in set && !(set as WallQuorums).wall.withoutFull
}

/** How often each row is the full one, so that all nodes are used equally often. */
function fullRows(widths: readonly number[]): Rational[] | undefined {
  // In proportion to the use of a node: a node of this row is used as often as its row is full,
  // and its share of how often a higher row is.
  let higher = Rational.zero
  const full: Rational[] = []
  for (const width of widths) {
    const own = Rational.one.minus(higher.over(Rational.from(width)))
    if (own.numerator < 0n) return undefined
    full.push(own)
    higher = higher.plus(own)
  }
  return full.map((row) => row.over(higher))
}

/** From the bottom up, so that a full row and a node of each row below it cost 1. */
function pricesOf(widths: readonly number[]): Rational[] {
  let below = Rational.zero
  const rows = widths.toReversed().map((width) => {
    const price = Rational.one.minus(below).over(Rational.from(width))
    below = below.plus(price)
    return new Array<Rational>(width).fill(price)
  })
  return rows.reverse().flat()
}

/**
 * How often each part of the formula is used. A node stands in it twice: where its row is full, and
 * as the only one of its row. In rows of one node the first is an input of an or, the second of an
 * and; in wider rows it is the other way round. The top row can only be full.
 */
function amountsIn(tree: FlatTree, widths: readonly number[], full: readonly Rational[]) {
  const { vertices, node, need, start, inputs } = tree
  const rowOf = widths.flatMap((width, row) => new Array<number>(width).fill(row))
  const higher = [Rational.zero]
  for (const own of full) higher.push(higher.at(-1)!.plus(own))
  const parent = new Int32Array(vertices).fill(-1)
  const amounts: Rational[] = []
  for (let v = 0; v < vertices; v++) {
    for (const input of inputs.subarray(start[v], start[v + 1])) parent[input] = v
  }
  for (let v = 0; v < vertices; v++) {
    if (node[v]! < 0) {
      const own = Array.from(inputs.subarray(start[v], start[v + 1]), (input) => amounts[input]!)
      const sum = own.reduce((a, b) => a.plus(b))
      amounts.push(need[v] === 1 ? sum : own[0]!)
      continue
    }
    const row = rowOf[node[v]!]!
    const width = widths[row]!
    const inOr = parent[v]! >= 0 && need[parent[v]!] === 1
    const isFull = row === 0 || inOr === (width === 1)
    amounts.push(isFull ? full[row]! : higher[row]!.over(Rational.from(width)))
  }
  return amounts
}
