import type { Fx, Workload } from '../../src/node/index.ts'
import { program, protocol } from '../../src/node/index.ts'

/**
 * A protocol that means nothing and does everything that a node can do: timers with and without
 * ranges, set again and cancelled; picks, clocks, all kinds of writes, what waits for them,
 * answers, refusals with and without a hint. Its state remembers what happened, so that nothing is
 * missed.
 */
export const chatter = protocol(
  'chatter',
  {
    about: 'Does everything that a node can do',
    options: {},
    tolerates: {
      crashes: 'minority',
      restarts: true,
      loss: true,
      duplication: true,
      reordering: true,
      partitions: true,
      pauses: true,
      corruption: true,
      diskFull: true,
      clockSkew: 20,
      clockJumps: true,
    },
    usesClock: true,
    sessions: true,
  },
  () =>
    program<State, Message, Timer>({
      boot(disk, fx) {
        const life = ((disk.get('life') as number | undefined) ?? 0) + 1
        const { first, records } = disk.log('values')
        const known = fx.put('life', life)
        fx.setTimer('tick', [20, 80])
        fx.setTimer('beat', 30)
        const found = `${first}+${records.length} ${disk.damaged.join(' ')} ${String(disk.fresh)}`
        return { life, known, found, first, next: first + records.length, seen: [] }
      },

      onRequest(state, { id, client, serial, f, value }, fx) {
        const seen = remember(state, `${client} asks ${f} ${serial}`)
        switch (fx.pick([0, 1, 2, 3, 4, 5])) {
          case 0:
            fx.fail(id, 'temporarily-unavailable', fx.pick(fx.nodes))
            return seen
          case 1:
            fx.fail(id, 'temporarily-unavailable')
            return seen
          case 2:
            fx.fail(id, fx.pick(['timeout', 'precondition-failed', 'node-not-found']))
            return seen
          case 3:
            return seen
        }
        if (f === 'read') {
          fx.reply(id, [state.next, fx.now()])
          return seen
        }
        const known = fx.append('values', value)
        for (const node of fx.others) fx.send(node, { type: 'new', value }, known)
        fx.reply(id, state.next, known)
        return { ...seen, known, next: state.next + 1 }
      },

      onMessage(state, from, message, fx) {
        const seen = remember(state, `${from} ${message.type}`)
        if (message.type === 'got') {
          if (fx.pick([true, false, false])) fx.cancelTimer('beat')
          return seen
        }
        if (message.type === 'hello') {
          fx.note('hello', from)
          fx.setTimer('tick', [5, 60])
          return seen
        }
        return stored(seen, from, message.value, fx)
      },

      onTimer(state, timer, fx) {
        const seen = remember(state, `${timer} ${fx.now()}`)
        if (timer === 'tick') {
          fx.send(fx.pick(fx.nodes), { type: 'hello' }, state.known)
          fx.setTimer('tick', [20, 80])
          fx.setTimer('beat', fx.pick([0, 30]))
        } else {
          fx.send(fx.pick(fx.nodes), { type: 'hello' })
        }
        return seen
      },

      onDurable: (state, ticket) => remember(state, `durable ${ticket}`),

      view: ({ life, found, next, seen }) => ({ life, found, next, last: seen.at(-1) ?? '' }),
    }),
)

function stored(state: State, from: string, value: unknown, fx: ChatterFx): State {
  const known = fx.append('values', value)
  fx.send(from, { type: 'got' }, known)
  let { first, next } = state
  next++
  if (next - first > 4) {
    first += 2
    fx.compact('values', first)
  } else if (fx.pick([true, false, false, false])) {
    next = Math.max(first, next - 2)
    fx.truncate('values', next)
  }
  return { ...state, known, first, next }
}

function remember(state: State, what: string): State {
  return { ...state, seen: [...state.seen.slice(-3), what] }
}

interface State {
  readonly life: number
  readonly known: number
  readonly found: string
  readonly first: number
  readonly next: number
  readonly seen: readonly string[]
}

type Message =
  | { readonly type: 'new'; readonly value: unknown }
  | { readonly type: 'got' }
  | { readonly type: 'hello' }

type Timer = 'tick' | 'beat'
type ChatterFx = Fx<Message, Timer>

/** Reads and writes of values that are never written twice; the final reads go on until refused. */
export const chatterWorkload: Workload = {
  name: 'chatter',
  about: 'reads and writes',
  condition: 'none',
  client({ client, random }) {
    let written = 0
    return {
      next: () =>
        random.chance(1, 2)
          ? { f: 'read', value: null }
          : { f: 'write', key: 'x', value: client * 1000 + ++written },
      last: () => ({ f: 'read', value: null }),
      drains: client % 2 === 1,
    }
  },
}
