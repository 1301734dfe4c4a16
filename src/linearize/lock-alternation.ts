/**
 * Locks with owners, exactly and in O(n log n).
 *
 * Only the holder releases, so a client's acquire and its next release enclose a section in which
 * nobody else does anything: a block in the sense of register-blocks.ts, with f the return of the
 * acquire and s the call of the release. A client does one thing at a time, so f < s, and by the
 * theorem there all is well exactly if no two sections overlap. What was acquired and never
 * released has s = Infinity.
 *
 * Unknown outcomes end the work of their client. A release that may have happened can be assumed
 * to have, at the very end if need be. An acquire that may have happened blocks everything after
 * it, and changes nothing before, so it can be left out.
 */
import type { Decision, Engine, Problem } from '../core/engine.ts'
import type { Json } from '../core/json.ts'
import type { Operation, Process } from '../core/operation.ts'
import { isUnknown } from '../core/operation.ts'
import { did } from '../core/wording.ts'

export interface LockNames {
  readonly acquire: readonly string[]
  readonly release: readonly string[]
}

/** Who holds the lock in a state; `null` if nobody does. */
export type HolderOf = (state: Json) => Process | null

/** Bytes an operation, at most: half a section and its place in the order. */
const BYTES = 64

/** The engine for a lock that only its holder may release. */
export function lockAlternation(names: LockNames, holderOf: HolderOf): Engine {
  return {
    name: 'lock-alternation',
    decide(problem, meter) {
      const bytes = BYTES * problem.operations.length
      if (!meter.reserve(bytes) || !meter.step(1)) {
        return { outcome: 'unknown', hit: meter.hit('nothing was decided yet') }
      }
      const found = sectionsOf(problem, names, holderOf(problem.initial))
      const decision =
        found === undefined || 'outcome' in found ? found : inOrder(problem.operations, found)
      meter.release(bytes)
      return decision
    },
  }
}

/** From an acquire to the release of the same client; -1 stands for one that is not there. */
interface Section {
  readonly acquire: number
  release: number
}

/** What is known about a client so far. */
interface Client {
  section: Section | undefined
  /** The section before, which ended with a release. */
  last: Section | undefined
  /** When its last operation returned. */
  returned: number
}

function sectionsOf(
  { operations }: Problem,
  names: LockNames,
  holder: Process | null,
): Section[] | Decision | undefined {
  const sections: Section[] = []
  const clients = new Map<Process, Client>()
  if (holder !== null) {
    sections.push({ acquire: -1, release: -1 })
    clients.set(holder, { section: sections[0], last: undefined, returned: -Infinity })
  }
  let failure: Decision | undefined
  for (const [index, op] of operations.entries()) {
    let client = clients.get(op.process)
    if (client === undefined) {
      client = { section: undefined, last: undefined, returned: -Infinity }
      clients.set(op.process, client)
    }
    // Two operations of one client at a time: the argument above does not hold.
    if (client.returned >= op.called) return undefined
    client.returned = op.returned
    if (names.acquire.includes(op.f)) {
      if (isUnknown(op)) continue
      if (client.section !== undefined) failure ??= twice(operations, client.section, index)
      client.section = { acquire: index, release: -1 }
      sections.push(client.section)
    } else if (names.release.includes(op.f)) {
      if (client.section !== undefined) client.section.release = index
      else if (!isUnknown(op)) failure ??= notHeld(op, client.last, index)
      client.last = client.section ?? client.last
      client.section = undefined
    } else return undefined
  }
  return failure ?? sections
}

function twice(operations: readonly Operation[], { acquire }: Section, again: number): Decision {
  const reason = `${did(operations[again]!)}, but held it already and had not released it`
  const core = acquire === -1 ? [again] : [acquire, again]
  return { outcome: 'fail', core, reason, impossible: again }
}

function notHeld(op: Operation, last: Section | undefined, index: number): Decision {
  const reason = `${did(op)}, but did not hold it then`
  const before = last === undefined ? [] : [last.acquire, last.release].filter((i) => i !== -1)
  return { outcome: 'fail', core: [...before, index], reason, impossible: index }
}

function inOrder(operations: readonly Operation[], sections: Section[]): Decision {
  const begun = ({ acquire }: Section): number =>
    acquire === -1 ? -Infinity : operations[acquire]!.returned
  const ended = ({ release }: Section): number =>
    release === -1 ? Infinity : operations[release]!.called
  sections.sort((a, b) => begun(a) - begun(b))
  const order = new Int32Array(2 * sections.length)
  let placed = 0
  let before: Section | undefined
  for (const section of sections) {
    if (before !== undefined && begun(section) < ended(before)) {
      return overlap(operations, before, section)
    }
    before = section
    if (section.acquire !== -1) order[placed++] = section.acquire
    if (section.release !== -1) order[placed++] = section.release
  }
  return { outcome: 'pass', order: order.subarray(0, placed) }
}

function overlap(operations: readonly Operation[], first: Section, second: Section): Decision {
  const core = [first.acquire, first.release, second.acquire, second.release]
    .filter((index) => index !== -1)
    .sort((a, b) => a - b)
  const since =
    first.acquire === -1 ? 'it was taken from the beginning' : did(operations[first.acquire]!)
  const until = first.release === -1 ? 'it was never released' : 'the release was called only later'
  const reason = `${did(operations[second.acquire]!)}, but ${since}, and ${until}`
  return { outcome: 'fail', core, reason, impossible: second.acquire }
}
