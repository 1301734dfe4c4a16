import { flatTree } from '../structures/flat-tree.ts'
import type { QuorumSet } from '../quorum-set.ts'

/**
 * In which order a diagram asks. Variables are the nodes, by their numbers, and after them the
 * zones that may fail as a whole.
 */
export interface VariableOrder {
  /** The variable at each place. */
  readonly variables: Int32Array
  /** The place of each variable. */
  readonly places: Int32Array
  /** The places of what has to be up for a node to be up: its zone, if it may fail, and itself. */
  placesOf(node: number): readonly number[]
}

/** Orders worth trying, the most promising first. The size of a diagram depends on the order. */
export function variableOrders(
  sides: readonly QuorumSet[],
  zones: readonly Int32Array[],
): readonly VariableOrder[] {
  const size = sides[0]?.size ?? 0
  const numbered = Array.from({ length: size }, (_, node) => node)
  const asWritten = writtenOrder(sides, size)
  const orders = [numbered]
  if (zones.length > 0) orders.unshift(byZone(numbered, zones))
  if (asWritten.some((node, place) => node !== place)) orders.push(asWritten)
  return orders.map((nodes) => withZones(nodes, zones))
}

/** Each zone comes right before the first of its nodes. */
function withZones(nodes: readonly number[], zones: readonly Int32Array[]): VariableOrder {
  const zoneOf = new Int32Array(nodes.length).fill(-1)
  for (const [zone, members] of zones.entries()) for (const node of members) zoneOf[node] = zone
  const variables: number[] = []
  const places = new Int32Array(nodes.length + zones.length).fill(-1)
  const append = (variable: number) => {
    places[variable] = variables.length
    variables.push(variable)
  }
  for (const node of nodes) {
    const zone = zoneOf[node]!
    if (zone >= 0 && places[nodes.length + zone] === -1) append(nodes.length + zone)
    append(node)
  }
  return {
    variables: Int32Array.from(variables),
    places,
    placesOf: (node) => {
      const zone = zoneOf[node]!
      return zone < 0 ? [places[node]!] : [places[nodes.length + zone]!, places[node]!]
    },
  }
}

function byZone(nodes: readonly number[], zones: readonly Int32Array[]): number[] {
  const inZone = new Set(zones.flatMap((members) => [...members]))
  return [...zones.flatMap((members) => [...members]), ...nodes.filter((node) => !inZone.has(node))]
}

/** As the nodes appear in the formulas, one side after the other. */
function writtenOrder(sides: readonly QuorumSet[], size: number): number[] {
  const seen = new Set<number>()
  for (const side of sides) {
    for (const node of flatTree(side.formula()).node) if (node >= 0) seen.add(node)
  }
  for (let node = 0; node < size; node++) seen.add(node)
  return [...seen]
}
