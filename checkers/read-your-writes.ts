import { deed } from '../src/core/wording.ts'
import { INITIAL, sessionOf } from '../src/linearize/order-accesses.ts'
import type { Condition } from './condition.ts'
import { operationOf, unfitForReads } from './reads-from.ts'
import type { Search, Stale } from './sessions.ts'
import { checkSession, isOlder } from './sessions.ts'

/**
 * Once a client has written a key, it never reads an older version of it: what it wrote itself
 * before, what it had read before it wrote, what led to either, or the initial value. See
 * sessions.ts.
 */
export const readYourWrites: Condition = {
  name: 'read-your-writes',
  summary: 'after a client wrote a key, it reads that version or one that is not older',
  source: 'Terry et al. 1994, Session guarantees for weakly consistent replicated data',
  unfit: unfitForReads,
  check: (history, options) => checkSession(history, options, staleAfterWrites),
}

const staleAfterWrites: Search = (order, meter) => {
  const { accesses } = order
  const { start, key, reads, writes } = accesses
  const found: Stale[] = []
  for (let chain = 0; chain + 1 < start.length; chain++) {
    // The last own write is enough: what is older than an earlier one is older than the last one.
    const written = new Map<number, number>()
    for (const event of sessionOf(accesses, chain)) {
      if (!meter.step()) return 'bound'
      const newer = written.get(key[event]!)
      const isRead = reads[event]! >= INITIAL && event >= start[chain]!
      if (isRead && newer !== undefined && isOlder(order, reads[event]!, newer)) {
        const clause = `before that it ${deed(operationOf(accesses, newer))} itself`
        found.push({ read: event, newer, through: [], clause })
      }
      if (writes[event] === 1) written.set(key[event]!, event)
    }
  }
  return found
}
