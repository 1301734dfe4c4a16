/**
 * What the four session guarantees share (Terry, Demers, Petersen, Spreitzer, Theimer & Welch
 * 1994).
 *
 * They were defined on what servers hold; a history shows only what clients wrote and read, so each
 * guarantee is read here as what its clients could notice. A *version* is a write's value of a key.
 * A version is *older* than another of the same key if
 *
 * - it is the initial one, or
 * - its write causally precedes the other's: via the order of each client, from writes to their
 *   reads.
 *
 * A guarantee says which versions a client must know of when it reads a key; it is broken if the
 * read returns an older version than one of those:
 *
 *   read-your-writes      those that it wrote itself
 *   monotonic-reads       those that it read before
 *   monotonic-writes      what somebody wrote before something else that the client has read
 *   writes-follow-reads   what somebody had read before writing something that the client has read
 *
 * For monotonic reads, versions that are otherwise unrelated are also told apart by the client's
 * own experience: if it met a version and later read another one, the first is older for it. (So
 * reading 1, 2, 1 is no monotonic reading, although plain causal consistency allows it when 1 and 2
 * were written independently.) Real time plays no part. All guarantees fail if a value was read
 * that nobody wrote, or that came from the future, as then there is no order of versions at all.
 *
 * It follows that causal implies the other three, and that causal-memory as well as
 * causal-convergence implies all four (Brzezinski, Sobaniec & Wawrzyniak 2004 prove the like for
 * the guarantees as servers see them); the reverse does not hold, as causality also has longer
 * chains.
 */
import { Meter } from '../src/core/budget.ts'
import { counted } from '../src/core/wording.ts'
import type { History } from '../src/history/history.ts'
import type { Accesses } from '../src/linearize/order-accesses.ts'
import { INITIAL } from '../src/linearize/order-accesses.ts'
import { stepsAlong } from '../src/linearize/order-causal.ts'
import { ChainOrder, joined } from '../src/linearize/order-chains.ts'
import { bytesOfOrder, clientOrder } from '../src/linearize/order-clients.ts'
import { groupsOf } from '../src/linearize/order-groups.ts'
import { refusedText, undecidable } from './causality.ts'
import type { CheckOptions, ConditionVerdict, Violation } from './condition.ts'
import {
  circleText,
  idsOf,
  operationOf,
  readsFrom,
  thinAir,
  told,
  unreadableText,
} from './reads-from.ts'

/** A read of an older version than the client must have known of. */
export interface Stale {
  readonly read: number
  /** The write that the client must have known of. */
  readonly newer: number
  /** Events that show why it must have known: they join `newer` to `read`. */
  readonly through: readonly number[]
  /** What follows `although`: `before that it read 835`. */
  readonly clause: string
}

/** Finds what breaks a guarantee, in order of the clients, at most one for each read. */
export type Search = (order: ChainOrder, meter: Meter) => Stale[] | 'bound'

const ENGINE = 'session-versions'
/** Of further violations only so many are listed. */
const LISTED = 1000

export function checkSession(
  history: History,
  options: CheckOptions,
  search: Search,
): ConditionVerdict {
  const meter = new Meter(options.budget)
  const reading = readsFrom(history, options)
  if (reading.type === 'unreadable') return undecidable(ENGINE, unreadableText(reading.reason))
  if (reading.type === 'thin-air') {
    return { outcome: 'fail', engine: ENGINE, evidence: thinAir(reading.chain) }
  }
  const { accesses } = reading
  const groups = groupsOf(accesses)
  const base = clientOrder(accesses, groups, meter)
  if (base.type === 'cycle') {
    return { outcome: 'fail', engine: ENGINE, evidence: fromTheFuture(accesses, base.events) }
  }
  const order =
    base.type === 'order' && meter.reserve(bytesOfOrder(accesses))
      ? new ChainOrder({ accesses, groups, before: base.before }, meter)
      : undefined
  const found = order === undefined ? 'bound' : search(order, meter)
  if (order === undefined || found === 'bound') {
    const covered = `no contradiction was found among ${counted(accesses.count, 'event')}`
    return { outcome: 'unknown', engine: ENGINE, evidence: meter.hit(covered) }
  }
  if (found.length > 0) {
    return { outcome: 'fail', engine: ENGINE, evidence: violation(found, order) }
  }
  if (accesses.refused > 0) return undecidable(ENGINE, refusedText(accesses))
  const reads = accesses.reads.reduce((sum, from) => sum + (from >= INITIAL ? 1 : 0), 0)
  const sentence = `each of ${counted(reads, 'read')} returned what its client must know, or newer`
  return { outcome: 'pass', engine: ENGINE, evidence: { orders: [], sentence } }
}

