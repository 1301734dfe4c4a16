import { allOf, anyOf } from '../formula.ts'
import { range } from '../structures/combinations.ts'
import { quorumSetOf } from '../structures/quorum-set-of.ts'
import { thresholdTree } from '../structures/threshold-tree.ts'
import type { QuorumSystem } from '../system.ts'
import { checkSize, coterie, nameOf, readWrite, refusal } from './family.ts'
import type { Family, Parameter } from './family.ts'
import { fullRow } from './grids.ts'
import { majorityOf, someOf, thresholdPair } from './thresholds.ts'

const nodes: Parameter = { name: 'n', meaning: 'the number of nodes' }

export const dynamo: Family = {
  name: 'dynamo',
  parameters: [
    nodes,
    { name: 'r', meaning: 'the nodes in a read quorum' },
    { name: 'w', meaning: 'the nodes in a write quorum' },
  ],
  paper: "DeCandia et al., Dynamo: Amazon's highly available key-value store, SOSP 2007",
  example: 'dynamo(n=3,r=2,w=2)',
  make: ([n = 0, r = 0, w = 0]) => dynamoSystem(n, r, w),
}

/** Any r of n nodes for a read and any w for a write. */
export function dynamoSystem(n: number, r: number, w: number): QuorumSystem {
  return twoThresholds(dynamo, n, { name: 'r', need: r }, { name: 'w', need: w })
}

interface Need {
  readonly name: string
  readonly need: number
}

function twoThresholds(family: Family, n: number, reads: Need, writes: Need): QuorumSystem {
  const name = nameOf(family, [n, reads.need, writes.need])
  for (const { name: word, need } of [reads, writes]) {
    if (need > n) throw refusal(family, `${word} = ${need} is more than n = ${n}`, family.example)
  }
  if (reads.need + writes.need <= n) {
    const list = (count: number, first: number): string =>
      `{${range(count, first + 1)
        .map((node) => `n${node}`)
        .join(', ')}}`
    const some = (count: number, first: number): string =>
      count > 4 ? `${count} other nodes` : list(count, first)
    throw refusal(
      family,
      `${reads.name} + ${writes.name} = ${reads.need + writes.need} is not more than n = ${n}: ` +
        `quorums ${list(Math.min(reads.need, 4), 0)} and ${some(writes.need, reads.need)} ` +
        'have no node in common',
      `${writes.name}=${n - reads.need + 1}, or ${reads.name}=${n - writes.need + 1}`,
    )
  }
  return thresholdPair(name, n, reads.need, writes.need)
}

const HOWARD =
  'Howard, Malkhi & Spiegelman, Flexible Paxos: quorum intersection revisited, OPODIS 2016'

export const flexiblePaxos: Family = {
  name: 'fpaxos',
  parameters: [
    nodes,
    { name: 'phase1', meaning: 'the nodes that elect a leader' },
    { name: 'phase2', meaning: 'the nodes that accept a value' },
  ],
  paper: HOWARD,
  example: 'fpaxos(n=5,phase1=4,phase2=2)',
  make: ([n = 0, phase1 = 0, phase2 = 0]) => flexiblePaxosSystem(n, phase1, phase2),
}

/** Reads are the quorums of phase 1, writes those of phase 2: only these two have to meet. */
export function flexiblePaxosSystem(n: number, phase1: number, phase2: number): QuorumSystem {
  return twoThresholds(
    flexiblePaxos,
    n,
    { name: 'phase1', need: phase1 },
    { name: 'phase2', need: phase2 },
  )
}

export const flexiblePaxosGrid: Family = {
  name: 'fpaxos-grid',
  parameters: [
    { name: 'rows', meaning: 'the number of rows' },
    { name: 'cols', meaning: 'the number of columns' },
  ],
  paper: HOWARD,
  example: 'fpaxos-grid(rows=3,cols=4)',
  make: ([rows = 0, columns = 0]) => flexiblePaxosGridSystem(rows, columns),
}

/** A full row for phase 1 (reads), a full column for phase 2 (writes): they cross in one node. */
export function flexiblePaxosGridSystem(rows: number, columns: number): QuorumSystem {
  const name = nameOf(flexiblePaxosGrid, [rows, columns])
  const size = rows * columns
  checkSize(flexiblePaxosGrid, size)
  const fullColumn = anyOf(
    range(columns).map((column) => allOf(range(rows).map((row) => row * columns + column))),
  )
  return readWrite(name, fullRow(rows, columns), thresholdTree(fullColumn, size))
}

export const jointConsensus: Family = {
  name: 'joint',
  parameters: [
    { name: 'old', meaning: 'the members of the old configuration' },
    { name: 'new', meaning: 'the members of the new configuration' },
    { name: 'shared', meaning: 'the members of both', from: 0, default: 0 },
  ],
  paper: 'Ongaro & Ousterhout, In search of an understandable consensus algorithm, USENIX ATC 2014',
  example: 'joint(old=3,new=5,shared=3)',
  make: ([before = 0, after = 0, shared = 0]) => jointConsensusSystem(before, after, shared),
}

/**
 * A majority of the old configuration and one of the new at once, as while members change (section
 * 6 of the paper). Nodes are those of the old one, the shared ones last, then those that are new.
 */
export function jointConsensusSystem(before: number, after: number, shared = 0): QuorumSystem {
  const name = nameOf(jointConsensus, [before, after, shared])
  if (shared > Math.min(before, after)) {
    const fact = `${shared} shared members are more than ${Math.min(before, after)}`
    throw refusal(jointConsensus, fact, jointConsensus.example)
  }
  const size = before + after - shared
  checkSize(jointConsensus, size)
  const both = allOf([
    someOf(majorityOf(before), before),
    someOf(majorityOf(after), after, before - shared),
  ])
  return coterie(name, quorumSetOf(both, size))
}
