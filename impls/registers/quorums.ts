import { UserError } from '../../src/core/user-error.ts'
import type { NodeId } from '../../src/node/index.ts'
// Not the whole of src/quorum, which takes longer to load than all protocols together.
import { majoritySystem } from '../../src/quorum/families/thresholds.ts'
import { parseSystem } from '../../src/quorum/parse-system.ts'
import type { QuorumSet } from '../../src/quorum/quorum-set.ts'

/** Which nodes of a cluster are enough to read and to write. */
export interface Quorums {
  readonly reads: NodeSets
  readonly writes: NodeSets
  /** @throws UserError if the system is for another number of nodes */
  check(nodes: readonly NodeId[]): void
}

/** One side of a quorum system, over the nodes of a cluster in their order. */
export interface NodeSets {
  /** Whether these nodes contain a quorum. */
  hold(some: readonly NodeId[], nodes: readonly NodeId[]): boolean
  /** All minimal quorums, each a list of nodes. */
  all(nodes: readonly NodeId[]): readonly (readonly NodeId[])[]
}

/** More minimal quorums than this are not listed to draw one of them. */
const MOST_LISTED = 20_000

/**
 * `majority` fits clusters of every size; other texts are read as quorum systems are everywhere,
 * `grid(rows=3,cols=3)`, and fit clusters of their own size only.
 */
export function quorumsOf(text: string): Quorums {
  if (text === 'majority') {
    const side: NodeSets = {
      hold: (some, nodes) => 2 * some.length > nodes.length,
      all: once((nodes) => listed(majoritySystem(nodes.length).reads, nodes)),
    }
    return { reads: side, writes: side, check: () => undefined }
  }
  const system = parseSystem(text)
  const { size, name } = system
  return {
    reads: sideOf(system.reads),
    writes: sideOf(system.writes),
    check({ length }) {
      if (length === size) return
      throw new UserError(`${name} is for ${size} nodes, not for ${length}`, {
        hint: `--nodes ${size}, or another quorum system`,
      })
    },
  }
}

function sideOf(side: QuorumSet): NodeSets {
  return {
    hold: (some, nodes) => side.holds(nodes.map((node) => (some.includes(node) ? 1 : 0))),
    all: once((nodes) => listed(side, nodes)),
  }
}

/** The nodes of a cluster are always the same, so the list is made for the first time only. */
function once(list: NodeSets['all']): NodeSets['all'] {
  let known: { readonly nodes: string; readonly quorums: ReturnType<NodeSets['all']> } | undefined
  return (nodes) => {
    const names = nodes.join()
    if (known?.nodes !== names) known = { nodes: names, quorums: list(nodes) }
    return known.quorums
  }
}

function listed(side: QuorumSet, nodes: readonly NodeId[]): NodeId[][] {
  const quorums: NodeId[][] = []
  for (const quorum of side.minimalQuorums()) {
    if (quorums.length === MOST_LISTED) {
      throw new UserError(`there are more than ${MOST_LISTED} minimal quorums to draw one from`, {
        hint: 'contact all nodes, or take a smaller system',
      })
    }
    quorums.push(nodes.filter((_, place) => quorum.includes(place)))
  }
  return quorums
}
