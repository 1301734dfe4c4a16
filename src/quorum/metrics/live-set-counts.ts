import { Meter } from '../../core/budget.ts'
import type { Budget } from '../../core/budget.ts'
import { UserError } from '../../core/user-error.ts'
import type { QuorumSet } from '../quorum-set.ts'
import { hasWeights } from '../structures/flat-tree.ts'
import type { FlatTree } from '../structures/flat-tree.ts'
import type { QuorumSystem } from '../system.ts'
import { decisionDiagram } from './decision-diagram.ts'
import { diagramWays } from './diagram-chance.ts'
import { sidesOf } from './sides.ts'
import type { Side } from './sides.ts'
import { readOnceTree } from './tree-odds.ts'
import { treeWays, treeWork } from './tree-ways.ts'
import { countingWays, countsIn } from './ways.ts'

/** The counts of more nodes are too long to write down. */
const MOST_NODES = 10_001
/** Sums of so many words of 64 bits are made for a tree at most. */
const MOST_TREE_WORDS = 20_000_000
/** And so many bits for a diagram: each vertex has a number of (n + 1)^2. */
const MOST_DIAGRAM_BITS = 500_000_000

/** How many sets of 0, 1, ..., n live nodes contain a quorum: the availability polynomial. */
export interface LiveSetCounts {
  readonly counts: readonly bigint[]
  readonly method: string
}

/** @throws UserError where there are too many nodes for the structure. */
export function liveSetCounts(
  system: QuorumSystem,
  options: { readonly side?: Side; readonly budget?: Budget } = {},
): LiveSetCounts {
  const sides = sidesOf(system, options.side ?? 'both')
  const meter = new Meter({ seconds: 20, ...options.budget })
  const found = countsOf(sides, meter)
  if (found !== undefined) return found
  throw new UserError(
    `the live sets of ${system.size} nodes cannot be counted for ${system.name}`,
    {
      hint: 'failureProbability, which needs no counts',
    },
  )
}

/** The counts, if they can be had. */
export function countsOf(sides: readonly QuorumSet[], meter: Meter): LiveSetCounts | undefined {
  const [set] = sides
  if (set === undefined) return undefined
  const { size } = set
  if (size > MOST_NODES) return undefined
  const tree = sides.length === 1 ? readOnceTree(set) : undefined
  const all = binomials(size)
  const without = (failing: readonly bigint[]) =>
    all.map((count, place) => count - (failing[place] ?? 0n))
  if (tree !== undefined && isFlat(tree, size)) {
    const need = tree.need[tree.vertices - 1]!
    const counts = all.map((count, place) => (place >= need ? count : 0n))
    return { counts, method: 'closed form' }
  }
  if (tree !== undefined && (treeWork(tree) * (size + 1) ** 2) / 64 <= MOST_TREE_WORDS) {
    const { failing } = treeWays(tree, () => countingWays(size))
    // Nodes that are in no quorum may be alive or not.
    const members = tree.node.filter((node) => node >= 0).length
    const { all: spare } = countingWays(size)
    const counts = countsIn(failing * spare ** BigInt(size - members), size)
    return { counts: without(counts), method: 'recursion' }
  }
  const mostVertices = Math.floor(MOST_DIAGRAM_BITS / (size + 1) ** 2)
  if (mostVertices < size) return undefined
  const found = decisionDiagram(sides, [], mostVertices, meter)
  if (found === undefined) return undefined
  const ways = Array.from({ length: size }, () => countingWays(size))
  const { failing } = diagramWays(found.diagram, ways)
  return { counts: without(countsIn(failing, size)), method: 'decision diagram' }
}

/** One gate over all nodes, each of which counts the same. */
export function isFlat(tree: FlatTree, size: number): boolean {
  const root = tree.vertices - 1
  return root === size && !hasWeights(tree, root)
}

/** The row of Pascal's triangle. */
export function binomials(of: number): bigint[] {
  const row = [1n]
  for (let take = 1; take <= of; take++) {
    row.push((row[take - 1]! * BigInt(of - take + 1)) / BigInt(take))
  }
  return row
}
