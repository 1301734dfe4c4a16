import type { Disk, ErrorName, Fx, NodeId, RequestId, Ticket } from '../../src/node/index.ts'

/** A message of a protocol that runs inside another one, with the name of the part it is for. */
export interface Wrapped {
  readonly part: string
  readonly message: unknown
}

/** What a part answered to a request, where its host wants to know. */
export type Answer =
  | { readonly request: RequestId; readonly result: unknown; readonly after?: Ticket }
  | { readonly request: RequestId; readonly error: ErrorName; readonly ask?: NodeId }

/**
 * The effects of a protocol that runs as a part of another one: its messages, timers, keys and logs
 * bear its name, so that many parts share one node. With `answered` its answers go to its host,
 * otherwise to the clients.
 */
export function nestedFx(fx: Fx<Wrapped>, part: string, answered?: (answer: Answer) => void): Fx {
  const name = (inner: string) => `${part}/${inner}`
  const since = (after: Ticket | undefined) => (after === undefined ? {} : { after })
  return {
    self: fx.self,
    nodes: fx.nodes,
    others: fx.others,
    send: (to, message, after) => fx.send(to, { part, message }, after),
    reply(request, result, after) {
      if (answered === undefined) fx.reply(request, result, after)
      else answered({ request, result, ...since(after) })
    },
    fail(request, error, ask) {
      if (answered === undefined) fx.fail(request, error, ask)
      else answered({ request, error, ...(ask === undefined ? {} : { ask }) })
    },
    setTimer: (timer, delay) => fx.setTimer(name(timer), delay),
    cancelTimer: (timer) => fx.cancelTimer(name(timer)),
    put: (key, value) => fx.put(name(key), value),
    append: (log, record) => fx.append(name(log), record),
    truncate: (log, from) => fx.truncate(name(log), from),
    compact: (log, before) => fx.compact(name(log), before),
    pick: (options) => fx.pick(options),
    now: () => fx.now(),
    note: (label, data) => fx.note(label, data),
  }
}

/** The part of a disk that belongs to a protocol that runs inside another one. */
export function nestedDisk(disk: Disk, part: string): Disk {
  return {
    fresh: disk.fresh,
    get: (key) => disk.get(`${part}/${key}`),
    log: (log) => disk.log(`${part}/${log}`),
    damaged: disk.damaged
      .filter((name) => name.startsWith(`${part}/`))
      .map((name) => name.slice(part.length + 1)),
  }
}

/** The name of the part that a timer belongs to, and what the part calls it. */
export function timerOf(timer: string): readonly [part: string, timer: string] {
  const end = timer.indexOf('/')
  return [timer.slice(0, end), timer.slice(end + 1)]
}
