import { register } from '../../checkers/models/register.ts'
import { linearizableMonitor } from '../../checkers/monitors/linearizable.ts'
import type { ComposeOptions } from '../../src/compose/index.ts'
import type { Invariant } from '../../src/core/invariant.ts'
import type { Random } from '../../src/core/random.ts'
import { seeded } from '../../src/core/random.ts'
import type { Disk, Fx, Program, Request, RequestId, Ticket } from '../../src/node/index.ts'

/** Local states of a random program, and the messages that it knows. */
const PLACES = 3
const MESSAGES = ['a', 'b'] as const
const TIMERS = ['t', 'u'] as const

type Message = (typeof MESSAGES)[number]
type Timer = (typeof TIMERS)[number]

interface State {
  readonly at: number
  /** How much more this life may send and write, so that there are few states. */
  readonly left: number
  /** Of some write of this life. */
  readonly last: Ticket
  readonly asked: RequestId
  readonly clock: number
}

/** What is done in one place when one thing happens, one after the other. */
type Deed =
  | { readonly type: 'go'; readonly to: number }
  | { readonly type: 'pick'; readonly to: readonly number[] }
  | {
      readonly type: 'send'
      readonly message: Message
      readonly to: 'self' | 'next' | 'sender' | 'all'
      readonly after: After
    }
  | { readonly type: 'put'; readonly key: string; readonly value: number }
  | { readonly type: 'append'; readonly record: number }
  | { readonly type: 'truncate' | 'compact'; readonly index: number }
  | { readonly type: 'set' | 'cancel'; readonly timer: Timer }
  | { readonly type: 'reply'; readonly result: number | null; readonly after: After }
  | { readonly type: 'fail'; readonly error: 'temporarily-unavailable' | 'abort' | 'timeout' }
  | { readonly type: 'keep' | 'note' | 'clock' }

/** What it waits for: nothing, the last write of this handler, or the one that was kept. */
type After = 'nothing' | 'this' | 'kept'

type Table = Readonly<Record<string, readonly Deed[]>>

export interface RandomCase {
  readonly program: Program<State, Message, Timer>
  readonly options: ComposeOptions
  readonly table: Table
}

/** A protocol that nobody meant, and everything around it. */
export function randomCase(seed: number): RandomCase {
  const random = seeded(seed)
  const table = randomTable(random)
  const left = random.int(1, 3)
  const program = tableProgram(table, left, random.chance(2, 3))
  return { program, options: randomOptions(random), table }
}

function randomTable(random: Random): Table {
  const events = ['request', 'durable', ...MESSAGES, ...TIMERS]
  const places = Array.from({ length: PLACES }, (_, place) => place)
  return {
    boot: deeds(random, random.int(1, 3)),
    ...Object.fromEntries(
      places.flatMap((place) =>
        events.map((event) => {
          const idle = event === 'durable' ? 1 : 3
          const many = random.chance(idle, 4) ? random.int(1, 3) : 0
          return [`${place} ${event}`, deeds(random, many)]
        }),
      ),
    ),
  }
}

function deeds(random: Random, many: number): readonly Deed[] {
  const all = Array.from({ length: many }, () => deed(random))
  if (many < 2 || random.chance(1, 2)) return all
  // As most protocols do: something is written, and something is said that waits for it or not.
  const after = random.pick<After>(['this', 'this', 'nothing'])
  const to = random.pick(['next', 'sender'] as const)
  const message = random.pick(MESSAGES)
  const send = { type: 'send', message, to, after } as const
  const put = { type: 'put', key: 'x', value: random.int(0, 2) } as const
  return [put, send, ...all.slice(2)]
}

function deed(random: Random): Deed {
  const place = () => random.int(0, PLACES - 1)
  const after = () => random.pick<After>(['nothing', 'this', 'kept'])
  return random.pick<() => Deed>([
    () => ({ type: 'go', to: place() }),
    () => ({ type: 'go', to: place() }),
    () => ({ type: 'pick', to: [place(), place()] }),
    ...Array.from({ length: 3 }, () => () => {
      const to = random.pick(['self', 'next', 'sender', 'all'] as const)
      return { type: 'send', message: random.pick(MESSAGES), to, after: after() } as const
    }),
    () => ({ type: 'put', key: random.pick(['x', 'y']), value: random.int(0, 2) }),
    () => ({ type: 'put', key: 'x', value: random.int(0, 2) }),
    () => ({ type: 'append', record: random.int(0, 1) }),
    () => ({ type: random.pick(['truncate', 'compact'] as const), index: random.int(0, 1) }),
    () => ({ type: 'set', timer: random.pick(TIMERS) }),
    () => ({ type: 'set', timer: random.pick(TIMERS) }),
    () => ({ type: 'cancel', timer: random.pick(TIMERS) }),
    () => ({ type: 'reply', result: random.pick([null, 1, 2]), after: after() }),
    () => ({ type: 'reply', result: random.pick([null, 1, 2]), after: after() }),
    () => ({
      type: 'fail',
      error: random.pick(['temporarily-unavailable', 'abort', 'timeout'] as const),
    }),
    () => ({ type: random.pick(['keep', 'note', 'clock'] as const) }),
  ])()
}

