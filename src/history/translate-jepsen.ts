import type { Json } from '../core/json.ts'
import { sameJson } from '../core/json.ts'
import type { Process } from '../core/operation.ts'
import { UserError } from '../core/user-error.ts'
import type { HistoryEvent } from './event.ts'
import { NEMESIS } from './pair-events.ts'

/** What a history of Jepsen leaves open. */
export interface JepsenOptions {
  /**
   * True: every value is a `[key value]` of Jepsen's independent keys. False: none is. Absent: they
   * are if every operation has such a value and reads are called with `[key nil]`, as a read has no
   * argument of its own.
   */
  readonly tuples?: boolean
  /**
   * What a read that answers `nil` saw: nothing that can be judged, as in Knossos (`unobserved`,
   * the default), or the value null (`null`).
   */
  readonly nilReads?: 'unobserved' | 'null'
}

/** An event and the line it stands on. */
export interface PlacedEvent {
  readonly event: HistoryEvent
  readonly line: number
}

/**
 * Gives events of Jepsen, Knossos and Maelstrom the meaning they have in our own format. A fault
 * that concerns a single event is a UserError in its place.
 */
export function translateJepsen(
  events: readonly PlacedEvent[],
  source: string,
  options: JepsenOptions = {},
): (PlacedEvent | UserError)[] {
  const keyed = options.tuples ?? looksKeyed(events)
  const separated = keyed ? events.map((placed) => separateKey(placed, source)) : [...events]
  return options.nilReads === 'null' ? separated : dropUnobserved(separated)
}

function isTuple(value: Json | undefined): value is readonly [Json, Json] {
  return Array.isArray(value) && value.length === 2
}

function looksKeyed(events: readonly PlacedEvent[]): boolean {
  let reads = 0
  for (const { event } of events) {
    if (event.process === NEMESIS || event.type !== 'invoke') continue
    if (!isTuple(event.value) || (event.key ?? null) !== null) return false
    if (event.f !== 'read') continue
    if (event.value[1] !== null) return false
    reads++
  }
  return reads > 0
}

function separateKey({ event, line }: PlacedEvent, source: string): PlacedEvent | UserError {
  if (event.process === NEMESIS) return { event, line }
  if (isTuple(event.value)) {
    const [key, value] = event.value
    return { event: { ...event, key, value }, line }
  }
  // What a client could not do it may well report without the key.
  if (event.type === 'fail' || event.type === 'info') {
    return { event: { ...event, value: null }, line }
  }
  return new UserError(`the value of this '${event.f}' is no [key value]`, {
    where: `${source}:${String(line)}`,
    hint: 'are the keys of this history independent?',
  })
}

/**
 * A read that saw nothing says nothing: it becomes a `fail`, as if it had not happened, and a read
 * inside of a transaction is taken out of it.
 */
function dropUnobserved(events: (PlacedEvent | UserError)[]): (PlacedEvent | UserError)[] {
  const openAt = new Map<Process, number>()
  events.forEach((placed, index) => {
    if (placed instanceof UserError) return
    const { event, line } = placed
    if (event.type === 'invoke') openAt.set(event.process, index)
    if (event.type !== 'ok') return
    const { f, value = null } = event
    if (isReadName(f) && value === null) events[index] = { event: { ...event, type: 'fail' }, line }
    if (f !== 'txn' || !Array.isArray(value)) return
    const parts = value as readonly Json[]
    const kept = parts.filter((part) => !isUnobserved(part))
    if (kept.length === parts.length) return
    const type = kept.length === 0 ? 'fail' : 'ok'
    events[index] = { event: { ...event, type, value: kept }, line }
    const call = events[openAt.get(event.process) ?? -1]
    if (call === undefined || call instanceof UserError) return
    const asked = call.event.value
    if (!Array.isArray(asked) || !sameJson(asked.length, parts.length)) return
    const keptCalls = (asked as readonly Json[]).filter((_, i) => !isUnobserved(parts[i]))
    events[openAt.get(event.process) ?? -1] = {
      event: { ...call.event, value: keptCalls },
      line: call.line,
    }
  })
  return events
}

function isReadName(f: Json | undefined): boolean {
  return f === 'read' || f === 'r'
}

/** A part `[read key nil]` of a transaction. */
function isUnobserved(part: Json | undefined): boolean {
  if (!Array.isArray(part)) return false
  const [f, , value] = part as readonly Json[]
  return isReadName(f) && (value ?? null) === null
}
