/**
 * Causal consistency in its three versions, by the patterns that break it (Bouajjani, Enea,
 * Guerraoui & Hamza, 'On verifying causal consistency', POPL 2017, sections 3 to 5). The causal
 * order consists of the full order of every client and of reads after the writes they read,
 * transitively.
 *
 * - causal (CC): no circle in the causal order, and no read of a value, or of the initial value,
 *   that was overwritten in its causal past;
 * - convergent (CCv): in addition, put every write in the causal past of a read before the write
 *   that was read; still no circle;
 * - memory (CM): in addition to CC, do this for each client with its own reads only, but until
 *   nothing new follows, the derived order taking the place of the causal one; still no circle, and
 *   no write before a read of the initial value. (The order of a client's last operation contains
 *   that of all its earlier ones, so one order a client is enough.)
 *
 * All of it is polynomial, as each value that is read has one writer.
 */
import type { Meter } from '../core/budget.ts'
import type { Accesses } from './order-accesses.ts'
import { INITIAL, sessionOf } from './order-accesses.ts'
import type { Added, Contradiction, Step } from './order-chains.ts'
import { ChainOrder } from './order-chains.ts'
import { bytesOfOrder, clientOrder } from './order-clients.ts'
import type { Groups } from './order-groups.ts'
import { groupsOf } from './order-groups.ts'
import { beforeReadWrite, lastOther } from './order-saturate.ts'

export type CausalLevel = 'causal' | 'convergence' | 'memory'

/** The patterns under the names they have in the paper. */
export type Pattern =
  'CyclicCO' | 'WriteCOInitRead' | 'WriteCORead' | 'CyclicCF' | 'WriteHBInitRead' | 'CyclicHB'

export type CausalFinding =
  | { readonly type: 'none' }
  | { readonly type: 'bound' }
  | ({
      readonly type: 'broken'
      readonly pattern: Pattern
      /** For the patterns of CM: the chain of the client whose view is impossible. */
      readonly chain?: number
    } & Contradiction)

interface Causality {
  readonly accesses: Accesses
  readonly groups: Groups
  readonly before: Int32Array
}

/** Looks for a pattern that breaks a version of causal consistency; `accesses` must be split. */
export function breakCausality(
  accesses: Accesses,
  level: CausalLevel,
  meter: Meter,
): CausalFinding {
  const groups = groupsOf(accesses)
  const base = clientOrder(accesses, groups, meter)
  if (base.type === 'bound') return base
  if (base.type === 'cycle') {
    const cycle = stepsAlong(accesses, base.events)
    return { type: 'broken', pattern: 'CyclicCO', cycle, events: base.events }
  }
  const causality = { accesses, groups, before: base.before }
  const basic = staleRead(causality, meter)
  if (basic.type !== 'none') return basic
  if (level === 'convergence') return conflict(causality, meter)
  if (level === 'memory') return impossibleView(causality, meter)
  return basic
}

/** The circle of the client order that `clientOrder` found, as steps. */
export function stepsAlong({ reads }: Accesses, events: readonly number[]): Step[] {
  return events.map((from, i) => {
    const to = events[(i + 1) % events.length]!
    return { from, to, why: reads[to] === from ? ('reads' as const) : ('client' as const), by: -1 }
  })
}

/** CC: for each read and client, the client's last write of the key in the read's past. */
function staleRead(causality: Causality, meter: Meter): CausalFinding {
  const { accesses, groups } = causality
  const order = new ChainOrder(causality, meter)
  for (let read = 0; read < accesses.count; read++) {
    const from = accesses.reads[read]!
    if (from < INITIAL) continue
    const key = accesses.key[read]!
    if (!meter.step()) return { type: 'bound' }
    for (let group = groups.groupsFrom[key]!; group < groups.groupsFrom[key + 1]!; group++) {
      const write = lastOther(order, group, read)
      if (write === -1 || write === from) continue
      if (from === INITIAL) {
        order.add(read, write, 'overwrites', -1)
        return { type: 'broken', pattern: 'WriteCOInitRead', ...order.contradiction() }
      }
      if (!order.reaches(from, write)) continue
      order.add(write, from, 'overwritten', read)
      return { type: 'broken', pattern: 'WriteCORead', ...order.contradiction() }
    }
  }
  return { type: 'none' }
}

