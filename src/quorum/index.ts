/**
 * Quorum systems, as `import { majority, node, quorumSystem } from 'synod/quorum'`: which sets of
 * nodes may answer a read or a write, and what follows from that.
 */
export { Expression, choose, majority, node } from './expression.ts'
export { quorumSystem, systemOf, withNodes } from './system.ts'
export type { QuorumSystem, SystemOptions } from './system.ts'
export { disjointQuorums } from './disjoint-quorums.ts'
export type { DisjointQuorums } from './disjoint-quorums.ts'
export { quorumNode } from './node.ts'
export type { NodeOptions, QuorumNode } from './node.ts'
export { Rational } from './rational.ts'
export type { RationalLike } from './rational.ts'
export type { Obtained } from './obtained.ts'
export type { Formula, Gate } from './formula.ts'
export type { Priced, QuorumSet } from './quorum-set.ts'
export { thresholdTree } from './structures/threshold-tree.ts'
export { generalFormula } from './structures/general-formula.ts'
export { listOfQuorums } from './structures/list-of-quorums.ts'
export { quorumSetOf } from './structures/quorum-set-of.ts'
