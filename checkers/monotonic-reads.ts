import { deed } from '../src/core/wording.ts'
import { INITIAL, sessionOf } from '../src/linearize/order-accesses.ts'
import type { ChainOrder } from '../src/linearize/order-chains.ts'
import type { Condition } from './condition.ts'
import { operationOf, unfitForReads } from './reads-from.ts'
import type { Search, Stale } from './sessions.ts'
import { checkSession, isOlder, mergePreceding } from './sessions.ts'

/**
 * Once a client has read a version of a key, it never reads an older one: one that causally
 * precedes it, one that the client had met itself before it read the newer one, or the initial
 * value. See sessions.ts.
 */
export const monotonicReads: Condition = {
  name: 'monotonic-reads',
  summary: 'a client never reads an older version of a key than it has read before',
  source: 'Terry et al. 1994, Session guarantees for weakly consistent replicated data',
  unfit: unfitForReads,
  check: (history, options) => checkSession(history, options, backwards),
}

/** What one client knows of one key. */
interface Known {
  /** By chain: how many of its events causally precede a version that was read. */
  readonly preceding: Int32Array
  /** By version that the client read or wrote: the event at which it met it first. */
  readonly met: Map<number, number>
  /** The reads so far, those of the initial value left out. */
  readonly reads: number[]
  /** The last of these that returned another version than the very last, or -1. */
  beforeLast: number
}

const backwards: Search = (order, meter) => {
  const { accesses } = order
  const { start, key, reads, writes } = accesses
  const chains = start.length - 1
  const found: Stale[] = []
  for (let chain = 0; chain < chains; chain++) {
    const knowledge = new Map<number, Known>()
    for (const event of sessionOf(accesses, chain)) {
      let known = knowledge.get(key[event]!)
      if (known === undefined) {
        if (!meter.reserve(chains * 4)) return 'bound'
        const met = new Map([[INITIAL, -1]])
        known = { preceding: new Int32Array(chains), met, reads: [], beforeLast: -1 }
        knowledge.set(key[event]!, known)
      }
      if (!meter.step()) return 'bound'
      if (reads[event]! >= INITIAL) {
        const earlier = newerRead(order, known, reads[event]!)
        if (earlier !== -1 && event >= start[chain]!)
          found.push(staleAfter(order, known, event, earlier))
        if (reads[event] !== INITIAL) learn(order, known, event)
      }
      if (writes[event] === 1) known.met.set(event, event)
    }
    for (const { preceding } of knowledge.values()) meter.release(preceding.length * 4)
  }
  return found
}

function staleAfter(order: ChainOrder, known: Known, read: number, earlier: number): Stale {
  const { reads } = order.accesses
  const newer = reads[earlier]!
  const clause = `before that it ${deed(operationOf(order.accesses, earlier))}`
  const met = known.met.get(reads[read]!) ?? -1
  // Where nothing else tells which one is older, it is the client that met that one first.
  const through = met < 0 || isOlder(order, reads[read]!, newer) ? [earlier] : [met, earlier]
  return { read, newer, through, clause }
}

/** An earlier read of a newer version, or -1. */
function newerRead(order: ChainOrder, known: Known, version: number): number {
  const { reads, chain, start } = order.accesses
  const last = known.reads.at(-1) ?? -1
  const other = last !== -1 && reads[last] === version ? known.beforeLast : last
  const met = known.met.get(version)
  if (met !== undefined && other > met) return other
  if (version === INITIAL) return -1
  const c = chain[version]!
  if (known.preceding[c]! <= version - start[c]!) return -1
  return known.reads.findLast((read) => isOlder(order, version, reads[read]!)) ?? -1
}

function learn({ accesses, before }: ChainOrder, known: Known, read: number): void {
  const { reads, chain, start } = accesses
  const version = reads[read]!
  const last = known.reads.at(-1)
  if (last !== undefined && reads[last] !== version) known.beforeLast = last
  known.reads.push(read)
  if (!known.met.has(version)) known.met.set(version, read)
  mergePreceding(known.preceding, before, version, chain[version]!, start.length - 1)
}
