import type { Alive, TimelyTimer } from '../crash-stop/timely.ts'
import { timely } from '../crash-stop/timely.ts'
import type { Outgoing } from '../crash-stop/one-by-one.ts'
import { sendOne } from '../crash-stop/one-by-one.ts'
import type { Fx, NodeId, RequestId } from '../../src/node/index.ts'
import { program, protocol } from '../../src/node/index.ts'

/**
 * Primary copy: the first node that has not crashed is the primary and does one operation after
 * another. A write is acknowledged when every backup that lives has it; so whoever takes over has
 * it too, and the last node that is left still has it. What a primary was forwarding when it
 * crashed may have reached some of the backups: the next primary makes its own value that of all
 * before it serves anybody.
 *
 * Who has crashed must be known for certain. Two nodes that each take the other for dead are both
 * primary.
 */
export const primaryCopy = protocol(
  'primary-copy',
  {
    about: 'A register at a primary, with backups that have every acknowledged write',
    source:
      'Alsberg, Day 1976, A principle for resilient sharing of distributed resources; ' +
      'Budhiraja, Marzullo, Schneider, Toueg 1993, The primary-backup approach',
    options: {
      /** Who answers reads: the `primary`, or `any` node with what it has. */
      reads: 'primary',
      beatMs: 50,
      suspectMs: 500,
      /** Between two messages of one node that tell the same to several. */
      spreadMs: 20,
    },
    mutants: {
      'acknowledges-first': 'the primary acknowledges a write before the backups have it',
      'reads-what-is-under-way': 'the primary answers reads with a write that not all have yet',
      'one-backup-is-enough': 'a write is acknowledged as soon as one backup has it',
      'takeover-not-counted': 'a new primary numbers its writes from the beginning again',
    },
    tolerates: { crashes: 'any', duplication: true },
  },
  ({ reads, beatMs, suspectMs, spreadMs }, planted) => {
    const acknowledgesLast = !planted('acknowledges-first')
    const readsWait = !planted('reads-what-is-under-way')
    const waitsForAll = !planted('one-backup-is-enough')
    const countsTakeovers = !planted('takeover-not-counted')
    const detector = timely({ beatMs, suspectMs })

    function primaryOf({ crashed }: State, fx: CopyFx): NodeId {
      return fx.nodes.find((node) => !crashed.includes(node)) ?? fx.self
    }

    /** Makes a value that of all nodes. */
    function forward(state: State, stored: Stored, request: RequestId | null, fx: CopyFx): State {
      const message: Message = { type: 'forward', stored }
      const backups = fx.others.filter((node) => !state.crashed.includes(node))
      if (state.outgoing.length === 0) fx.setTimer('send', [0, spreadMs])
      const outgoing = [...state.outgoing, ...backups.map((to) => ({ to, message }))]
      return complete({ ...state, stored, outgoing, current: { stored, request, has: [] } }, fx)
    }

    /** Ends what is going on if all backups have it, and begins what comes next. */
    function complete(state: State, fx: CopyFx): State {
      const { current } = state
      if (current === null) return next(state, fx)
      const backups = fx.others.filter((node) => !state.crashed.includes(node))
      const missing = backups.filter((node) => !current.has.includes(node))
      const done = waitsForAll
        ? missing.length === 0
        : missing.length < backups.length || backups.length === 0
      if (!done) return state
      if (current.request !== null) fx.reply(current.request, null)
      return next({ ...state, current: null }, fx)
    }

    function next(state: State, fx: CopyFx): State {
      const [first, ...queue] = state.queue
      if (first === undefined) return state
      if (first.f === 'read') {
        fx.reply(first.request, state.stored.value)
        return next({ ...state, queue }, fx)
      }
      const [primary, number] = state.stored.version
      const stored: Stored = { version: [primary, number + 1], value: first.value }
      if (acknowledgesLast) return forward({ ...state, queue }, stored, first.request, fx)
      fx.reply(first.request, null)
      return forward({ ...state, queue }, stored, null, fx)
    }

    function suspect(state: State, node: NodeId, fx: CopyFx): State {
      const before = primaryOf(state, fx)
      const now = { ...state, crashed: [...state.crashed, node] }
      if (primaryOf(now, fx) !== fx.self) return now
      if (before === fx.self) return complete(now, fx)
      fx.note('takes over')
      // Later primaries come later in the list, so their versions are greater.
      const rank = countsTakeovers ? fx.nodes.indexOf(fx.self) : 0
      const stored: Stored = { ...state.stored, version: [rank, 0] }
      return forward(now, stored, null, fx)
    }

    return program<State, Message, Timer>({
      boot(_disk, fx) {
        detector.start(fx)
        return { crashed: [], stored: nothing, outgoing: [], queue: [], current: null }
      },

      onRequest(state, { id: request, f, value }, fx) {
        if (f !== 'read' && f !== 'write') {
          fx.fail(request, 'not-supported')
          return state
        }
        if (f === 'read' && reads === 'any') {
          fx.reply(request, state.stored.value)
          return state
        }
        const primary = primaryOf(state, fx)
        if (primary !== fx.self) {
          fx.fail(request, 'temporarily-unavailable', primary)
          return state
        }
        if (f === 'read' && !readsWait) {
          fx.reply(request, state.stored.value)
          return state
        }
        return complete({ ...state, queue: [...state.queue, { request, f, value }] }, fx)
      },

      onMessage(state, from, message, fx) {
        // Who is taken for dead is not listened to any more.
        if (state.crashed.includes(from)) return state
        switch (message.type) {
          case 'alive':
            detector.heard(from, fx)
            return state

          case 'forward': {
            const { stored } = message
            fx.send(from, { type: 'has', version: stored.version })
            return isNewer(stored.version, state.stored.version) ? { ...state, stored } : state
          }

          case 'has': {
            const { current } = state
            if (current === null || !isSame(message.version, current.stored.version)) return state
            if (current.has.includes(from)) return state
            return complete({ ...state, current: { ...current, has: [...current.has, from] } }, fx)
          }
        }
      },

      onTimer(state, timer, fx) {
        if (timer === 'send') {
          return { ...state, outgoing: sendOne(state.outgoing, spreadMs, fx) }
        }
        const node = detector.silent(timer, fx)
        return node === undefined ? state : suspect(state, node, fx)
      },

      view: ({ stored, crashed }) => ({ version: stored.version, value: stored.value, crashed }),

      enough: (up) => up.length > 0,
    })
  },
)

