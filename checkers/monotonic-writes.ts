import { deed } from '../src/core/wording.ts'
import { INITIAL, sessionOf } from '../src/linearize/order-accesses.ts'
import type { ChainOrder } from '../src/linearize/order-chains.ts'
import { lastWriteBefore } from '../src/linearize/order-groups.ts'
import type { Condition } from './condition.ts'
import { ofKey, operationOf, told, unfitForReads } from './reads-from.ts'
import type { Heard, Search, Stale } from './sessions.ts'
import { checkSession, hear, heardNothing, isOlder } from './sessions.ts'

/**
 * The writes of a client take effect in its order: who has read the later one, of whatever key,
 * never reads an older version than the earlier one afterwards. See sessions.ts.
 */
export const monotonicWrites: Condition = {
  name: 'monotonic-writes',
  summary: 'who has read a write knows of all earlier writes of the same client',
  source: 'Terry et al. 1994, Session guarantees for weakly consistent replicated data',
  unfit: unfitForReads,
  check: (history, options) => checkSession(history, options, skippedWrites),
}

const skippedWrites: Search = (order, meter) => {
  const { accesses } = order
  const { start, reads } = accesses
  const found: Stale[] = []
  for (let chain = 0; chain + 1 < start.length; chain++) {
    const heard = heardNothing(accesses)
    for (const event of sessionOf(accesses, chain)) {
      if (!meter.step()) return 'bound'
      if (reads[event]! < INITIAL) continue
      const stale = event < start[chain]! ? undefined : skippedBy(order, heard, event)
      if (stale !== undefined) found.push(stale)
      hear(accesses, heard, event)
    }
  }
  return found
}

function skippedBy(order: ChainOrder, heard: Heard, read: number): Stale | undefined {
  const { accesses, groups } = order
  const key = accesses.key[read]!
  for (let group = groups.groupsFrom[key]!; group < groups.groupsFrom[key + 1]!; group++) {
    const c = groups.chain[group]!
    if (heard.by[c] === -1) continue
    // The last write is enough: what is older than an earlier one is older than the last one.
    const place = lastWriteBefore(groups, group, heard.end[c]!)
    if (place === -1) continue
    const newer = groups.writes[place]!
    if (!isOlder(order, accesses.reads[read]!, newer)) continue
    const by = heard.by[c]!
    const later = accesses.reads[by]!
    const laterOp = operationOf(accesses, later)
    const clause =
      `${told(operationOf(accesses, newer))} before it ` +
      `${deed(laterOp)}${ofKey(laterOp)}, which the reader had read`
    return { read, newer, through: [by, later], clause }
  }
  return undefined
}
