import type { QuorumSet } from '../quorum-set.ts'
import type { Fractions } from './fractions.ts'

/** How quorums are picked, the same for every read fraction of the workload. */
export interface Strategy {
  readonly reads: SideStrategy
  readonly writes: SideStrategy
}

/** How the quorums of one side are picked. */
export type SideStrategy = ListedStrategy | MarginalStrategy

/** Quorums, each with the probability of being picked. */
export interface ListedStrategy {
  readonly form: 'quorums'
  readonly quorums: readonly Int32Array[]
  readonly probabilities: Fractions
}

/**
 * For expressions whose quorums are too many or too big to be written out: how often each part of
 * the formula is used. A part is used at most as often as the gate it belongs to, and the inputs
 * of a gate together `need` times as often as the gate; every such use is a mixture of quorums
 * (the vertices of a uniform matroid are whole; Edmonds 1971), and a wrap-around schedule makes
 * them (McNaughton 1959). Parts stand in post-order, the whole formula last; gates with a single
 * input are left out.
 */
export interface MarginalStrategy {
  readonly form: 'marginals'
  /** Whose formula it is. */
  readonly set: QuorumSet
  readonly amounts: Fractions
}