function tableProgram(table: Table, most: number, told: boolean): RandomCase['program'] {
  const start = (disk: Disk): State => {
    const log = disk.log('log')
    const value = (key: string): number => (disk.get(key) as number | undefined) ?? 0
    const sum = value('x') + 2 * value('y') + log.records.length + log.first + disk.damaged.length
    return { at: sum % PLACES, left: most, last: 0, asked: 0, clock: 0 }
  }
  const act = (state: State, event: string, fx: Fx<Message, Timer>, sender: string): State =>
    done(table[event] ?? [], state, fx, sender)
  return {
    boot: (disk, fx) => act(start(disk), 'boot', fx, fx.self),
    onRequest: (state, request: Request, fx) =>
      // Some requests are not even noted down.
      (table[`${state.at} request`] ?? []).length === 0
        ? state
        : act({ ...state, asked: request.id }, `${state.at} request`, fx, fx.self),
    onMessage: (state, from, message, fx) => act(state, `${state.at} ${message}`, fx, from),
    onTimer: (state, timer, fx) => act(state, `${state.at} ${timer}`, fx, fx.self),
    ...(told
      ? {
          onDurable: (state: State, ticket: Ticket, fx: Fx<Message, Timer>) =>
            // As protocols do: whoever waits for a write is served.
            ticket >= state.last ? act(state, `${state.at} durable`, fx, fx.self) : state,
        }
      : {}),
    view: ({ at, left, clock }) => ({ at, left, clock }),
  }
}

function done(table: readonly Deed[], state: State, fx: Fx<Message, Timer>, sender: string): State {
  let { at, left, last, asked, clock } = state
  let written: Ticket | undefined
  const since = (after: After): Ticket | undefined =>
    after === 'nothing' ? undefined : after === 'this' ? written : last
  const next = fx.nodes[(fx.nodes.indexOf(fx.self) + 1) % fx.nodes.length]!
  for (const each of table) {
    const costs = ['send', 'put', 'append', 'truncate', 'compact'].includes(each.type)
    if (costs && left === 0) continue
    if (costs) left--
    switch (each.type) {
      case 'go':
        at = each.to
        break
      case 'pick':
        at = fx.pick(each.to)
        break
      case 'send': {
        const to = { self: [fx.self], next: [next], sender: [sender], all: fx.nodes }[each.to]
        for (const node of to) fx.send(node, each.message, since(each.after))
        break
      }
      case 'put':
        written = fx.put(each.key, each.value)
        break
      case 'append':
        written = fx.append('log', each.record)
        break
      case 'truncate':
      case 'compact':
        written = fx[each.type]('log', each.index)
        break
      case 'set':
        fx.setTimer(each.timer, 10)
        break
      case 'cancel':
        fx.cancelTimer(each.timer)
        break
      case 'reply':
        if (asked !== 0) fx.reply(asked, each.result, since(each.after))
        break
      case 'fail':
        if (asked !== 0) fx.fail(asked, each.error)
        asked = 0
        break
      case 'keep':
        last = written ?? last
        break
      case 'note':
        fx.note('seen')
        break
      case 'clock':
        clock = fx.now()
    }
  }
  return { at, left, last, asked, clock }
}

/** No two nodes are in one place at the same time. */
const apart = (place: number): Invariant => ({
  name: `at most one node is in ${place}`,
  reads: ['at'],
  violated: (views) => {
    const there = views.filter((view) => view?.['at'] === place).length
    return there > 1 ? `${there} nodes are in ${place}` : undefined
  },
})

function randomOptions(random: Random): ComposeOptions {
  const nodes = random.pick([1, 2, 2, 3])
  const network = random.pick(['set', 'bag', 'fifo'] as const)
  const disk = random.pick(['at-once', 'slow'] as const)
  const loopback = disk === 'at-once' && random.chance(1, 2) ? 'at-once' : 'network'
  const maybe = (often: number): number => (random.chance(often, 4) ? 1 : 0)
  const crashes = maybe(3)
  const timers = random.pick([
    random.int(0, 2),
    { t: 1, 'n1 t': 2, 'n2 u': 1 },
    { t: Infinity, u: 1 },
  ])
  const place = random.int(0, PLACES - 1)
  return {
    nodes,
    network,
    disk,
    loopback,
    crashes,
    ...(random.chance(1, 2) ? { restarts: random.int(0, 1) } : {}),
    ...(random.chance(1, 4) ? { crashing: [nodes - 1] } : {}),
    ...(network === 'set' ? {} : { losses: maybe(1), duplicates: maybe(1) }),
    timers,
    ...(random.chance(1, 5) ? { silenceOf: (timer) => (timer === 'u' ? 'n1' : undefined) } : {}),
    torn: random.chance(1, 2),
    clock: random.int(0, 2),
    clients: Array.from({ length: random.int(0, 2) }, () => ({
      asks: Array.from({ length: random.int(1, 2) }, () =>
        random.chance(1, 2)
          ? { f: 'write', value: random.int(1, 2) }
          : { f: 'read', value: null, key: null },
      ),
      ...(random.chance(1, 2) ? { at: [random.int(0, nodes - 1)] } : {}),
    })),
    repeats: maybe(1),
    giveUps: maybe(1),
    invariants: random.chance(1, 2) && nodes > 1 ? [apart(place)] : [],
    monitors: random.chance(1, 2) ? [linearizableMonitor(register)] : [],
    ...(random.chance(1, 4) ? { within: ({ at }, node) => at !== place || node !== 'n1' } : {}),
  }
}
