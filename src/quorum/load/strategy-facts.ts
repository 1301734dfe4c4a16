import { UserError } from '../../core/user-error.ts'
import type { Random } from '../../core/random.ts'
import type { QuorumSet } from '../quorum-set.ts'
import type { QuorumNode } from '../node.ts'
import { Rational } from '../rational.ts'
import { flatTree } from '../structures/flat-tree.ts'
import type { FlatTree } from '../structures/flat-tree.ts'
import { treeOf } from '../structures/threshold-tree.ts'
import type { QuorumSystem } from '../system.ts'
import { fractionAt } from './fractions.ts'
import type { Fractions } from './fractions.ts'
import { momentBelow, pickMarginal, quorumsOf } from './schedule.ts'
import type { ListedStrategy, SideStrategy, Strategy } from './strategy.ts'
import { workloadOf } from './workload.ts'
import type { Distribution, Workload } from './workload.ts'
import type { RationalLike } from '../rational.ts'

/** Which nodes a strategy uses how often: the probability that a quorum has the node. */
export function nodeUses(side: SideStrategy, size: number): Fractions {
  const uses = new Array<bigint>(size).fill(0n)
  if (side.form === 'marginals') {
    const { numerators, denominator } = side.amounts
    for (const [part, node] of treeOfSet(side.set).node.entries()) {
      if (node >= 0) uses[node]! += numerators[part]!
    }
    return { numerators: uses, denominator }
  }
  const { numerators, denominator } = side.probabilities
  for (const [place, quorum] of side.quorums.entries()) {
    for (const node of quorum) uses[node]! += numerators[place]!
  }
  return { numerators: uses, denominator }
}

function treeOfSet(set: QuorumSet): FlatTree {
  return treeOf(set) ?? flatTree(set.formula())
}

/** How often each node is used by reads and by writes. */
export interface Uses {
  readonly reads: Fractions
  readonly writes: Fractions
}

export function usesOf(system: QuorumSystem, strategy: Strategy): Uses {
  const reads = nodeUses(strategy.reads, system.size)
  const same = strategy.reads === strategy.writes
  const writes = same ? reads : nodeUses(strategy.writes, system.size)
  return { reads, writes }
}

/** The load of each node at one read fraction: the share of its time in a unit of operations. */
export function nodeLoads(
  nodes: readonly QuorumNode[],
  { reads, writes }: Uses,
  fraction: Rational,
): Rational[] {
  const rest = Rational.one.minus(fraction)
  return nodes.map(({ readCapacity, writeCapacity }, i) => {
    const read = fraction.times(fractionAt(reads, i)).over(readCapacity)
    return read.plus(rest.times(fractionAt(writes, i)).over(writeCapacity))
  })
}

/** The load of the busiest node at one read fraction. */
export function strategyLoad(
  nodes: readonly QuorumNode[],
  uses: Uses,
  fraction: Rational,
): Rational {
  return busiest(nodes, uses, fraction).load
}

function busiest(
  nodes: readonly QuorumNode[],
  { reads, writes }: Uses,
  fraction: Rational,
): { load: Rational } {
  const rest = Rational.one.minus(fraction)
  const whole = fraction.denominator * reads.denominator * rest.denominator * writes.denominator
  const perRead = fraction.numerator * rest.denominator * writes.denominator
  const perWrite = rest.numerator * fraction.denominator * reads.denominator
  let above = 0n
  let below = 1n
  for (const [i, { readCapacity, writeCapacity }] of nodes.entries()) {
    const read = perRead * reads.numerators[i]! * readCapacity.denominator
    const write = perWrite * writes.numerators[i]! * writeCapacity.denominator
    const sum = read * writeCapacity.numerator + write * readCapacity.numerator
    const of = readCapacity.numerator * writeCapacity.numerator
    if (sum * below > above * of) [above, below] = [sum, of]
  }
  return { load: Rational.of(above, below * whole) }
}

/** The load of the busiest node, on average over the workload. */
export function meanLoad(nodes: readonly QuorumNode[], uses: Uses, workload: Workload): Rational {
  return workload.reduce(
    (sum, { fraction, weight }) => sum.plus(weight.times(strategyLoad(nodes, uses, fraction))),
    Rational.zero,
  )
}