/** CCv: one order of all writes has to explain all reads. */
function conflict(causality: Causality, meter: Meter): CausalFinding {
  const { accesses, groups } = causality
  const order = new ChainOrder(causality, meter)
  // All edges come from the causal order; so they are collected before the first one changes it.
  const edges: number[] = []
  for (let read = 0; read < accesses.count; read++) {
    const from = accesses.reads[read]!
    if (from <= INITIAL) continue
    if (!meter.step()) return { type: 'bound' }
    const key = accesses.key[read]!
    for (let group = groups.groupsFrom[key]!; group < groups.groupsFrom[key + 1]!; group++) {
      const write = lastOther(order, group, read)
      if (write === -1 || write === from || order.reaches(write, from)) continue
      edges.push(write, from, read)
    }
  }
  for (let i = 0; i < edges.length; i += 3) {
    const added = order.add(edges[i]!, edges[i + 1]!, 'overwritten', edges[i + 2]!)
    if (added === 'bound') return { type: 'bound' }
    if (added === 'fine') continue
    return { type: 'broken', pattern: 'CyclicCF', ...order.contradiction('first') }
  }
  return { type: 'none' }
}

/** CM: for each client an order of what it knows has to explain its own reads. */
function impossibleView(causality: Causality, meter: Meter): CausalFinding {
  const { start } = causality.accesses
  const bytes = bytesOfOrder(causality.accesses)
  if (!meter.reserve(bytes)) return { type: 'bound' }
  for (let chain = 0; chain + 1 < start.length; chain++) {
    const finding = impossibleViewOf(chain, causality, meter)
    if (finding.type !== 'none') return finding
  }
  meter.release(bytes)
  return { type: 'none' }
}

function impossibleViewOf(chain: number, causality: Causality, meter: Meter): CausalFinding {
  const { accesses, before } = causality
  const { start, reads } = accesses
  const last = start[chain + 1]! - 1
  const open = [...sessionOf(accesses, chain).filter((e) => reads[e]! >= INITIAL)].reverse()
  if (open.length === 0) return { type: 'none' }
  const isOpen = new Map(open.map((e) => [e, true]))
  const grown = (e: number): void => {
    if (isOpen.get(e) !== false) return
    isOpen.set(e, true)
    open.push(e)
  }
  const chains = start.length - 1
  const scope = before.slice(last * chains, (last + 1) * chains)
  const order = new ChainOrder({ ...causality, before: before.slice() }, meter, grown, scope)
  for (let read = open.pop(); read !== undefined; read = open.pop()) {
    if (!meter.step()) return { type: 'bound' }
    isOpen.set(read, false)
    const isInitial = reads[read] === INITIAL
    const added = isInitial ? nothingBefore(order, read) : beforeReadWrite(order, read)
    if (added === 'bound') return { type: 'bound' }
    if (added === 'fine') continue
    const pattern = isInitial ? 'WriteHBInitRead' : 'CyclicHB'
    return { type: 'broken', pattern, chain, ...order.contradiction() }
  }
  return { type: 'none' }
}

/** Who read the initial value knows of no write. */
function nothingBefore(order: ChainOrder, read: number): Added {
  const { accesses, groups } = order
  const key = accesses.key[read]!
  for (let group = groups.groupsFrom[key]!; group < groups.groupsFrom[key + 1]!; group++) {
    const write = lastOther(order, group, read)
    if (write !== -1) return order.add(read, write, 'overwrites', -1)
  }
  return 'fine'
}
