import type { Formula } from '../formula.ts'
import { range } from '../structures/combinations.ts'
import { thresholdTree } from '../structures/threshold-tree.ts'
import type { QuorumSystem } from '../system.ts'
import { checkSize, coterie, nameOf } from './family.ts'
import type { Family } from './family.ts'
import { majorityOf, someOf } from './thresholds.ts'

export const tree: Family = {
  name: 'tree',
  parameters: [{ name: 'levels', meaning: 'the levels of the binary tree', to: 19 }],
  paper:
    'Agrawal & El Abbadi, An efficient and fault-tolerant solution for distributed mutual ' +
    'exclusion, ACM TOCS 9(1), 1991',
  example: 'tree(levels=3)',
  make: ([levels = 0]) => treeSystem(levels),
}

/**
 * A path from the root to a leaf, where a node that is down is replaced by paths from both its
 * children: two of the node, its left and its right part. The children of node i are 2i + 1 and
 * 2i + 2.
 */
export function treeSystem(levels: number): QuorumSystem {
  const name = nameOf(tree, [levels])
  const size = 2 ** levels - 1
  const below = (node: number): Formula =>
    2 * node + 1 < size
      ? { need: 2, inputs: [node, below(2 * node + 1), below(2 * node + 2)] }
      : node
  return coterie(name, thresholdTree(below(0), size))
}

export const hierarchy: Family = {
  name: 'hqc',
  parameters: [],
  rest: { name: 'branching', meaning: 'the parts that a part of a level has' },
  paper:
    'Kumar, Hierarchical quorum consensus: a new algorithm for managing replicated data, ' +
    'IEEE Trans. Computers 40(9), 1991',
  example: 'hqc(3,3)',
  make: (values) => hierarchySystem(values),
}

/** On each level a majority of the parts; `branching` from the root down. */
export function hierarchySystem(branching: readonly number[]): QuorumSystem {
  const name = nameOf(hierarchy, branching)
  const size = branching.reduce((product, branches) => product * branches, 1)
  checkSize(hierarchy, size)
  let parts: Formula[] = range(size)
  for (const branches of branching.toReversed()) {
    parts = range(parts.length / branches).map((part) => ({
      need: majorityOf(branches),
      inputs: parts.slice(part * branches, (part + 1) * branches),
    }))
  }
  return coterie(name, thresholdTree(parts[0] as Formula, size))
}

export const zookeeperGroups: Family = {
  name: 'zk',
  parameters: [],
  rest: { name: 'size', meaning: 'the servers of a group' },
  paper:
    'Hunt, Konar, Junqueira & Reed, ZooKeeper: wait-free coordination for internet-scale ' +
    'systems, USENIX ATC 2010; the groups are those of its hierarchical quorums',
  example: 'zk(3,3,3)',
  make: (values) => zookeeperGroupsSystem(values),
}

/** A majority in each of a majority of groups. */
export function zookeeperGroupsSystem(sizes: readonly number[]): QuorumSystem {
  const name = nameOf(zookeeperGroups, sizes)
  const size = sizes.reduce((sum, servers) => sum + servers, 0)
  checkSize(zookeeperGroups, size)
  let first = 0
  const groups = sizes.map((servers): Formula => {
    first += servers
    return someOf(majorityOf(servers), servers, first - servers)
  })
  return coterie(name, thresholdTree({ need: majorityOf(groups.length), inputs: groups }, size))
}
