import { nucleusQuorums } from '../structures/nucleus.ts'
import type { QuorumSystem } from '../system.ts'
import { coterie, nameOf } from './family.ts'
import type { Family } from './family.ts'

export const nucleus: Family = {
  name: 'nucleus',
  parameters: [{ name: 'r', meaning: 'the nodes in a quorum', from: 2, to: 8 }],
  paper:
    'Erdős & Lovász, Problems and results on 3-chromatic hypergraphs and some related ' +
    'questions, 1975',
  example: 'nucleus(r=4)',
  make: ([r = 0]) => nucleusSystem(r),
}

/**
 * Quorums of r nodes, as many nodes as such a system can have use for: any r of the 2 r - 2 in the
 * middle; or r - 1 of them and the outer node that belongs to this half and the other one.
 */
export function nucleusSystem(r: number): QuorumSystem {
  const name = nameOf(nucleus, [r])
  return coterie(name, nucleusQuorums(r))
}
