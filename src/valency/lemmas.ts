import type { Graph } from './graph.ts'
import { isBivalent } from './valence.ts'

/** How often a lemma was looked at, and how often it did not hold. */
export interface Checked {
  readonly checked: number
  readonly failed: number
  /** Of everything; otherwise a bound was reached. */
  readonly whole: boolean
}

/** An event is gone: the message was dropped as spent, which is as good as received. */
const GONE = -1

/** All events of a configuration, where they lead, and what they make of other events. */
export interface Fan {
  readonly events: readonly number[]
  /** The target of the first outcome. */
  readonly targets: readonly number[]
  /** `after[i][j]`: the name of event j after the first outcome of event i, or `GONE`. */
  readonly after: readonly (readonly number[])[]
  readonly outcomes: readonly (readonly number[])[]
  /** The same as `after`, for each edge of the configuration. */
  readonly afterEdges: readonly (readonly number[])[]
}

/**
 * Lemma 1 on every configuration and every pair of events of different processes: in whichever
 * order, the result is the same. Each way goes along the edges of the graph, so that what is
 * tested is the graph with all its renaming and dropping, not the definition. Coins are left out.
 */
export function diamonds(graph: Graph, most: number): Checked {
  let checked = 0
  let failed = 0
  const { successors } = graph
  for (let at = 0; at < graph.expanded; at++) {
    if (checked >= most) return { checked, failed, whole: false }
    if (graph.isEnd(at)) continue
    const { events, targets, after, outcomes } = fanOf(graph, at)
    for (let one = 0; one < events.length; one++) {
      for (let other = one + 1; other < events.length; other++) {
        if (successors.actor(events[one]!) === successors.actor(events[other]!)) continue
        if (outcomes[one]!.length > 1 || outcomes[other]!.length > 1) continue
        const [left, right] = [targets[one]!, targets[other]!]
        if (!known(graph, left) || !known(graph, right)) continue
        checked++
        const both = follow(graph, left, after[one]![other]!)
        if (both !== follow(graph, right, after[other]![one]!)) failed++
      }
    }
  }
  return { checked, failed, whole: true }
}

/**
 * Lemma 3 for every bivalent configuration and every event: whether one can go on without the
 * event to a configuration in which it leads to a bivalent one. A search backwards over pairs of
 * a configuration and an event, as the names of events change where they are renamed.
 */
export function lemmaThree(graph: Graph, labels: Uint8Array, most: number): Checked | undefined {
  if (graph.expanded > most) return undefined
  const pairs = new Map<number, number>()
  const size = graph.successors.processes + graph.successors.elements.messages.length + 1
  const index = (at: number, event: number): number => {
    const key = at * size * 4 + event
    const known = pairs.get(key)
    if (known !== undefined) return known
    pairs.set(key, pairs.size)
    return pairs.size - 1
  }
  const before: number[][] = []
  const good: number[] = []
  const asked: number[] = []
  for (let at = 0; at < graph.expanded; at++) {
    if (graph.isEnd(at)) continue
    const { events, targets, after, outcomes } = fanOf(graph, at)
    for (const [place, event] of events.entries()) {
      const pair = index(at, event)
      if (isBivalent(labels[at]!)) asked.push(pair)
      if (outcomes[place]!.some((to) => to >= 0 && isBivalent(labels[to]!))) good.push(pair)
      for (const [other, to] of targets.entries()) {
        if (other === place || to < 0 || outcomes[other]!.length > 1) continue
        const name = after[other]![place]!
        if (name !== GONE) (before[index(to, name)] ??= []).push(pair)
        else if (isBivalent(labels[to]!)) good.push(pair)
      }
    }
  }
  const reached = new Set(good)
  for (let pair = good.pop(); pair !== undefined; pair = good.pop()) {
    for (const each of before[pair] ?? []) {
      if (reached.has(each)) continue
      reached.add(each)
      good.push(each)
    }
  }
  const failed = asked.filter((pair) => !reached.has(pair)).length
  return { checked: asked.length, failed, whole: true }
}

function known(graph: Graph, at: number): boolean {
  return at >= 0 && at < graph.expanded && !graph.isEnd(at)
}

/** Where an event leads from a configuration. */
function follow(graph: Graph, at: number, event: number): number {
  if (event === GONE) return at
  const { data: starts } = graph.first
  for (let edge = starts[at]!; edge < starts[at + 1]!; edge++)
    if (graph.events.data[edge] === event) return graph.targets.data[edge]!
  const idle = event < graph.successors.processes && ((graph.idle.data[at]! >> event) & 1) === 1
  return idle ? at : -2
}

export function fanOf(graph: Graph, at: number): Fan {
  const { successors } = graph
  const { processes } = successors
  const idle = graph.idle.data[at]!
  graph.load(at)
  const row = successors.here.slice(0, successors.hereSize)
  const events: number[] = []
  for (let self = 0; self < processes; self++) events.push(self)
  for (let place = processes; place < row.length; place++)
    if (place === processes || row[place] !== row[place - 1]) events.push(processes + row[place]!)
  const outcomes: number[][] = events.map((event) =>
    event < processes && ((idle >> event) & 1) === 1 ? [at] : [],
  )
  const after: (readonly number[])[] = events.map(() => events)
  const afterEdges: number[][] = []
  let edge = graph.first.data[at]!
  successors.expand((event) => {
    const place = events.indexOf(event)
    const names = events.map((other) => nameAfter(graph, row, other, event))
    if (outcomes[place]!.length === 0) after[place] = names
    outcomes[place]!.push(graph.targets.data[edge++]!)
    afterEdges.push(names)
  })
  return { events, targets: outcomes.map(([to = -1]) => to), after, outcomes, afterEdges }
}

/** What an event is called in the successor that was just made by another one. */
function nameAfter(graph: Graph, row: Int32Array, event: number, taken: number): number {
  const { processes, renaming, out, outSize } = graph.successors
  if (event < processes) return event
  const parcel = event - processes
  // The copy that was taken does not count.
  if (event === taken && copiesOf(row, processes, row.length, parcel) < 2) return GONE
  if (renaming?.covers(parcel) === false) return GONE
  const name = renaming?.parcel(parcel) ?? parcel
  return copiesOf(out, processes, outSize, name) > 0 ? processes + name : GONE
}

function copiesOf(row: Int32Array, from: number, end: number, parcel: number): number {
  let copies = 0
  for (let place = from; place < end; place++) if (row[place] === parcel) copies++
  return copies
}
