import { Rational } from '../rational.ts'
import { ExactProgram } from './exact-program.ts'
import type { ListedQuorum } from './exact-program.ts'
import type { Question } from './question.ts'
import { slowest } from './slowest.ts'
import { StrategyProgram } from './strategy-program.ts'
import { FlatTreeOfKinds, treeQuorums, TreeSide } from './tree-side.ts'

/** More quorums than this on a side, and the bound stays a double. */
const MOST_QUORUMS = 150

/** A value below which no read-write system on these nodes is, whatever it looks like. */
export interface LeastPossible {
  /** `Infinity` if no system keeps the limits. */
  readonly value: number
  /** Whether this value is such a bound exactly, so that no system at all is better. */
  isReachedBy(value: Rational): boolean
}

/**
 * Two reasons. Read quorums are at least as big as the write resilience demands and write quorums
 * as the read resilience does: so no system is better than all sets of these sizes, although they
 * need not meet. And a read quorum and a write quorum do meet, so the probabilities r and w that
 * nodes are used have sum(r w) >= 1; with f r / a + (1 - f) w / b <= L at a node of capacities a
 * and b its r w is at most L^2 a b / (4 f (1 - f)), hence L >= 2 sqrt(f (1 - f) / sum(a b)), which
 * is 1 / sqrt(n) for alike nodes and f = 1/2 as in Naor & Wool (1998, section 4).
 */
export function leastPossible(question: Question): LeastPossible {
  const { objective } = question
  if (objective === 'failure') return { value: 0, isReachedBy: (value) => value.isZero() }
  const bySizes = relaxed(question)
  const meeting = objective === 'load' ? meetingLoad(question) : 0
  return {
    value: Math.max(bySizes.value, meeting),
    isReachedBy: (value) =>
      bySizes.exact?.equals(value) === true ||
      (objective === 'load' && isMeetingLoad(question, value)),
  }
}

function relaxed(question: Question): { value: number; exact: Rational | undefined } {
  const { nodes } = question
  const latencies = nodes.map(({ latency }) => latency.toNumber())
  const kinds = nodes.map((_, i) => [i])
  const [reads, writes] = smallest(question).map((need) => {
    const tree = new FlatTreeOfKinds(kinds)
    const leaf = { id: 0, code: 0, need: 0, inputs: [], smallest: 1, smallestDual: 1 }
    tree.fill({ ...leaf, kind: -1, need, inputs: nodes.map((_, kind) => ({ ...leaf, kind })) })
    return tree
  }) as [FlatTreeOfKinds, FlatTreeOfKinds]
  const program = new StrategyProgram(question)
  const value = program.solve(
    new TreeSide(reads, false, latencies),
    new TreeSide(writes, false, latencies),
  )
  if (value === 'infeasible') return { value: Infinity, exact: undefined }
  if (value === 'unsolved') return { value: 0, exact: undefined }
  const [listedReads, listedWrites] = [reads, writes].map((tree) => listed(tree, question))
  if (listedReads === undefined || listedWrites === undefined) {
    return { value, exact: withEvenPrices(question) }
  }
  const exact = new ExactProgram(question, program.shape)
  return { value, exact: exact.solve(listedReads, listedWrites, program.basis)?.value }
}

/** Sizes that no read quorum and no write quorum of a strategy can fall below. */
function smallest({ resilience, failures, size }: Question): readonly [number, number] {
  // After the failures of its members a quorum is still one.
  const least = (other: number): number => Math.min(size, other + 1 + failures)
  return [least(resilience.write), least(resilience.read)]
}

/** What the sizes alone prove: of the network, and of the load of nodes that are alike. */
function withEvenPrices(question: Question): Rational | undefined {
  const { objective, reading, nodes, size } = question
  const [read, write] = smallest(question)
  const each = (count: number, part: Rational, capacity: Rational): Rational =>
    part.times(Rational.from(count)).over(capacity)
  const sum = (readCapacity: Rational, writeCapacity: Rational): Rational =>
    each(read, reading, readCapacity).plus(each(write, Rational.one.minus(reading), writeCapacity))
  if (objective === 'network') return sum(Rational.one, Rational.one)
  const [first] = nodes
  const alike =
    first !== undefined &&
    nodes.every(
      ({ readCapacity, writeCapacity }) =>
        readCapacity.equals(first.readCapacity) && writeCapacity.equals(first.writeCapacity),
    )
  if (objective !== 'load' || !alike) return undefined
  return sum(first.readCapacity, first.writeCapacity).over(Rational.from(size))
}

function listed(tree: FlatTreeOfKinds, question: Question): readonly ListedQuorum[] | undefined {
  const sets = treeQuorums(tree, false, MOST_QUORUMS)
  return sets?.map((set) => ({ set, latency: slowest(set, question) }))
}

function productOfCapacities({ nodes }: Question): Rational {
  return nodes.reduce(
    (sum, { readCapacity, writeCapacity }) => sum.plus(readCapacity.times(writeCapacity)),
    Rational.zero,
  )
}

function meetingLoad(question: Question): number {
  const product = productOfCapacities(question).toNumber()
  return question.workload.reduce((sum, { fraction, weight }) => {
    const part = fraction.toNumber()
    return sum + weight.toNumber() * 2 * Math.sqrt((part * (1 - part)) / product)
  }, 0)
}

function isMeetingLoad(question: Question, value: Rational): boolean {
  const [only] = question.workload
  if (only === undefined || question.workload.length > 1) return false
  const { fraction } = only
  const squared = fraction.times(Rational.one.minus(fraction)).times(Rational.from(4))
  return value.times(value).times(productOfCapacities(question)).equals(squared)
}
