import type { QuorumNode } from './node.ts'
import type { QuorumSet } from './quorum-set.ts'

/**
 * Read quorums and write quorums over the same nodes; each read quorum meets each write quorum.
 * Where both sides are the same object, it is a quorum system in the older sense, a coterie.
 */
export interface QuorumSystem {
  /** The text it can be written as: `grid(rows=4,cols=4)`, `majority(a, b, c) * (d + e)`. */
  readonly name: string
  readonly size: number
  /** Made when asked for; node i of the sides is `nodes[i]`. */
  readonly nodes: readonly QuorumNode[]
  readonly reads: QuorumSet
  readonly writes: QuorumSet
}
