import type { Parts } from './composed-parts.ts'
import { EVENT, KINDS } from './local-steps.ts'
import { FOOTPRINT } from './sleeper.ts'
import type { Timers } from './timers.ts'

/** One way of a step at a node, by its numbers. */
export interface Way {
  readonly node: number
  readonly event: number
  readonly outcome: number
}

/** Names a step at a node: the same number means the same step, wherever it can be taken. */
export function stepName(
  nodes: number,
  node: number,
  event: number,
  { again, doubled }: { readonly again: boolean; readonly doubled: boolean },
): number {
  return ((event * nodes + node) << 2) | (again ? 2 : 0) | (doubled ? 1 : 0)
}

/**
 * What a step looks at or changes. Not messages, which others can only add to; nor budgets:
 * whatever the order, a way spends the same in all.
 */
export function footprintOf({ requests, steps }: Parts, timers: Timers, way: Way): number {
  const { node, client, histories } = FOOTPRINT
  let mask = node(way.node)
  const kind = way.event % KINDS
  const index = Math.floor(way.event / KINDS)
  if (kind === EVENT.request || kind === EVENT.requestCrash) {
    mask |= client(requests[index]!.client) | histories
  }
  if (kind === EVENT.timer || kind === EVENT.timerCrash) {
    const silent = timers.silenceOf(index)
    if (silent !== -1) mask |= node(silent)
  }
  for (const told of steps.tells[way.outcome]!) {
    const { request } = steps.told.values[told]!
    mask |= client(requests[request]!.client) | histories
  }
  return mask
}
