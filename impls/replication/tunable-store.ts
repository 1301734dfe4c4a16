import type { Fx, NodeId, RequestId } from '../../src/node/index.ts'
import { program, protocol } from '../../src/node/index.ts'

/**
 * Registers of which every node keeps a copy, with the number of nodes that a write and a read wait
 * for as options. A write takes a stamp from the clock of the node that was asked and is told to
 * all; of two values the one with the later stamp stays. A read returns the latest that it was
 * told. Whatever a node missed it is told now and then by the others, so that all copies become
 * equal. With 1 and 1 a node answers from its own copy and waits for nobody: it serves whoever
 * reaches it, with what may be the past.
 */
export const tunableStore = protocol(
  'tunable-store',
  {
    about: 'Registers with copies everywhere: so many acknowledgements, so many answers, as wanted',
    source: 'DeCandia and others 2007, Dynamo: Amazon’s highly available key-value store',
    options: { reads: 2, writes: 2, retryMs: 100, gossipMs: 200 },
    mutants: {
      'own-value-stays': 'a node keeps what a client wrote at it, whatever others say',
      'no-gossip': 'what a node missed it is never told again',
    },
    tolerates: {
      crashes: 'minority',
      restarts: true,
      loss: true,
      duplication: true,
      reordering: true,
      partitions: true,
      pauses: true,
      diskFull: true,
    },
    usesClock: true,
  },
  ({ reads, writes, retryMs, gossipMs }, planted) => {
    const latestStays = !planted('own-value-stays')
    const gossips = !planted('no-gossip')

    function isEnough({ f, answered }: Call): boolean {
      return answered.length >= (f === 'write' ? writes : reads)
    }

    function ask(call: Call, fx: StoreFx): void {
      const { id, f, key, stored } = call
      for (const node of fx.others) {
        if (call.answered.includes(node)) continue
        fx.send(
          node,
          f === 'write' ? { type: 'store', id, key, stored } : { type: 'query', id, key },
        )
      }
      fx.setTimer(`retry ${id}`, retryMs)
    }

    /** Keeps the call, or ends it if enough nodes have answered. */
    function goOn(state: State, call: Call, fx: StoreFx): State {
      const { [call.id]: _before, ...calls } = state.calls
      if (!isEnough(call)) return { ...state, calls: { ...calls, [call.id]: call } }
      fx.cancelTimer(`retry ${call.id}`)
      fx.reply(call.request, call.f === 'read' ? call.stored.value : null, state.kept)
      return { ...state, calls }
    }

    /** What is kept of a register when a value comes. */
    function keep(state: State, key: string, stored: Stored, fx: StoreFx): State {
      const own = state.copies[key] ?? nothing
      if (!isLater(stored, own)) return state
      if (!latestStays && isOf(own, fx.self) && !isOf(stored, fx.self)) return state
      const copies = { ...state.copies, [key]: stored }
      return { ...state, copies, kept: fx.put('copies', copies) }
    }

    return program<State, Message, Timer>({
      boot(disk, fx) {
        const life = ((disk.get('life') as number | undefined) ?? 0) + 1
        const copies = (disk.get('copies') as Copies | undefined) ?? {}
        if (gossips) fx.setTimer('gossip', [gossipMs / 2, (3 * gossipMs) / 2])
        return { life, kept: fx.put('life', life), serial: 0, copies, calls: {} }
      },

      onRequest(state, { id: request, f, key: asked, value }, fx) {
        if (f !== 'read' && f !== 'write') {
          fx.fail(request, 'not-supported')
          return state
        }
        const key = JSON.stringify(asked ?? null)
        const serial = state.serial + 1
        const id = `${fx.self}.${state.life}.${serial}`
        const own = state.copies[key] ?? nothing
        // Later than what this node knows, also where two requests come in one moment.
        const stamp: Stamp = [Math.max(fx.now(), own.stamp[0] + 1), id]
        const stored = f === 'write' ? { stamp, value } : own
        const call: Call = { id, request, f, key, stored, answered: [fx.self] }
        const next = keep({ ...state, serial }, key, stored, fx)
        // Also a write that was acknowledged is told to all, at least once.
        if (f === 'write' || !isEnough(call)) ask(call, fx)
        return goOn(next, call, fx)
      },

      onMessage(state, from, message, fx) {
        switch (message.type) {
          case 'store': {
            const next = keep(state, message.key, message.stored, fx)
            fx.send(from, { type: 'answer', id: message.id, stored: message.stored }, next.kept)
            return next
          }

          case 'query': {
            const stored = state.copies[message.key] ?? nothing
            fx.send(from, { type: 'answer', id: message.id, stored }, state.kept)
            return state
          }

          case 'answer': {
            const call = state.calls[message.id]
            if (call === undefined || call.answered.includes(from)) return state
            const stored = isLater(message.stored, call.stored) ? message.stored : call.stored
            return goOn(state, { ...call, stored, answered: [...call.answered, from] }, fx)
          }

          case 'gossip':
            return Object.entries(message.copies).reduce(
              (known, [key, stored]) => keep(known, key, stored, fx),
              state,
            )
        }
      },

      onTimer(state, timer, fx) {
        if (timer === 'gossip') {
          for (const node of fx.others) {
            fx.send(node, { type: 'gossip', copies: state.copies }, state.kept)
          }
          fx.setTimer('gossip', [gossipMs / 2, (3 * gossipMs) / 2])
          return state
        }
        const call = state.calls[timer.slice('retry '.length)]
        if (call !== undefined) ask(call, fx)
        return state
      },

      view: ({ copies }) => ({ copies }),

      enough: (up) => up.length >= Math.max(reads, writes),
    })
  },
)

/** When it was written, and by which call of which node: no two writes have the same. */
type Stamp = readonly [ms: number, call: string]

interface Stored {
  readonly stamp: Stamp
  readonly value: unknown
}

/** By register. */
type Copies = Readonly<Record<string, Stored>>

interface Call {
  readonly id: string
  readonly request: RequestId
  readonly f: 'read' | 'write'
  readonly key: string
  /** What is being written, or the latest that was found. */
  readonly stored: Stored
  readonly answered: readonly NodeId[]
}

interface State {
  readonly life: number
  /** The last write to the disk: what is said must not be newer than what would survive. */
  readonly kept: number
  readonly serial: number
  readonly copies: Copies
  /** Those that are going on. */
  readonly calls: Readonly<Record<string, Call>>
}

type Message =
  | { readonly type: 'store'; readonly id: string; readonly key: string; readonly stored: Stored }
  | { readonly type: 'query'; readonly id: string; readonly key: string }
  | { readonly type: 'answer'; readonly id: string; readonly stored: Stored }
  | { readonly type: 'gossip'; readonly copies: Copies }

type Timer = 'gossip' | `retry ${string}`
type StoreFx = Fx<Message, Timer>

const nothing: Stored = { stamp: [0, ''], value: null }

function isLater({ stamp: [ms, call] }: Stored, { stamp: [otherMs, otherCall] }: Stored): boolean {
  return ms > otherMs || (ms === otherMs && call > otherCall)
}

/** Whether this node has given the stamp. */
function isOf({ stamp: [, call] }: Stored, node: NodeId): boolean {
  return call.startsWith(`${node}.`)
}
