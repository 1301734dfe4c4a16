import { Meter } from '../../core/budget.ts'
import type { Budget } from '../../core/budget.ts'
import type { QuorumSet } from '../quorum-set.ts'
import type { QuorumSystem } from '../system.ts'
import { fewest } from './fewest.ts'
import { zoneMembers } from './hazards.ts'
import { stoppingZones } from './stopping-zones.ts'

/** What may fail, and what may not, told by nodes and by zones. */
export interface ToleratedFailures {
  readonly reads: SideFailures
  readonly writes: SideFailures
}

/** What may fail without stopping reads, or without stopping writes. */
export interface SideFailures {
  /** Any so many nodes may fail. */
  readonly anyNodes: number
  readonly nodes: StoppingSets
  /** Any so many zones may fail. Absent where no node has a zone; so are the next two. */
  readonly anyZones?: number
  readonly zones?: StoppingSets
  readonly afterZone?: readonly AfterZone[]
}

/** Sets of names that stop one side when they fail together, and no part of which does. */
export interface StoppingSets {
  /** The smallest first, as many as were asked for. */
  readonly sets: readonly (readonly string[])[]
  /** How many there are; `undefined` where they were not counted to the end. */
  readonly count: bigint | undefined
}

/** What is left when a zone is down. */
export interface AfterZone {
  readonly zone: string
  /** Any so many other nodes may fail as well; -1 where the zone alone is too much. */
  readonly anyNodes: number
}

/** How much is listed, and for how long it is looked for. */
export interface ToleratedOptions {
  /** Sets of each kind that are listed. Default: 20. */
  readonly most?: number
  /** For the sets of each side. Default: 5 s. */
  readonly budget?: Budget
}

/** Sets of nodes that are looked through for the smallest ones, and their members in all. */
const MOST_SEEN = 20_000
const MOST_MEMBERS = 2_000_000

/**
 * How many nodes and zones may fail, whichever they are, and the smallest sets that may not. Counts
 * are exact; lists and counts of sets end where the budget does.
 */
export function toleratedFailures(
  system: QuorumSystem,
  { most = 20, budget = {} }: ToleratedOptions = {},
): ToleratedFailures {
  const reads = sideFailures(system, system.reads, most, budget)
  const writes =
    system.reads === system.writes ? reads : sideFailures(system, system.writes, most, budget)
  return { reads, writes }
}

function sideFailures(
  system: QuorumSystem,
  set: QuorumSet,
  most: number,
  budget: Budget,
): SideFailures {
  const stopping = set.dual()
  const least = fewest(stopping).count
  const nodes = stoppingNodes(system, stopping, least, most, new Meter({ seconds: 5, ...budget }))
  const anyNodes = least - 1
  const zones = zoneMembers(system)
  if (zones.size === 0) return { anyNodes, nodes }
  const found = stoppingZones(set, zones)
  return {
    anyNodes,
    nodes,
    anyZones: found.any,
    zones: { sets: found.sets.slice(0, most), count: found.count },
    afterZone: [...zones].map(([zone, members]) => {
      return { zone, anyNodes: besides(stopping, members) - 1 }
    }),
  }
}

function stoppingNodes(
  system: QuorumSystem,
  stopping: QuorumSet,
  least: number,
  most: number,
  meter: Meter,
): StoppingSets {
  const known = stopping.countMinimal?.()
  const seen: Int32Array[] = []
  let members = 0
  let smallest = 0
  let ended = true
  for (const nodes of stopping.minimalQuorums()) {
    const enough = known !== undefined && smallest >= most
    ended = !enough && meter.look() && seen.length < MOST_SEEN && members < MOST_MEMBERS
    if (!ended) break
    seen.push(nodes)
    members += nodes.length
    if (nodes.length === least) smallest++
  }
  const listed = seen.sort((a, b) => a.length - b.length).slice(0, most)
  return {
    sets: listed.map((nodes) =>
      Array.from(nodes, (node) => system.nodes[node]?.name ?? String(node)),
    ),
    count: known ?? (ended ? BigInt(seen.length) : undefined),
  }
}

/** How few other nodes stop it together with these. */
function besides(stopping: QuorumSet, down: Int32Array): number {
  const prices = new Float64Array(stopping.size).fill(1)
  for (const node of down) prices[node] = 0
  return stopping.cheapest(prices).price
}