/** What a strategy does at one read fraction, node by node. */
export interface NodeTraffic {
  readonly node: QuorumNode
  /** Busy time per operation of the system. */
  readonly load: Rational
  /** Share of the time in which it is busy when the system is at its capacity. */
  readonly utilisation: Rational
  /** Operations it answers in a unit of time when the system is at its capacity. */
  readonly throughput: Rational
}

/**
 * What each node does under a strategy at one read fraction (between 0 and 1), in the order of the
 * nodes of the system.
 */
export function nodeTraffic(
  system: QuorumSystem,
  strategy: Strategy,
  readFraction: RationalLike,
): NodeTraffic[] {
  const fraction = Rational.from(readFraction)
  const uses = usesOf(system, strategy)
  const rest = Rational.one.minus(fraction)
  const capacity = Rational.one.over(strategyLoad(system.nodes, uses, fraction))
  return nodeLoads(system.nodes, uses, fraction).map((load, i) => {
    const reads = fraction.times(fractionAt(uses.reads, i))
    const writes = rest.times(fractionAt(uses.writes, i))
    return {
      node: system.nodes[i]!,
      load,
      utilisation: load.times(capacity),
      throughput: reads.plus(writes).times(capacity),
    }
  })
}

/** How many nodes an operation contacts on average. */
export function networkLoad(
  system: QuorumSystem,
  strategy: Strategy,
  readFraction: RationalLike | Distribution,
): Rational {
  const { reads, writes } = usesOf(system, strategy)
  const fraction = meanFraction(workloadOf(readFraction))
  const size = ({ numerators, denominator }: Fractions) =>
    Rational.of(
      numerators.reduce((sum, number) => sum + number, 0n),
      denominator,
    )
  return fraction.times(size(reads)).plus(Rational.one.minus(fraction).times(size(writes)))
}

export function meanFraction(workload: Workload): Rational {
  return workload.reduce(
    (sum, { fraction, weight }) => sum.plus(weight.times(fraction)),
    Rational.zero,
  )
}

/** The average time until the answers of the contacted nodes contain a quorum. */
export function strategyLatency(
  system: QuorumSystem,
  strategy: Strategy,
  readFraction: RationalLike | Distribution,
): Rational {
  const fraction = meanFraction(workloadOf(readFraction))
  const mean = (side: 'reads' | 'writes'): Rational => {
    const { quorums, probabilities } = listed(strategy, side)
    const latencies = quorums.map((quorum) => quorumLatency(system, side, quorum))
    return latencies.reduce(
      (sum, latency, k) => sum.plus(latency.times(fractionAt(probabilities, k))),
      Rational.zero,
    )
  }
  const rest = Rational.one.minus(fraction)
  const reads = fraction.isZero() ? Rational.zero : fraction.times(mean('reads'))
  return rest.isZero() ? reads : reads.plus(rest.times(mean('writes')))
}

/** The time until the nodes that have answered are a quorum: the fastest one among the nodes. */
export function quorumLatency(
  system: QuorumSystem,
  side: 'reads' | 'writes',
  quorum: ArrayLike<number>,
): Rational {
  const latencyOf = (node: number) => system.nodes[node]!.latency
  const byLatency = Array.from(quorum).sort((a, b) => latencyOf(a).compare(latencyOf(b)))
  const alive = new Uint8Array(system.size)
  for (const node of byLatency) {
    alive[node] = 1
    if (system[side].holds(alive)) return latencyOf(node)
  }
  throw new UserError(`{${Array.from(quorum).join(', ')}} is not a quorum`, {
    hint: 'quorums of the same system',
  })
}

/** The quorums of one side, written out; a strategy by parts may have very many. */
export function listed(strategy: Strategy, side: 'reads' | 'writes'): ListedStrategy {
  const own = strategy[side]
  return own.form === 'quorums' ? own : quorumsOf(treeOfSet(own.set), own)
}

/** A quorum to contact, drawn as the strategy says. */
export function pickQuorum(
  strategy: Strategy,
  side: 'reads' | 'writes',
  random: Random,
): Int32Array {
  const own = strategy[side]
  if (own.form === 'marginals') {
    return pickMarginal(treeOfSet(own.set), own, random)
  }
  const { numerators, denominator } = own.probabilities
  let left = momentBelow(denominator, random)
  for (const [place, quorum] of own.quorums.entries()) {
    left -= numerators[place]!
    if (left < 0n) return quorum
  }
  throw new Error('the probabilities of a strategy do not add up')
}
