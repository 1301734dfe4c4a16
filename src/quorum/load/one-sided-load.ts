import { Rational } from '../rational.ts'
import type { QuorumSet } from '../quorum-set.ts'
import type { FlatTree } from '../structures/flat-tree.ts'
import { treeOf } from '../structures/threshold-tree.ts'
import type { QuorumSystem } from '../system.ts'
import { closedLoad } from './closed-load.ts'
import type { ClosedLoad } from './closed-load.ts'
import type { FoundLoad } from './load.ts'
import { MOST_PARTS_TO_LIST } from './side-blocks.ts'
import { quorumsOf } from './schedule.ts'
import type { SideStrategy } from './strategy.ts'
import type { Workload } from './workload.ts'

/**
 * The closed form, where only one side counts: all operations are reads, or all are writes, or
 * both use the same quorums and a node is as much faster at reads as any other.
 */
export function oneSidedLoad(system: QuorumSystem, workload: Workload): FoundLoad | undefined {
  const { reads, writes, nodes } = system
  const forReads = () => nodes.map((node) => node.readCapacity)
  const forWrites = () => nodes.map((node) => node.writeCapacity)
  const onlyReads = workload.every(({ fraction }) => fraction.equals(Rational.one))
  const onlyWrites = workload.every(({ fraction }) => fraction.isZero())
  const ratio = onlyReads || onlyWrites || reads !== writes ? undefined : commonRatio(system)
  if (!onlyReads && !onlyWrites && ratio === undefined) return undefined
  const counted = onlyReads ? reads : writes
  const tree = plainTree(counted)
  if (tree === undefined) return undefined

  const found = closedLoad(tree, onlyReads ? forReads() : forWrites())
  const load = ratio === undefined ? found.load : found.load.times(meanCost(workload, ratio))
  const strategy = strategyOf(counted, tree, found)
  const other =
    reads === writes
      ? strategy
      : otherSide(onlyReads ? writes : reads, () => (onlyReads ? forWrites() : forReads()))
  return {
    lower: load,
    upper: load,
    strategy: onlyReads ? { reads: strategy, writes: other } : { reads: other, writes: strategy },
    prices: workload.map(() => found.prices),
    method: 'closed recursion',
  }
}

export function plainTree(set: QuorumSet): FlatTree | undefined {
  const tree = treeOf(set)
  return tree?.weighted === false ? tree : undefined
}

export function strategyOf(set: QuorumSet, tree: FlatTree, { amounts }: ClosedLoad): SideStrategy {
  const marginals = { form: 'marginals', set, amounts } as const
  return tree.vertices <= MOST_PARTS_TO_LIST ? quorumsOf(tree, marginals) : marginals
}

/** A side that nothing depends on: its own best, or else one small quorum. */
function otherSide(set: QuorumSet, capacities: () => Rational[]): SideStrategy {
  const tree = plainTree(set)
  if (tree !== undefined) return strategyOf(set, tree, closedLoad(tree, capacities()))
  const quorum = set.cheapest(new Float64Array(set.size).fill(1)).members
  return {
    form: 'quorums',
    quorums: [quorum],
    probabilities: { numerators: [1n], denominator: 1n },
  }
}

/** By what the read capacity of each node has to be divided to be its write capacity. */
function commonRatio({ nodes }: QuorumSystem): Rational | undefined {
  const first = nodes[0]
  if (first === undefined) return undefined
  if (nodes.every(({ readCapacity, writeCapacity }) => readCapacity === writeCapacity)) {
    return Rational.one
  }
  const ratio = first.readCapacity.over(first.writeCapacity)
  const { numerator, denominator } = ratio
  const same = nodes.every(({ readCapacity: read, writeCapacity: write }) => {
    const left = read.numerator * write.denominator * denominator
    return left === write.numerator * read.denominator * numerator
  })
  return same ? ratio : undefined
}

/** What an operation costs on average where a write costs 1. */
function meanCost(workload: Workload, ratio: Rational): Rational {
  return workload.reduce((sum, { fraction, weight }) => {
    const cost = fraction.over(ratio).plus(Rational.one.minus(fraction))
    return sum.plus(weight.times(cost))
  }, Rational.zero)
}
