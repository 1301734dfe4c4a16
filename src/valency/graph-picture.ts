import type { Json } from '../core/json.ts'
import type { ValencyEdge, ValencyGraph, ValencyNode } from '../core/valency-graph.ts'
import { shown } from '../core/wording.ts'
import type { Analysis } from './analysis.ts'
import type { Graph } from './graph.ts'
import { inputsText } from './inputs.ts'
import { VALUES, isBivalent } from './valence.ts'

/** Graphs of so many configurations are drawn as a whole. */
const MOST_WHOLE = 40
const MOST_PARTS = 60
/** So many places are shown at which it turns. */
const MOST_TURNS = 4

/**
 * The configurations of one choice of inputs as a picture: all, or the way to where it turns (a
 * critical configuration with its fates, or steps out of bivalence) and what is repeated for ever.
 */
export function graphPicture(
  graph: Graph,
  analysis: Analysis,
  inputs: readonly number[],
): ValencyGraph {
  const whole = graph.count <= MOST_WHOLE
  const chosen = whole ? everything(graph) : interesting(graph, analysis)
  const places = new Map([...chosen].map((at, place) => [at, place]))
  const again = new Set(
    (analysis.run?.cycle ?? []).map(({ event, to }) => `${event} ${places.get(to) ?? -1}`),
  )
  const edges: ValencyEdge[] = []
  for (const [from, place] of places) {
    const end = graph.first.data[from + 1]!
    for (let edge = graph.first.data[from]!; edge < end; edge++) {
      const to = places.get(graph.targets.data[edge]!)
      if (to === undefined) continue
      const event = graph.events.data[edge]!
      const repeated = again.has(`${event} ${to}`)
      const label = eventLabel(graph, event)
      edges.push({ from: place, to, label, ...(repeated ? { again: true } : {}) })
    }
  }
  const cut = `${places.size} of ${graph.count} configurations are drawn: ${CUT}`
  return {
    title: `inputs ${inputsText(inputs)}`,
    nodes: [...chosen].map((at) => nodeOf(graph, analysis, at)),
    edges,
    ...(whole ? {} : { cut }),
  }
}

const CUT =
  'the shortest ways to where it is decided what will be decided, and what can be repeated'

function everything(graph: Graph): Set<number> {
  return new Set(Array.from({ length: graph.count }, (_, at) => at))
}

function interesting(graph: Graph, { critical, labels, run }: Analysis): Set<number> {
  const chosen = new Set([0])
  const add = (path: readonly number[]) => {
    for (const at of path) if (chosen.size < MOST_PARTS) chosen.add(at)
  }
  const turns = critical.length > 0 ? critical : turningPoints(graph, labels)
  for (const at of turns.slice(0, MOST_TURNS))
    add([...graph.pathTo(at), ...successorsOf(graph, at)])
  if (run !== undefined) {
    add(run.prefix.map(({ to }) => to))
    add(run.cycle.map(({ to }) => to))
  }
  if (chosen.size < 2) add([...everything(graph)].slice(0, MOST_WHOLE))
  return chosen
}

function successorsOf(graph: Graph, at: number): readonly number[] {
  const [start, end] = [graph.first.data[at]!, graph.first.data[at + 1]!]
  return [...graph.targets.data.subarray(start, end)].filter((to) => to >= 0)
}

/** The first bivalent configurations with steps to univalent ones of both kinds, or of one. */
function turningPoints(graph: Graph, labels: Uint8Array): readonly number[] {
  const found: { readonly at: number; readonly kinds: number }[] = []
  for (let at = 0; at < graph.expanded && found.length < 1000; at++) {
    if (!isBivalent(labels[at]!)) continue
    const fates = successorsOf(graph, at).map((to) => labels[to]! & VALUES)
    const kinds = new Set(fates.filter((fate) => fate !== 0 && !isBivalent(fate))).size
    if (kinds > 0) found.push({ at, kinds })
  }
  return found
    .sort((one, other) => other.kinds - one.kinds || one.at - other.at)
    .map(({ at }) => at)
}

function nodeOf(graph: Graph, { labels, critical }: Analysis, at: number): ValencyNode {
  const { successors } = graph
  const { elements, processes } = successors
  graph.load(at)
  const row = [...successors.here.subarray(0, successors.hereSize)]
  const lines = row.slice(0, processes).map((local, self) => {
    const decision = elements.decisions[local]!
    const state = briefText(elements.localValues[local] as Json)
    return decision < 0
      ? `${self}: ${state}`
      : `${self}: decided ${shown(elements.value(decision))}`
  })
  const label = labels[at]! & VALUES
  return {
    lines: [
      ...lines,
      ...(row.length > processes ? [`${row.length - processes} on their way`] : []),
    ],
    valency:
      label === 0 ? 'none' : isBivalent(label) ? 'both' : kindOf(elements.value(bitOf(label))),
    initial: at === 0,
    critical: critical.includes(at),
    decided: graph.decided.data[at] !== 0,
  }
}

/** A state without what is empty in it: `input 1, started, votes [[0,1]]`. */
function briefText(state: Json): string {
  if (typeof state !== 'object' || state === null || Array.isArray(state)) return shown(state)
  const parts = Object.entries(state as Readonly<Record<string, Json>>)
    .filter(([, part]) => part !== null && part !== false && part !== '' && !isEmpty(part))
    .map(([name, part]) => (part === true ? name : `${name} ${shown(part)}`))
  return parts.length === 0 ? 'nothing yet' : parts.join(', ')
}

function isEmpty(part: Json): boolean {
  return Array.isArray(part) && part.length === 0
}

function bitOf(label: number): number {
  return 31 - Math.clz32(label)
}

export function kindOf(value: Json): 'first' | 'second' {
  return value === 0 ? 'first' : 'second'
}

function eventLabel(graph: Graph, event: number): string {
  const { elements, processes } = graph.successors
  if (event < processes) return `${event}: empty`
  const parcel = event - processes
  return `${elements.destinations[parcel]!} gets ${shown(elements.messages[parcel] as Json)}`
}
