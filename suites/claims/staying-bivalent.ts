import type { Graph } from '../../src/valency/graph.ts'
import { fanOf } from '../../src/valency/lemmas.ts'
import { isBivalent } from '../../src/valency/valence.ts'

/** How often a bivalent configuration is left on purpose and the result is bivalent again. */
export interface Stayed {
  readonly pairs: number
  /** Pairs for which no way was found. */
  readonly failed: number
  /** The most steps that had to be put before an event. */
  readonly longest: number
}

/**
 * Lemma 3 of Fischer, Lynch & Paterson (1985), as it is stated: for each bivalent configuration,
 * among the first few, and each event that can happen there, looks for a configuration that is
 * reached without the event, and in which it leads to a bivalent one.
 */
export function stayingBivalent(graph: Graph, labels: Uint8Array, most: number): Stayed {
  let pairs = 0
  let failed = 0
  let longest = 0
  for (let at = 0; at < Math.min(most, graph.expanded); at++) {
    if (!isBivalent(labels[at] ?? 0)) continue
    for (const event of fanOf(graph, at).events) {
      pairs++
      const steps = stepsBefore(graph, labels, at, event)
      if (steps === undefined) failed++
      else longest = Math.max(longest, steps)
    }
  }
  return { pairs, failed, longest }
}

const GONE = -1

/** How many steps must be put before the event, at least; `undefined` if none will do. */
function stepsBefore(
  graph: Graph,
  labels: Uint8Array,
  from: number,
  event: number,
): number | undefined {
  // An event has another name where messages were renamed: both belong together.
  const seen = new Set([`${from} ${event}`])
  let level: (readonly [at: number, event: number])[] = [[from, event]]
  for (let steps = 0; level.length > 0; steps++) {
    const next: (readonly [number, number])[] = []
    for (const [at, name] of level) {
      // A message that is dropped as spent is as good as received.
      if (name === GONE) {
        if (isBivalent(labels[at] ?? 0)) return steps
        continue
      }
      if (at >= graph.expanded) continue
      const { events, outcomes, after } = fanOf(graph, at)
      const place = events.indexOf(name)
      if (outcomes[place]?.some((to) => to >= 0 && isBivalent(labels[to] ?? 0))) return steps
      for (const [other, [to = -1]] of outcomes.entries()) {
        if (other === place || to < 0) continue
        const renamed = after[other]?.[place] ?? GONE
        const key = `${to} ${renamed}`
        if (seen.has(key)) continue
        seen.add(key)
        next.push([to, renamed])
      }
    }
    level = next
  }
  return undefined
}