/** Which primary, by its place in the list of nodes, and which of its writes. */
type Version = readonly [primary: number, number: number]

interface Stored {
  readonly version: Version
  readonly value: unknown
}

interface Waiting {
  readonly request: RequestId
  readonly f: 'read' | 'write'
  readonly value: unknown
}

interface State {
  /** Whom this node takes for dead. */
  readonly crashed: readonly NodeId[]
  readonly stored: Stored
  readonly outgoing: Outgoing<Message>
  /** At the primary: what it has not begun yet. */
  readonly queue: readonly Waiting[]
  /** At the primary: what it is forwarding, for whom if for anybody, and who has it. */
  readonly current: {
    readonly stored: Stored
    readonly request: RequestId | null
    readonly has: readonly NodeId[]
  } | null
}

type Message =
  | Alive
  | { readonly type: 'forward'; readonly stored: Stored }
  | { readonly type: 'has'; readonly version: Version }

type Timer = TimelyTimer | 'send'
type CopyFx = Fx<Message, Timer>

const nothing: Stored = { version: [0, 0], value: null }

function isNewer([primary, number]: Version, [otherPrimary, otherNumber]: Version): boolean {
  return primary > otherPrimary || (primary === otherPrimary && number > otherNumber)
}

function isSame([primary, number]: Version, [otherPrimary, otherNumber]: Version): boolean {
  return primary === otherPrimary && number === otherNumber
}
