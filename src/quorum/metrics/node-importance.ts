import { Meter } from '../../core/budget.ts'
import type { Budget } from '../../core/budget.ts'
import { UserError } from '../../core/user-error.ts'
import type { Obtained } from '../obtained.ts'
import type { Chance, Down, QuorumSet } from '../quorum-set.ts'
import type { QuorumSystem } from '../system.ts'
import { decisionDiagram } from './decision-diagram.ts'
import { diagramImportance } from './diagram-importance.ts'
import { chancesOf } from './diagram-question.ts'
import { downOf, hazardsOf, membersOf } from './hazards.ts'
import type { ChanceOptions, Hazards } from './hazards.ts'
import { sidesOf } from './sides.ts'
import type { Side } from './sides.ts'
import { treeImportance } from './tree-importance.ts'
import { readOnceTree } from './tree-odds.ts'
import { unlessRefused } from './unless-refused.ts'

export interface ImportanceOptions extends ChanceOptions {
  /** Default: `both`. */
  readonly side?: Side
  readonly budget?: Budget
}

export interface NodeImportance extends Obtained {
  /**
   * For each node, how much more likely quorums are missed when it is down than when it is up
   * (Birnbaum 1969): the probability that everything hangs on it. With `down: 1/2` it is the
   * Banzhaf power of the node.
   */
  readonly values: Float64Array
}

const MOST_VERTICES = 1_000_000
/** Closed forms are asked twice for each of so many nodes. */
const MOST_NODES = 2_000

/** @throws UserError where that takes more than the budget. */
export function nodeImportance(
  system: QuorumSystem,
  options: ImportanceOptions = {},
): NodeImportance {
  const sides = sidesOf(system, options.side ?? 'both')
  const hazards = hazardsOf(system, options)
  const found =
    byStructure(sides, hazards) ??
    byDiagram(sides, hazards, options.budget) ??
    byDifferences(sides, hazards)
  if (found !== undefined) return found
  throw new UserError(`the importance of the nodes of ${system.name} takes too long`, {
    hint: 'failureProbability with the node down for certain and with it never down',
  })
}

function byStructure(sides: readonly QuorumSet[], hazards: Hazards): NodeImportance | undefined {
  const [set] = sides
  if (set === undefined || sides.length > 1 || hazards.zones.length > 0) return undefined
  const tree = readOnceTree(set)
  const down = downOf(hazards)
  if (tree !== undefined) {
    return { values: treeImportance(tree, down, set.size), quality: 'exact', method: 'recursion' }
  }
  const { failure } = set
  if (failure === undefined || set.transitive !== true || typeof down !== 'number') return undefined
  // All nodes are alike: what the first one changes.
  const [value] = unlessRefused(() => differences(failure, down, set.size, 1)) ?? []
  if (value === undefined) return undefined
  const values = new Float64Array(set.size).fill(value)
  return { values, quality: 'exact', method: 'closed form' }
}

/** What each of the first nodes changes. */
function differences(
  failure: (down: Down) => Chance,
  down: Down,
  size: number,
  count: number,
): Float64Array {
  const each = typeof down === 'number' ? new Float64Array(size).fill(down) : down.slice()
  return Float64Array.from({ length: count }, (_, node) => {
    const own = each[node]!
    each[node] = 1
    const without = failure(each).value
    each[node] = 0
    const difference = without - failure(each).value
    each[node] = own
    return difference
  })
}

function byDifferences(sides: readonly QuorumSet[], hazards: Hazards): NodeImportance | undefined {
  const failure = sides.length === 1 ? sides[0]?.failure : undefined
  const { size } = hazards
  if (failure === undefined || hazards.zones.length > 0 || size > MOST_NODES) return undefined
  const values = unlessRefused(() => differences(failure, downOf(hazards), size, size))
  return values && { values, quality: 'exact', method: 'closed form' }
}

function byDiagram(
  sides: readonly QuorumSet[],
  hazards: Hazards,
  budget: Budget = {},
): NodeImportance | undefined {
  const meter = new Meter({ seconds: 20, ...budget })
  const found = decisionDiagram(sides, membersOf(hazards), MOST_VERTICES, meter)
  if (found === undefined) return undefined
  const byPlace = diagramImportance(found.diagram, chancesOf(found, hazards))
  const values = new Float64Array(hazards.size)
  for (let node = 0; node < hazards.size; node++) values[node] = byPlace[found.order.places[node]!]!
  return { values, quality: 'exact', method: 'decision diagram' }
}
