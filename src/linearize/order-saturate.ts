/**
 * What every single order of all events must contain, if reads return the last value written:
 *
 * - a write that comes before a read of another write's value comes before that write, too;
 * - a write that comes after the write whose value was read comes after that read, too,
 *
 * and so on until nothing new follows (Gibbons & Korach 1997; Biswas & Enea 2019). A cycle proves
 * that there is no such order. Without one there usually is, but not always.
 */
import type { Meter } from '../core/budget.ts'
import type { Accesses } from './order-accesses.ts'
import { INITIAL } from './order-accesses.ts'
import type { Added } from './order-chains.ts'
import { ChainOrder } from './order-chains.ts'
import type { Groups } from './order-groups.ts'
import { lastWriteBefore } from './order-groups.ts'

export interface Saturated {
  readonly result: Added
  readonly order: ChainOrder
}

/** Closes the order of clients and reads under the two rules. `before` is changed. */
export function saturate(
  parts: { accesses: Accesses; groups: Groups; before: Int32Array; sorted: Int32Array },
  meter: Meter,
): Saturated {
  const { accesses, sorted } = parts
  const isOpen = new Uint8Array(accesses.count).fill(1)
  // Backwards: the first events are looked at first.
  const open = Array.from(sorted).reverse()
  const order = new ChainOrder(parts, meter, (event) => {
    if (isOpen[event] === 1) return
    isOpen[event] = 1
    open.push(event)
  })
  let result = overwriteInitials(order)
  while (result === 'fine') {
    const event = open.pop()
    if (event === undefined) break
    isOpen[event] = 0
    if (accesses.reads[event]! >= 0) result = beforeReadWrite(order, event)
    if (result === 'fine' && accesses.writes[event] === 1) result = afterReads(order, event)
    if (!meter.step()) result = 'bound'
  }
  return { result, order }
}

/** Who read the initial value did so before anybody wrote. */
function overwriteInitials(order: ChainOrder): Added {
  const { initialReaders, groupsFrom, writesFrom, writes } = order.groups
  for (const read of initialReaders) {
    const key = order.accesses.key[read]!
    for (let group = groupsFrom[key]!; group < groupsFrom[key + 1]!; group++) {
      let first = writesFrom[group]!
      if (writes[first] === read) first++
      if (first === writesFrom[group + 1]) continue
      const added = order.add(read, writes[first]!, 'overwrites', -1)
      if (added !== 'fine') return added
    }
  }
  return 'fine'
}

/**
 * Writes that come before a read come before the write it read; of every client only the last one
 * has to be looked at.
 */
export function beforeReadWrite(order: ChainOrder, read: number): Added {
  const { accesses, groups } = order
  const from = accesses.reads[read]!
  const key = accesses.key[read]!
  for (let group = groups.groupsFrom[key]!; group < groups.groupsFrom[key + 1]!; group++) {
    const write = lastOther(order, group, read)
    if (write === -1 || write === from) continue
    const added = order.add(write, from, 'overwritten', read)
    if (added !== 'fine') return added
  }
  return 'fine'
}

/** A write that comes after another write comes after the reads of it. */
function afterReads(order: ChainOrder, write: number): Added {
  const { accesses, groups } = order
  const key = accesses.key[write]!
  for (let group = groups.groupsFrom[key]!; group < groups.groupsFrom[key + 1]!; group++) {
    const earlier = lastOther(order, group, write)
    if (earlier === -1) continue
    for (let i = groups.readersFrom[earlier]!; i < groups.readersFrom[earlier + 1]!; i++) {
      const read = groups.readers[i]!
      if (read === write) continue
      const added = order.add(read, write, 'overwrites', earlier)
      if (added !== 'fine') return added
    }
  }
  return 'fine'
}

/** The last write of a group that precedes an event and is not the event itself, or -1. */
export function lastOther(order: ChainOrder, group: number, event: number): number {
  const { accesses, groups, before } = order
  const c = groups.chain[group]!
  const chains = accesses.start.length - 1
  const end = accesses.start[c]! + before[event * chains + c]!
  const place = lastWriteBefore(groups, group, end)
  if (place === -1 || groups.writes[place] !== event)
    return place === -1 ? -1 : groups.writes[place]!
  return place === groups.writesFrom[group] ? -1 : groups.writes[place - 1]!
}

/** True if an event reads, be it the initial value. */
export function isRead({ reads }: Accesses, event: number): boolean {
  return reads[event]! >= INITIAL
}
