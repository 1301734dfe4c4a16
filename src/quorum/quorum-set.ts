import type { Formula } from './formula.ts'
import type { LinearProgram, Uses } from './linear-program.ts'

/** A probability that may be too small for a double: `log10` is right where `value` is 0. */
export interface Chance {
  readonly value: number
  readonly log10: number
}

/** The probability of being down: one for all nodes, or one for each. */
export type Down = number | Float64Array

/** The members of a quorum in ascending order, and the sum of their prices. */
export interface Priced {
  readonly members: Int32Array
  readonly price: number
}

/**
 * Which sets of nodes are enough: a family closed under adding nodes. Nodes are the numbers from 0
 * to `size` - 1. Each structure (threshold tree, grid, wall, list, ...) is a file of its own;
 * optional members are fast ways that only some of them know, and without them an engine that
 * serves all is taken.
 */
export interface QuorumSet {
  readonly size: number
  /** For people: `threshold tree`, `grid`, `B-grid`, `wall`, `list of quorums`. */
  readonly structure: string
  /** What it means. May be as big as the system, so it is made when asked for. */
  formula(): Formula
  /** Whether live nodes (1) contain a quorum. */
  holds(alive: ArrayLike<number>): boolean
  /** A quorum of the least total price, under prices that are not negative. */
  cheapest(prices: ArrayLike<number>): Priced
  /** The sets that meet every quorum of this one. */
  dual(): QuorumSet
  /** The minimal quorums, each once, members ascending; made one by one, as there may be many. */
  minimalQuorums(): Iterable<Int32Array>
  /** How many minimal quorums there are, where that is known without making them. */
  countMinimal?(): bigint
  /** That no quorum is alive, by a way without cancellation. Nodes fail independently. */
  failure?(down: Down): Chance
  /**
   * States in a linear program that quorums are used `amount` (a variable) in all, and answers how
   * much each node is used: exact, so that the optimum is the optimum over all strategies.
   */
  formulate?(program: LinearProgram, amount: number): Uses
  /** Whether any node can be exchanged for any other: then equal use of all of them is optimal. */
  readonly transitive?: boolean
}
