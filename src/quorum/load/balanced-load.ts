import type { QuorumSet } from '../quorum-set.ts'
import { Rational } from '../rational.ts'
import type { QuorumSystem } from '../system.ts'
import { allAlike } from './all-alike.ts'
import { bandStrategy, bandsOf } from './band-strategy.ts'
import { closedLoad } from './closed-load.ts'
import type { FoundLoad } from './load.ts'
import { plainTree, strategyOf } from './one-sided-load.ts'
import { inProportion } from './side-blocks.ts'
import type { SideStrategy } from './strategy.ts'
import { meanLoad, nodeUses } from './strategy-facts.ts'
import type { Workload } from './workload.ts'

/** More quorums, or more members of quorums in all, are not written out. */
const MOST_QUORUMS = 20_000
const MOST_MEMBERS = 4_000_000

/**
 * Where any node can be exchanged for any other and all are as fast, equal prices prove that a
 * strategy on smallest quorums that uses all nodes equally is the best (Naor & Wool 1998).
 */
export function balancedLoad(system: QuorumSystem, workload: Workload): FoundLoad | undefined {
  const { reads, writes, nodes, size } = system
  if (reads.transitive !== true || writes.transitive !== true) return undefined
  if (!allAlike(nodes)) return undefined
  const forReads = balanced(reads)
  const forWrites = reads === writes ? forReads : balanced(writes)
  if (forReads === undefined || forWrites === undefined) return undefined
  const readUses = nodeUses(forReads, size)
  const uses = {
    reads: readUses,
    writes: reads === writes ? readUses : nodeUses(forWrites, size),
  }
  const load = meanLoad(nodes, uses, workload)
  const even = { numerators: new Array<bigint>(size).fill(1n), denominator: BigInt(size) }
  return {
    lower: load,
    upper: load,
    strategy: { reads: forReads, writes: forWrites },
    prices: workload.map(() => even),
    method: 'symmetry',
  }
}

/** Smallest quorums that use all nodes equally often. */
function balanced(set: QuorumSet): SideStrategy | undefined {
  const tree = plainTree(set)
  if (tree !== undefined) {
    const ones = new Array<Rational>(set.size).fill(Rational.one)
    return strategyOf(set, tree, closedLoad(tree, ones))
  }
  const smallest = set.cheapest(new Float64Array(set.size).fill(1)).members.length
  return balancedBands(set, smallest) ?? allSmallest(set, smallest)
}

/** All quorums of the smallest size together: any exchange of nodes leaves them as they are. */
function allSmallest(set: QuorumSet, smallest: number): SideStrategy | undefined {
  const count = set.countMinimal?.()
  if (count !== undefined && count > BigInt(MOST_QUORUMS)) return undefined
  const quorums: Int32Array[] = []
  for (const quorum of set.minimalQuorums()) {
    if (quorum.length === smallest) quorums.push(quorum)
    if (quorums.length > MOST_QUORUMS || quorums.length * smallest > MOST_MEMBERS) return undefined
  }
  return inProportion(
    quorums,
    quorums.map(() => 1n),
  )
}

/** Of a B-grid there are too many quorums, but equal uses of all of its parts are balanced. */
function balancedBands(set: QuorumSet, smallest: number): SideStrategy | undefined {
  if (set.structure !== 'B-grid' && set.structure !== 'grid with cover') return undefined
  if (set.size * smallest > MOST_MEMBERS) return undefined
  const bands = bandsOf(set.formula())
  const columns = bands?.[0]
  const rows = columns?.[0]?.length
  if (bands === undefined || columns === undefined || rows === undefined) return undefined
  // In units of 1 / (bands x columns x rows).
  const full = BigInt(bands.length * rows)
  const touching = BigInt(columns.length - 1)
  return bandStrategy(bands, () => ({ full, touching }))
}
