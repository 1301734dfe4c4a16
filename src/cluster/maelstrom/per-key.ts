import type { Disk, Fx, Program, Ticket } from '../../node/index.ts'

/** What is said among the nodes about one key. */
export interface KeyedMessage<Message> {
  readonly key: string
  readonly message: Message
}

export interface KeyedState<State> {
  /** By key. */
  readonly instances: Readonly<Record<string, State>>
}

/**
 * A store made of a protocol that keeps one object: an instance of it for each key, made when the
 * key is first heard of. Linearizability composes, so the store is linearizable if the object is
 * (Herlihy & Wing 1990). Keys are texts without line ends.
 */
export function perKey<State, Message, Timer extends string>(
  program: Program<State, Message, Timer>,
): Program<KeyedState<State>, KeyedMessage<Message>, `${Timer}\n${string}`> {
  type KeyedFx = Fx<KeyedMessage<Message>, `${Timer}\n${string}`>
  const { onTimer, onDurable, enough } = program

  /** The instance of a key; a new one is on the disk's list of keys before anything else of it. */
  function instance({ instances }: KeyedState<State>, key: string, fx: KeyedFx): State {
    const known = instances[key]
    if (known !== undefined) return known
    fx.append(KEYS, key)
    return program.boot(nothing, fxOf(key, fx))
  }

  function changed(state: KeyedState<State>, key: string, next: State): KeyedState<State> {
    return state.instances[key] === next
      ? state
      : { instances: { ...state.instances, [key]: next } }
  }

  return {
    boot(disk, fx) {
      const keys = disk.log(KEYS).records as readonly string[]
      const booted = keys.map(
        (key) => [key, program.boot(partOf(disk, key), fxOf(key, fx))] as const,
      )
      return { instances: Object.fromEntries(booted) }
    },

    onRequest(state, { key: asked, ...request }, fx) {
      const key = String(asked)
      const next = program.onRequest(instance(state, key, fx), request, fxOf(key, fx))
      return changed(state, key, next)
    },

    onMessage(state, from, { key, message }, fx) {
      const next = program.onMessage(instance(state, key, fx), from, message, fxOf(key, fx))
      return changed(state, key, next)
    },

    onTimer(state, keyed, fx) {
      const at = keyed.lastIndexOf('\n')
      const key = keyed.slice(at + 1)
      const before = state.instances[key]
      if (before === undefined || onTimer === undefined) return state
      return changed(state, key, onTimer(before, keyed.slice(0, at) as Timer, fxOf(key, fx)))
    },

    onDurable(state, ticket, fx) {
      if (onDurable === undefined) return state
      let next = state
      for (const [key, before] of Object.entries(state.instances)) {
        next = changed(next, key, onDurable(before, ticket, fxOf(key, fx)))
      }
      return next
    },

    view: ({ instances }) => ({ keys: Object.keys(instances).length }),
    ...(enough === undefined ? {} : { enough }),
  }
}

/** The log of all keys that there are instances of. */
const KEYS = 'keys'

const nothing: Disk = {
  fresh: true,
  damaged: [],
  get: () => undefined,
  log: () => ({ first: 0, records: [] }),
}

/** What one instance sees of the disk. */
function partOf(disk: Disk, key: string): Disk {
  const end = `\n${key}`
  return {
    fresh: false,
    damaged: disk.damaged
      .filter((name) => name.endsWith(end))
      .map((name) => name.slice(0, -end.length)),
    get: (name) => disk.get(`${name}${end}`),
    log: (name) => disk.log(`${name}${end}`),
  }
}

/** What one instance can do. */
function fxOf<Message, Timer extends string>(
  key: string,
  fx: Fx<KeyedMessage<Message>, `${Timer}\n${string}`>,
): Fx<Message, Timer> {
  const of = <Name extends string>(name: Name): `${Name}\n${string}` => `${name}\n${key}`
  return {
    self: fx.self,
    nodes: fx.nodes,
    others: fx.others,
    send: (to, message, after?: Ticket) => fx.send(to, { key, message }, after),
    reply: (request, result, after) => fx.reply(request, result, after),
    fail: (request, error, ask) => fx.fail(request, error, ask),
    setTimer: (timer, delay) => fx.setTimer(of(timer), delay),
    cancelTimer: (timer) => fx.cancelTimer(of(timer)),
    put: (name, value) => fx.put(of(name), value),
    append: (log, record) => fx.append(of(log), record),
    truncate: (log, from) => fx.truncate(of(log), from),
    compact: (log, before) => fx.compact(of(log), before),
    pick: (options) => fx.pick(options),
    now: () => fx.now(),
    note: (label, data) => fx.note(label, data),
  }
}
