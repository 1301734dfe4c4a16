import type { Formula } from '../formula.ts'
import type { QuorumSet } from '../quorum-set.ts'
import { range } from '../structures/combinations.ts'
import { thresholdTree } from '../structures/threshold-tree.ts'
import type { QuorumSystem } from '../system.ts'
import { checkSize, coterie, nameOf, readWrite, refusal } from './family.ts'
import type { Family, Parameter } from './family.ts'

const nodes: Parameter = { name: 'n', meaning: 'the number of nodes' }

/** Any `need` of the nodes from `first` on. */
export function someOf(need: number, count: number, first = 0): Formula {
  return { need, inputs: range(count, first) }
}

export function majorityOf(count: number): number {
  return Math.floor(count / 2) + 1
}

function thresholdQuorums(need: number, count: number): QuorumSet {
  return thresholdTree(someOf(need, count), count)
}

const GIFFORD = 'Gifford, Weighted voting for replicated data, SOSP 1979'

export const singleton: Family = {
  name: 'singleton',
  parameters: [{ ...nodes, default: 1 }],
  paper: 'Garcia-Molina & Barbara, How to assign votes in a distributed system, JACM 32(4), 1985',
  example: 'singleton(n=5)',
  make: ([n = 1]) => singletonSystem(n),
}

/** The first node decides alone; the others have no say. */
export function singletonSystem(n = 1): QuorumSystem {
  return coterie(nameOf(singleton, [n]), thresholdTree(0, n))
}

export const majority: Family = {
  name: 'majority',
  parameters: [nodes],
  paper:
    'Thomas, A majority consensus approach to concurrency control for multiple copy databases, ' +
    'ACM TODS 4(2), 1979',
  example: 'majority(n=5)',
  make: ([n = 0]) => majoritySystem(n),
}

/** Any floor(n / 2) + 1 nodes. */
export function majoritySystem(n: number): QuorumSystem {
  return coterie(nameOf(majority, [n]), thresholdQuorums(majorityOf(n), n))
}

export const threshold: Family = {
  name: 'threshold',
  parameters: [nodes, { name: 'k', meaning: 'the nodes in a quorum' }],
  paper: GIFFORD,
  example: 'threshold(n=7,k=5)',
  make: ([n = 0, k = 0]) => thresholdSystem(n, k),
}

/** Any k of n nodes, for reads and writes alike: more than half. */
export function thresholdSystem(n: number, k: number): QuorumSystem {
  const name = nameOf(threshold, [n, k])
  if (k > n) throw refusal(threshold, `k = ${k} is more than n = ${n}`, threshold.example)
  if (2 * k <= n) {
    const fact = `two quorums of ${k} of ${n} nodes may have no node in common`
    throw refusal(threshold, fact, `k = ${majorityOf(n)}, or rw-threshold(n=${n},r=${k})`)
  }
  return coterie(name, thresholdQuorums(k, n))
}

export const readWriteThreshold: Family = {
  name: 'rw-threshold',
  parameters: [nodes, { name: 'r', meaning: 'the nodes in a read quorum' }],
  paper: GIFFORD,
  example: 'rw-threshold(n=5,r=2)',
  make: ([n = 0, r = 0]) => readWriteThresholdSystem(n, r),
}

/** Any r nodes for reads; for writes any n - r + 1, the fewest that meet them. */
export function readWriteThresholdSystem(n: number, r: number): QuorumSystem {
  const name = nameOf(readWriteThreshold, [n, r])
  if (r > n) {
    throw refusal(readWriteThreshold, `r = ${r} is more than n = ${n}`, readWriteThreshold.example)
  }
  return thresholdPair(name, n, r, n - r + 1)
}

export function thresholdPair(
  name: string,
  n: number,
  reads: number,
  writes: number,
): QuorumSystem {
  const readQuorums = thresholdQuorums(reads, n)
  if (reads === writes) return coterie(name, readQuorums)
  return readWrite(name, readQuorums, thresholdQuorums(writes, n))
}

const BERNSTEIN_GOODMAN =
  'Bernstein & Goodman, An algorithm for concurrency control and recovery in replicated ' +
  'distributed databases, ACM TODS 9(4), 1984'

export const readOneWriteAll: Family = {
  name: 'rowa',
  parameters: [nodes],
  paper: BERNSTEIN_GOODMAN,
  example: 'rowa(n=5)',
  make: ([n = 0]) => readOneWriteAllSystem(n),
}

/** One node for a read, all for a write. */
export function readOneWriteAllSystem(n: number): QuorumSystem {
  return thresholdPair(nameOf(readOneWriteAll, [n]), n, 1, n)
}

export const readAllWriteOne: Family = {
  name: 'raow',
  parameters: [nodes],
  paper: BERNSTEIN_GOODMAN,
  example: 'raow(n=5)',
  make: ([n = 0]) => readAllWriteOneSystem(n),
}

/** All nodes for a read, one for a write. */
export function readAllWriteOneSystem(n: number): QuorumSystem {
  return thresholdPair(nameOf(readAllWriteOne, [n]), n, n, 1)
}

export const weighted: Family = {
  name: 'weighted',
  parameters: [],
  rest: { name: 'weight', meaning: 'the votes of a node', from: 0, to: 1_000_000 },
  paper: GIFFORD,
  example: 'weighted(2,1,1,1)',
  make: (values) => weightedSystem(values),
}

/** Nodes with more than half of all votes; a node of weight 0 has no say. */
export function weightedSystem(weights: readonly number[]): QuorumSystem {
  const name = nameOf(weighted, weights)
  checkSize(weighted, weights.length)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (total === 0) throw refusal(weighted, 'no node has a vote', weighted.example)
  const voters = range(weights.length).filter((node) => weights[node] !== 0)
  const votes = voters.map((node) => weights[node] as number)
  const formula: Formula = { need: majorityOf(total), inputs: voters, weights: votes }
  return coterie(name, thresholdTree(formula, weights.length))
}