function fromTheFuture(accesses: Accesses, events: readonly number[]): Violation {
  const cycle = joined(stepsAlong(accesses, events))
  const read = cycle.find(({ why }) => why === 'reads')!
  return {
    sentence:
      'versions have no order, as a value came from the future: ' + circleText(accesses, cycle),
    operations: idsOf(cycle.map((step) => operationOf(accesses, step.from))),
    culprit: operationOf(accesses, read.to).id,
    others: [],
  }
}

function violation(found: readonly Stale[], order: ChainOrder): Violation {
  const all = found.map((stale) => describe(stale, order))
  // The one that takes the fewest operations to tell, and of those the first.
  const shortest = all.reduce((best, each) =>
    each.operations.length < best.operations.length ? each : best,
  )
  const others = all.filter((each) => each !== shortest).slice(0, LISTED)
  return { ...shortest, others: others.map(({ culprit: _, ...other }) => other) }
}

function describe({ read, newer, through, clause }: Stale, order: ChainOrder) {
  const { accesses } = order
  const from = accesses.reads[read]!
  const events = [read, newer, ...through]
  let what = ', the initial value,'
  if (from !== INITIAL) {
    events.push(from)
    const precedes = order.reaches(from, newer)
    what = precedes ? ', an older version,' : ' again,'
    if (precedes) for (const step of order.path(from, newer)) events.push(step.from, step.to)
  }
  const returned = operationOf(accesses, read)
  return {
    sentence: `${told(returned)}${what} although ${clause}`,
    operations: idsOf(events.map((event) => operationOf(accesses, event))),
    culprit: returned.id,
  }
}

/** True if a version is older than another: `from` is a write or INITIAL, `to` another write. */
export function isOlder(order: ChainOrder, from: number, to: number): boolean {
  return from !== to && (from === INITIAL || order.reaches(from, to))
}

/** Adds to `row`, by chain, how many events strictly precede an event. */
export function mergePreceding(
  row: Int32Array,
  before: Int32Array,
  event: number,
  chain: number,
  chains: number,
): void {
  for (let c = 0, at = event * chains; c < chains; c++, at++) {
    const preceding = c === chain ? before[at]! - 1 : before[at]!
    if (preceding > row[c]!) row[c] = preceding
  }
}

/** How much one client knows of what the others did before the writes that it has read. */
export interface Heard {
  /** By chain: the event before which all is known to have been done. */
  readonly end: Int32Array
  /** By chain: the read by which the client knows, or -1. */
  readonly by: Int32Array
}

/** A client that has read nothing. */
export function heardNothing({ start }: Accesses): Heard {
  const chains = start.length - 1
  return { end: new Int32Array(chains), by: new Int32Array(chains).fill(-1) }
}

/** Takes note of what the author of a version had done before. */
export function hear({ reads, chain, after }: Accesses, heard: Heard, read: number): void {
  let end = reads[read]!
  if (end === INITIAL) return
  for (let c = chain[end]!; ; c = chain[end - 1]!) {
    if (heard.by[c] === -1 || heard.end[c]! < end) {
      heard.end[c] = end
      heard.by[c] = read
    }
    // An operation that got no answer may stand apart from its client's other ones.
    if (after[c] === -1) return
    end = after[c]! + 1
  }
}
