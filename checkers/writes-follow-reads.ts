import type { Meter } from '../src/core/budget.ts'
import { deed } from '../src/core/wording.ts'
import { INITIAL, sessionOf } from '../src/linearize/order-accesses.ts'
import type { ChainOrder } from '../src/linearize/order-chains.ts'
import { bytesOfOrder } from '../src/linearize/order-clients.ts'
import type { Groups } from '../src/linearize/order-groups.ts'
import { groupsOf, lastWriteBefore } from '../src/linearize/order-groups.ts'
import type { Condition } from './condition.ts'
import { ofKey, operationOf, told, unfitForReads } from './reads-from.ts'
import type { Heard, Search, Stale } from './sessions.ts'
import { checkSession, hear, heardNothing, isOlder, mergePreceding } from './sessions.ts'

/**
 * A write takes effect after what its client had read before it: who has read the write never reads
 * an older version than the one that its writer had read. See sessions.ts.
 */
export const writesFollowReads: Condition = {
  name: 'writes-follow-reads',
  summary: 'who has read a write knows of what its writer had read before',
  source: 'Terry et al. 1994, Session guarantees for weakly consistent replicated data',
  unfit: unfitForReads,
  check: (history, options) => checkSession(history, options, missedReads),
}

const missedReads: Search = (order, meter) => {
  const { accesses } = order
  const { start, reads } = accesses
  const experience = experienceOf(order, meter)
  if (experience === 'bound') return 'bound'
  const found: Stale[] = []
  for (let chain = 0; chain + 1 < start.length; chain++) {
    const heard = heardNothing(accesses)
    for (const event of sessionOf(accesses, chain)) {
      if (!meter.step()) return 'bound'
      if (reads[event]! < INITIAL) continue
      const stale = event < start[chain]! ? undefined : missedBy(order, experience, heard, event)
      if (stale !== undefined) found.push(stale)
      hear(accesses, heard, event)
    }
  }
  return found
}

interface Experience {
  /** Reads in the place of writes: by key and chain, those of initial values left out. */
  readonly groups: Groups
  /**
   * By read and chain: how many events causally precede a version that the reader had read of that
   * key until then.
   */
  readonly preceding: Int32Array
}

function experienceOf(order: ChainOrder, meter: Meter): Experience | 'bound' {
  const { accesses, before } = order
  const { count, reads, chain } = accesses
  if (!meter.reserve(bytesOfOrder(accesses))) return 'bound'
  const groups = groupsOf({ ...accesses, writes: Uint8Array.from(reads, (from) => +(from >= 0)) })
  const chains = accesses.start.length - 1
  const preceding = new Int32Array(count * chains)
  for (let group = 0; group < groups.chain.length; group++) {
    const first = groups.writesFrom[group]!
    for (let place = first; place < groups.writesFrom[group + 1]!; place++) {
      if (!meter.step()) return 'bound'
      const read = groups.writes[place]!
      const row = preceding.subarray(read * chains, (read + 1) * chains)
      if (place > first) {
        const last = groups.writes[place - 1]!
        row.set(preceding.subarray(last * chains, (last + 1) * chains))
      }
      mergePreceding(row, before, reads[read]!, chain[reads[read]!]!, chains)
    }
  }
  return { groups, preceding }
}

function missedBy(
  order: ChainOrder,
  { groups, preceding }: Experience,
  heard: Heard,
  read: number,
): Stale | undefined {
  const { key, reads, chain, start } = order.accesses
  const chains = start.length - 1
  const version = reads[read]!
  const k = key[read]!
  for (let group = groups.groupsFrom[k]!; group < groups.groupsFrom[k + 1]!; group++) {
    const c = groups.chain[group]!
    if (heard.by[c] === -1) continue
    const place = lastWriteBefore(groups, group, heard.end[c]!)
    if (place === -1) continue
    const at = groups.writes[place]! * chains
    if (version !== INITIAL) {
      const author = chain[version]!
      if (preceding[at + author]! <= version - start[author]!) continue
    }
    for (let i = place; i >= groups.writesFrom[group]!; i--) {
      const earlier = groups.writes[i]!
      if (isOlder(order, version, reads[earlier]!)) return staleAs(order, heard, read, earlier)
    }
  }
  return undefined
}

function staleAs({ accesses }: ChainOrder, heard: Heard, read: number, earlier: number): Stale {
  const by = heard.by[accesses.chain[earlier]!]!
  const later = accesses.reads[by]!
  const laterOp = operationOf(accesses, later)
  const clause =
    `${told(operationOf(accesses, earlier))} before it ` +
    `${deed(laterOp)}${ofKey(laterOp)}, which the reader had read`
  return { read, newer: accesses.reads[earlier]!, through: [by, later, earlier], clause }
}
