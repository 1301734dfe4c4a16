import { canonical, sameJson } from '../../core/json.ts'
import type { Json } from '../../core/json.ts'
import type { Random } from '../../core/random.ts'
import type { Body } from './message.ts'
import { errorBody, what } from './message.ts'

/** Something that nodes can ask by its name, as they ask each other: it never fails. */
export interface Service {
  readonly name: string
  /** Answers a request of a node. */
  answer(from: string, request: Body): Body
}

/** Maelstrom's services. Those that may choose draw from `random`. */
export function services(random: (service: string) => Random): readonly Service[] {
  return [
    linearizableStore(),
    sequentialStore(random('seq-kv')),
    lastWriteWinsStore(random('lww-kv')),
    timestamps(),
  ]
}

export const serviceNames: readonly string[] = ['lin-kv', 'seq-kv', 'lww-kv', 'lin-tso']

/** A request to a store, understood. */
interface StoreRequest {
  readonly type: 'read' | 'write' | 'cas'
  readonly key: string
  readonly shownKey: string
  readonly value: Json
  readonly from: Json
  readonly create: boolean
}

/** What a request makes of a key: its answer, and the new value if there is one. */
interface Outcome {
  readonly answer: Body
  readonly written?: Json
}

function understood(request: Body): StoreRequest | Body {
  const { type, key } = request
  if (type !== 'read' && type !== 'write' && type !== 'cas') {
    return errorBody(10, `this service understands read, write and cas, not ${what(type)}`)
  }
  const needed = { read: ['key'], write: ['key', 'value'], cas: ['key', 'from', 'to'] }[type]
  const missing = needed.find((name) => request[name] === undefined)
  if (missing !== undefined) return errorBody(12, `'${missing}' is missing`)
  return {
    type,
    key: canonical(key),
    shownKey: JSON.stringify(key),
    value: request[type === 'cas' ? 'to' : 'value'] ?? null,
    from: request['from'] ?? null,
    create: request['create_if_not_exists'] === true,
  }
}

/** `undefined` for a key that does not exist. */
function outcome(request: StoreRequest, held: Json | undefined): Outcome {
  const { type, value, from, shownKey } = request
  if (type === 'write') return { answer: { type: 'write_ok' }, written: value }
  if (held === undefined) {
    if (type === 'cas' && request.create) return { answer: { type: 'cas_ok' }, written: value }
    return { answer: errorBody(20, `there is no key ${shownKey}`) }
  }
  if (type === 'read') return { answer: { type: 'read_ok', value: held } }
  if (sameJson(held, from)) return { answer: { type: 'cas_ok' }, written: value }
  const fact = `${shownKey} holds ${JSON.stringify(held)}, not ${JSON.stringify(from)}`
  return { answer: errorBody(22, fact) }
}

function linearizableStore(): Service {
  const values = new Map<string, Json>()
  return {
    name: 'lin-kv',
    answer(_, asked) {
      const request = understood(asked)
      if (!isRequest(request)) return request
      const { answer, written } = outcome(request, values.get(request.key))
      if (written !== undefined) values.set(request.key, written)
      return answer
    },
  }
}

/** So many states of the past can still be read. */
const REMEMBERED = 32

/**
 * Every node sees one order of all writes, but perhaps late: a request is answered from any state
 * of the past that is not older than the last one that its node has seen. What would change an old
 * state is done to the newest instead.
 */
function sequentialStore(random: Random): Service {
  /** For each key the numbers of the states that wrote it, the oldest first. */
  const writes = new Map<string, { state: number; value: Json }[]>()
  const seen = new Map<string, number>()
  let newest = 0
  const at = (key: string, state: number): Json | undefined =>
    writes.get(key)?.findLast((write) => write.state <= state)?.value
  const write = (key: string, value: Json): void => {
    newest++
    const before = writes.get(key) ?? []
    // Of those that nobody can read any more the last is still what an old state holds.
    const old = before.findLastIndex(({ state }) => state <= newest - REMEMBERED)
    writes.set(key, [...before.slice(Math.max(old, 0)), { state: newest, value }])
  }
  return {
    name: 'seq-kv',
    answer(from, asked) {
      const request = understood(asked)
      if (!isRequest(request)) return request
      const oldest = Math.max(seen.get(from) ?? 0, newest - REMEMBERED + 1, 0)
      const state = random.int(oldest, newest)
      const then = outcome(request, at(request.key, state))
      if (then.written === undefined) {
        seen.set(from, state)
        return then.answer
      }
      const now = outcome(request, at(request.key, newest))
      if (now.written !== undefined) write(request.key, now.written)
      seen.set(from, newest)
      return now.answer
    },
  }
}

interface Stamped {
  readonly time: number
  readonly value: Json
}

/**
 * Two replicas. Each request first copies what is newer from a random replica to a random one, and
 * is then done by a random replica alone, so writes can be lost and reads be old.
 */
function lastWriteWinsStore(random: Random): Service {
  const replicas = [replica(), replica()] as const
  return {
    name: 'lww-kv',
    answer(_, asked) {
      const request = understood(asked)
      if (!isRequest(request)) return request
      const [from, to] = [random.pick(replicas), random.pick(replicas)]
      for (const [key, stamped] of from.values) {
        const held = to.values.get(key)
        // Where both are of one time the one that comes in stays: then both replicas have it.
        if (held === undefined || held.time <= stamped.time) to.values.set(key, stamped)
      }
      to.clock = Math.max(to.clock, from.clock)
      const here = random.pick(replicas)
      const held = here.values.get(request.key)?.value
      const { answer, written } = outcome({ ...request, create: false }, held)
      if (written !== undefined) {
        here.clock++
        here.values.set(request.key, { time: here.clock, value: written })
      }
      return answer
    },
  }
}

function replica(): { clock: number; readonly values: Map<string, Stamped> } {
  return { clock: 0, values: new Map() }
}

function timestamps(): Service {
  let next = 0
  return {
    name: 'lin-tso',
    answer: (_, { type }) =>
      type === 'ts'
        ? { type: 'ts_ok', ts: next++ }
        : errorBody(10, `this service understands ts, not ${what(type)}`),
  }
}

function isRequest(request: StoreRequest | Body): request is StoreRequest {
  return 'shownKey' in request
}
