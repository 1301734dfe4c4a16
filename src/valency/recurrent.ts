import { Components } from '../explore/liveness/components.ts'
import type { Graph } from './graph.ts'
import type { Schedule } from './schedules.ts'
import { mayRepeat } from './schedules.ts'

/** Where a run can stay for ever: sets of configurations, and the steps that keep within. */
export interface Recurrent {
  /** For each configuration the number of its set, or -1. */
  readonly group: Int32Array
  /** The members of each set. */
  readonly sets: readonly Int32Array[]
  /** Of each edge: 1 if it keeps within a set and may be taken again and again. */
  readonly inside: Uint8Array
}

const NOWHERE = -1

/**
 * The largest sets of configurations, among those `wanted`, in which a run can go on for ever and
 * come everywhere: strongly connected components. With random coins an event may only be used if
 * all its outcomes stay: maximal end components (de Alfaro 1997).
 */
export function recurrent(graph: Graph, wanted: Uint8Array, schedule: Schedule): Recurrent {
  const inside = edgesAmong(graph, wanted, schedule)
  for (;;) {
    if (schedule.coins === 'random') dropHalves(graph, inside)
    const found = components(graph, wanted, inside)
    if (!keepWithin(graph, inside, found.group) || schedule.coins === 'adversary')
      return { ...found, inside }
  }
}

function edgesAmong(graph: Graph, wanted: Uint8Array, schedule: Schedule): Uint8Array {
  const inside = new Uint8Array(graph.edges)
  const { data: starts } = graph.first
  for (let at = 0; at < graph.expanded; at++) {
    if (wanted[at] === 0) continue
    for (let edge = starts[at]!; edge < starts[at + 1]!; edge++) {
      const to = graph.targets.data[edge]!
      if (to < 0 || wanted[to] === 0) continue
      if (mayRepeat(graph, at, graph.events.data[edge]!, schedule)) inside[edge] = 1
    }
  }
  return inside
}

/** Events of which one outcome is not inside are not taken. */
function dropHalves(graph: Graph, inside: Uint8Array): void {
  const { data: starts } = graph.first
  const { data: events } = graph.events
  for (let at = 0; at < graph.expanded; at++) {
    const end = starts[at + 1]!
    for (let edge = starts[at]!; edge < end;) {
      let next = edge
      let all = 1
      for (; next < end && events[next] === events[edge]; next++) all &= inside[next]!
      if (all === 0) inside.fill(0, edge, next)
      edge = next
    }
  }
}

/** Takes edges away that lead from one set to another. Whether there were any. */
function keepWithin(graph: Graph, inside: Uint8Array, group: Int32Array): boolean {
  const { data: starts } = graph.first
  let dropped = false
  for (let at = 0; at < graph.expanded; at++) {
    for (let edge = starts[at]!; edge < starts[at + 1]!; edge++) {
      if (inside[edge] === 0 || group[graph.targets.data[edge]!] === group[at]) continue
      inside[edge] = 0
      dropped = true
    }
  }
  return dropped
}

function components(
  graph: Graph,
  wanted: Uint8Array,
  inside: Uint8Array,
): Pick<Recurrent, 'group' | 'sets'> {
  const { count } = graph
  const first = new Uint32Array(count + 1)
  const { data: starts } = graph.first
  let kept = 0
  for (let edge = 0; edge < inside.length; edge++) kept += inside[edge]!
  const targets = new Int32Array(kept)
  let next = 0
  for (let at = 0; at < count; at++) {
    for (let edge = starts[at]!; edge < starts[at + 1]!; edge++)
      if (inside[edge] === 1) targets[next++] = graph.targets.data[edge]!
    first[at + 1] = next
  }
  const own = new Int32Array(count)
  const members = []
  for (let at = 0; at < graph.expanded; at++) if (wanted[at] === 1) members.push(at)
  const group = new Int32Array(count).fill(NOWHERE)
  const sets: Int32Array[] = []
  new Components({ first, targets }, count).find(
    Int32Array.from(members),
    own,
    0,
    1,
    (component) => {
      for (const at of component) group[at] = sets.length
      sets.push(component.slice().sort())
    },
  )
  return { group, sets }
}
