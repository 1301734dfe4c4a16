import type { Graph } from './graph.ts'

/** The edges of a graph backwards: who leads to a configuration, and whose steps these are. */
export interface Backwards {
  /** The edges into a configuration are those from `first[c]` to `first[c + 1]`. */
  readonly first: Uint32Array
  /** The configuration that the edge comes from, and above it the process that takes the step. */
  readonly sources: Uint32Array
}

const ACTOR_SHIFT = 29
export const SOURCE_MASK = (1 << ACTOR_SHIFT) - 1

export function backwards(graph: Graph): Backwards {
  const { count, edges, successors } = graph
  const { data: targets } = graph.targets
  const { data: events } = graph.events
  const { data: starts } = graph.first
  const first = new Uint32Array(count + 1)
  for (let edge = 0; edge < edges; edge++) if (targets[edge]! >= 0) first[targets[edge]! + 1]!++
  for (let at = 0; at < count; at++) first[at + 1]! += first[at]!
  const next = first.slice(0, count)
  const sources = new Uint32Array(first[count]!)
  for (let from = 0; from < count; from++) {
    for (let edge = starts[from]!; edge < starts[from + 1]!; edge++) {
      const to = targets[edge]!
      if (to < 0) continue
      sources[next[to]!++] = from | (successors.actor(events[edge]!) << ACTOR_SHIFT)
    }
  }
  return { first, sources }
}

/** Part of a label: something can be reached from here that the graph does not contain. */
export const BEYOND = 0x80
export const VALUES = 0x7f

/**
 * The valency of each configuration: the values, as bits, that are decided in configurations which
 * can be reached from it, and `BEYOND`. With a `silent` process: without steps of it. None: 0.
 */
export function valences(graph: Graph, back: Backwards, silent = -1): Uint8Array {
  const labels = new Uint8Array(graph.count)
  const { values } = graph.successors.elements
  const { data: decided } = graph.decided
  for (let value = 0; value < values; value++)
    spread(back, 1 << value, silent, labels, (at) => ((decided[at]! >> value) & 1) === 1)
  if (!graph.complete) spread(back, BEYOND, silent, labels, (at) => goesBeyond(graph, at, silent))
  return labels
}

/** Whether steps of others than `silent` lead to what the graph does not contain. */
function goesBeyond(graph: Graph, at: number, silent: number): boolean {
  if (at >= graph.expanded) return true
  if (!graph.left) return false
  for (let edge = graph.first.data[at]!; edge < graph.first.data[at + 1]!; edge++) {
    if (graph.targets.data[edge]! >= 0) continue
    if (graph.successors.actor(graph.events.data[edge]!) !== silent) return true
  }
  return false
}

/** Marks all from which one that is a `source` can be reached, without steps of `silent`. */
function spread(
  { first, sources }: Backwards,
  mask: number,
  silent: number,
  labels: Uint8Array,
  isSource: (at: number) => boolean,
): void {
  const stack = new Uint32Array(labels.length)
  let waiting = 0
  for (let at = 0; at < labels.length; at++) {
    if (!isSource(at)) continue
    labels[at]! |= mask
    stack[waiting++] = at
  }
  while (waiting > 0) {
    const to = stack[--waiting]!
    for (let edge = first[to]!; edge < first[to + 1]!; edge++) {
      const packed = sources[edge]!
      if (packed >>> ACTOR_SHIFT === silent) continue
      const from = packed & SOURCE_MASK
      if ((labels[from]! & mask) !== 0) continue
      labels[from]! |= mask
      stack[waiting++] = from
    }
  }
}

/** Whether so many values, as bits, are more than one. */
export function isBivalent(label: number): boolean {
  const values = label & VALUES
  return (values & (values - 1)) !== 0
}

/**
 * Configurations in which it is decided what will be decided: bivalent, and every step that
 * changes something leads to one that is not.
 */
export function criticalConfigurations(graph: Graph, labels: Uint8Array): readonly number[] {
  const { data: targets } = graph.targets
  const { data: starts } = graph.first
  const critical = []
  for (let at = 0; at < graph.expanded; at++) {
    if (!isBivalent(labels[at]!)) continue
    let changes = 0
    let edge = starts[at]!
    for (; edge < starts[at + 1]!; edge++) {
      const to = targets[edge]!
      if (to === at) continue
      changes++
      if (to < 0 || labels[to]! >= BEYOND || isBivalent(labels[to]!)) break
    }
    if (changes > 0 && edge === starts[at + 1]!) critical.push(at)
  }
  return critical
}
