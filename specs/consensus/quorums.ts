import type { QuorumSet } from '../../src/quorum/index.ts'
import { familyCall } from '../../src/quorum/index.ts'
import { parseSides } from '../../src/quorum/parse.ts'
import { quorumSetOf } from '../../src/quorum/structures/quorum-set-of.ts'

/** The minimal quorums of both phases, over acceptors that are numbered from 0. */
export interface Quorums {
  readonly size: number
  /** Who must answer before a ballot may propose: phase 1. */
  readonly reads: readonly Quorum[]
  /** Who must vote for a value before it is chosen: phase 2. */
  readonly writes: readonly Quorum[]
  /** Whether any acceptor may be exchanged for any other: it is numbers alone that count. */
  readonly symmetric: boolean
}

/** The members of one quorum. */
export type Quorum = readonly number[]

/**
 * Reads a quorum system as `parseSystem` does, `majority(n=3)`, `flexible-paxos(...)` or
 * `reads: a * b; writes: a + b`, but for one thing: that the quorums meet is not asked for here,
 * as it is what a spec finds out when they do not.
 */
export function quorumsOf(text: string): Quorums {
  const family = familyCall(text)
  if (family !== undefined) {
    return quorums(family.size, listed(family.reads), listed(family.writes))
  }
  const sides = parseSides(text)
  const nodes = [...new Set([...(sides.reads?.nodes ?? []), ...(sides.writes?.nodes ?? [])])]
  const numberOf = new Map(nodes.map((node, number) => [node, number]))
  const [reads, writes] = [sides.reads, sides.writes].map((side) =>
    side === undefined ? undefined : quorumSetOf(side.formula(numberOf), nodes.length),
  )
  return quorums(nodes.length, listed(reads ?? writes?.dual()), listed(writes ?? reads?.dual()))
}

function quorums(size: number, reads: readonly Quorum[], writes: readonly Quorum[]): Quorums {
  const symmetric = [reads, writes].every((side) => isThreshold(side, size))
  return { size, reads, writes, symmetric }
}

/** Whether the quorums are all sets of one size. */
function isThreshold(side: readonly Quorum[], size: number): boolean {
  const need = side[0]?.length ?? 0
  let sets = 1
  for (let one = 0; one < need; one++) sets = (sets * (size - one)) / (one + 1)
  return side.length === sets && side.every((quorum) => quorum.length === need)
}

function listed(side: QuorumSet | undefined): readonly Quorum[] {
  return [...(side?.minimalQuorums() ?? [])].map((members) => Object.freeze([...members]))
}
