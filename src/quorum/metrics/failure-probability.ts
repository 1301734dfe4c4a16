import { Meter } from '../../core/budget.ts'
import type { Budget } from '../../core/budget.ts'
import { counted } from '../../core/wording.ts'
import type { Obtained } from '../obtained.ts'
import type { Chance, QuorumSet } from '../quorum-set.ts'
import { Rational } from '../rational.ts'
import type { QuorumSystem } from '../system.ts'
import { chanceOf } from './chance.ts'
import { decisionDiagram } from './decision-diagram.ts'
import type { OrderedDiagram } from './decision-diagram.ts'
import { diagramFailure } from './diagram-chance.ts'
import { chancesOf, diagramFraction } from './diagram-question.ts'
import { failureBounds } from './failure-bounds.ts'
import { downOf, hazardsOf, membersOf } from './hazards.ts'
import type { ChanceOptions, Hazards } from './hazards.ts'
import { sidesOf } from './sides.ts'
import type { Side } from './sides.ts'
import { readOnceTree } from './tree-odds.ts'
import { treeFailure, treeFraction } from './tree-failure.ts'
import { unlessRefused } from './unless-refused.ts'
import { zonedFailure } from './zone-states.ts'

export interface FailureOptions extends ChanceOptions {
  /** Which quorums are missed: of reads, of writes, or (the default) of either of them. */
  readonly side?: Side
  /** Default: 20 s. When it is used up, proven bounds are answered. */
  readonly budget?: Budget
}

/** That no quorum is alive. With quality `bounds`, `value` is the upper one. */
export interface FailureProbability extends Chance, Obtained {
  readonly side: Side
  /** The fraction itself, where it is short enough to be of use. */
  readonly exact?: Rational
  readonly lower: number
  readonly upper: number
}

/** Longer denominators than this, in bits, help nobody. */
const LONGEST_DENOMINATOR = 2_048
/** Diagrams of more vertices, or of more nodes, are not built for the sake of a fraction alone. */
const FRACTION_VERTICES = 10_000
const FRACTION_NODES = 40
const MOST_VERTICES = 4_000_000

/**
 * The probability that no live quorum is left, with nodes and zones that fail independently.
 * The fastest way that is exact for the structure is taken and named.
 */
export function failureProbability(
  system: QuorumSystem,
  options: FailureOptions = {},
): FailureProbability {
  const side = options.side ?? 'both'
  const sides = sidesOf(system, side)
  const hazards = hazardsOf(system, options)
  const meter = new Meter({ seconds: 20, ...options.budget })
  const found = byStructure(sides, hazards) ?? byDiagram(sides, hazards, meter)
  return { side, lower: found.value, upper: found.value, ...found }
}

type Found = Omit<FailureProbability, 'side' | 'lower' | 'upper'> & {
  readonly lower?: number
  readonly upper?: number
}

/** A recursion over the tree, or the closed form that a structure knows. */
function byStructure(sides: readonly QuorumSet[], hazards: Hazards): Found | undefined {
  const [set] = sides
  if (set === undefined || sides.length > 1) return undefined
  const fraction = denominatorFits(hazards)
  const tree = readOnceTree(set)
  if (tree !== undefined && hazards.zones.length === 0) {
    const exact = fraction ? treeFraction(tree, hazards) : undefined
    if (exact !== undefined) return exactly(exact, 'recursion')
    return { ...treeFailure(tree, downOf(hazards)), quality: 'exact', method: 'recursion' }
  }
  const worthwhile = fraction && set.size <= FRACTION_NODES
  const small = worthwhile ? smallDiagram(sides, hazards) : undefined
  if (small !== undefined) return small
  const ofDown =
    tree !== undefined ? (down: Float64Array | number) => treeFailure(tree, down) : set.failure
  if (ofDown === undefined) return undefined
  const chance = unlessRefused(() => zonedFailure(ofDown, hazards))
  const method = tree === undefined ? 'closed form' : 'recursion'
  const zones = hazards.zones.length === 0 ? '' : ' for each set of zones that are down'
  return chance && { ...chance, quality: 'exact', method: `${method}${zones}` }
}

/** The fraction by a diagram, if that is small. */
function smallDiagram(sides: readonly QuorumSet[], hazards: Hazards): Found | undefined {
  const found = decisionDiagram(sides, membersOf(hazards), FRACTION_VERTICES, new Meter({}))
  return found && exactly(diagramFraction(found, hazards), diagramMethod(found))
}

function byDiagram(sides: readonly QuorumSet[], hazards: Hazards, meter: Meter): Found {
  const found = decisionDiagram(sides, membersOf(hazards), MOST_VERTICES, meter)
  if (found === undefined) return failureBounds(sides, hazards)
  const method = diagramMethod(found)
  if (denominatorFits(hazards) && found.diagram.vertices <= 40 * FRACTION_VERTICES) {
    return exactly(diagramFraction(found, hazards), method)
  }
  const chance = diagramFailure(found.diagram, chancesOf(found, hazards))
  return { ...chance, quality: 'exact', method }
}

function diagramMethod({ diagram }: OrderedDiagram): string {
  return `decision diagram of ${counted(diagram.vertices, 'vertex', 'vertices')}`
}

function exactly(exact: Rational, method: string): Found {
  return { ...chanceOf(exact), exact, quality: 'exact', method }
}

function denominatorFits({ own, size, zones }: Hazards): boolean {
  if (size > LONGEST_DENOMINATOR) return false
  const nodes = own instanceof Rational ? Array.from({ length: size }, () => own) : own
  let bits = 0
  for (const { denominator } of [...nodes, ...zones.map(({ failure }) => failure)]) {
    bits += denominator.toString(2).length
  }
  return bits <= LONGEST_DENOMINATOR
}
