import { nearest } from '../../core/nearest.ts'
import { UserError } from '../../core/user-error.ts'
import { probability } from '../node.ts'
import { isPlain } from '../plain-system.ts'
import type { Down } from '../quorum-set.ts'
import { Rational } from '../rational.ts'
import type { RationalLike } from '../rational.ts'
import type { QuorumSystem } from '../system.ts'

/** What may fail, and how likely. Nodes and zones fail independently of each other. */
export interface Hazards {
  readonly size: number
  /** The probability of being down by its own fault: one for all nodes, or one for each. */
  readonly own: Rational | readonly Rational[]
  /** Zones that may fail; a zone that never does is left out. */
  readonly zones: readonly ZoneHazard[]
}

/** Nodes that are all down when their zone is. */
export interface ZoneHazard {
  readonly name: string
  readonly members: Int32Array
  readonly failure: Rational
}

/** What is asked about chances. */
export interface ChanceOptions {
  /** The probability that a node is down, for nodes that have none of their own. */
  readonly down?: RationalLike
  /** The probability that a zone is down, with all nodes in it. Zones not named never are. */
  readonly zones?: Readonly<Record<string, RationalLike>>
}

/** @throws UserError for a node of unknown probability, a zone without nodes, no probability. */
export function hazardsOf(system: QuorumSystem, options: ChanceOptions): Hazards {
  return { size: system.size, own: ownHazards(system, options), zones: zonesOf(system, options) }
}

/** The probabilities of being down as doubles, in the form that structures take. */
export function downOf({ own }: Hazards): Down {
  return own instanceof Rational
    ? own.toNumber()
    : Float64Array.from(own, (chance) => chance.toNumber())
}

export function ownHazard({ own }: Hazards, node: number): Rational {
  return own instanceof Rational ? own : (own[node] as Rational)
}

/** The members of each zone that may fail. */
export function membersOf({ zones }: Hazards): readonly Int32Array[] {
  return zones.map(({ members }) => members)
}

/** The members of each zone of a system, in the order in which the zones are first named. */
export function zoneMembers(system: QuorumSystem): ReadonlyMap<string, Int32Array> {
  if (isPlain(system)) return new Map()
  const members = new Map<string, number[]>()
  for (const [node, { zone }] of system.nodes.entries()) {
    if (zone === undefined) continue
    const known = members.get(zone)
    if (known === undefined) members.set(zone, [node])
    else known.push(node)
  }
  return new Map([...members].map(([name, list]) => [name, Int32Array.from(list)]))
}

function ownHazards(system: QuorumSystem, options: ChanceOptions): Hazards['own'] {
  const fallback = options.down === undefined ? undefined : probability(options.down, 'down')
  if (fallback !== undefined && isPlain(system)) return fallback
  const own = system.nodes.map(({ name, failure }) => {
    const chance = failure ?? fallback
    if (chance !== undefined) return chance
    const hint = 'give the node a failure probability, or one for all nodes'
    throw new UserError('nothing is said about how likely it is down', {
      where: `node ${name}`,
      hint,
    })
  })
  const first = own[0]
  return first !== undefined && own.every((chance) => chance.equals(first)) ? first : own
}

function zonesOf(system: QuorumSystem, { zones = {} }: ChanceOptions): readonly ZoneHazard[] {
  const asked = Object.entries(zones)
  if (asked.length === 0) return []
  const members = zoneMembers(system)
  const found = asked.map(([name, chance]) => {
    const own = members.get(name)
    if (own === undefined) throw unknownZone(name, [...members.keys()])
    return { name, members: own, failure: probability(chance, `zone ${name}`) }
  })
  return found.filter(({ failure }) => !failure.isZero())
}

function unknownZone(name: string, known: readonly string[]): UserError {
  const like = nearest(name, known)
  const hint =
    known.length === 0 ? 'no node of this system has a zone' : `the zones are ${known.join(', ')}`
  return new UserError('no node is in this zone', {
    where: `zone ${name}`,
    hint: like === undefined ? hint : `${like}?`,
  })
}
