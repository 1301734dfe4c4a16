import type { Fx, Program } from '../../src/node/index.ts'
import { protocol } from '../../src/node/index.ts'
import { consensusOverStore } from '../compose/consensus-over-store.ts'
import { instances } from '../compose/instances.ts'
import { nestedDisk, nestedFx, timerOf } from '../compose/nested.ts'
import type { Answer, Wrapped } from '../compose/nested.ts'
import { paxos } from '../paxos/paxos.ts'
import { raft } from '../raft/raft.ts'

/**
 * Every process delivers the same messages in the same order. Messages are first spread without any
 * order; whoever has some that are not delivered proposes them as a set in the next instance of
 * consensus. The set that is decided is delivered in an order that all can compute, and the next
 * instance follows. Agreement and total order are those of consensus, instance by instance;
 * validity holds as a message that everybody has is proposed by everybody.
 *
 * As it was stated: processes that crash stay down, and links between others lose nothing.
 */
export const totalOrderBroadcast = protocol(
  'total-order-broadcast',
  {
    about: 'Total-order broadcast out of consensus',
    source: 'Chandra, Toueg 1996, Unreliable failure detectors, section 7.2',
    options: {
      /** What decides: `paxos`, or the key-value store of `raft`. */
      over: 'paxos',
    },
    mutants: {
      'own-order': 'a decided set is delivered in the order in which the process got its messages',
      'delivered-again':
        'a copy that comes after its message was delivered is taken for a new message',
      'does-not-wait': 'the next instance begins before the one before is decided',
      'acknowledged-at-once': 'a broadcast is acknowledged before its message is delivered',
    },
    tolerates: { crashes: 'minority', reordering: true, duplication: true, pauses: true },
    clients: 'own',
  },
  ({ over }, planted) => {
    const sameOrder = !planted('own-order')
    const copiesKnown = !planted('delivered-again')
    const waitsForDecision = !planted('does-not-wait')
    const acknowledgedWhenDelivered = !planted('acknowledged-at-once')
    const consensus = consensusNamed(over)

    /** What is not delivered yet goes to the next instance, once. */
    function propose(state: State, fx: BroadcastFx): State {
      if ((state.proposed && waitsForDecision) || state.pending.length === 0) return state
      const instance = state.proposed ? state.instance + 1 : state.instance
      const request = {
        id: `instance ${instance}`,
        client: fx.self,
        serial: instance,
        f: 'propose',
        key: instance,
        value: state.pending,
      }
      const next = { ...state, proposed: true }
      return run(next, (inner) => consensus.onRequest(next.consensus, request, inner), fx)
    }

    /** Lets the consensus run, and delivers what it decides. */
    function run(state: State, step: (inner: Fx) => unknown, fx: BroadcastFx): State {
      const answers: Answer[] = []
      const inner = nestedFx(fx, 'consensus', (answer) => answers.push(answer))
      let next: State = { ...state, consensus: step(inner) }
      for (const answer of answers) {
        if ('result' in answer && answer.request === `instance ${next.instance}`) {
          next = deliver(next, answer.result as readonly Message[], fx)
        }
      }
      return next
    }

    function deliver(state: State, decided: readonly Message[], fx: BroadcastFx): State {
      const ordered = sameOrder ? decided.toSorted(byId) : byArrival(decided, state.pending)
      let { waiting } = state
      for (const { id } of ordered) {
        const request = waiting[id]
        if (request === undefined) continue
        fx.reply(request, null)
        const { [id]: _acknowledged, ...rest } = waiting
        waiting = rest
      }
      const delivered = [...state.delivered, ...ordered]
      const done = new Set(delivered.map(({ id }) => id))
      const pending = state.pending.filter(({ id }) => !done.has(id))
      const instance = state.instance + 1
      const next = { ...state, delivered, pending, waiting, instance, proposed: false }
      return propose(next, fx)
    }

    /** A message that is new here is passed on, so that it is known everywhere or nowhere. */
    function spread(state: State, message: Message, fx: BroadcastFx): State {
      const known = ({ id }: Message) => id === message.id
      if (state.pending.some(known)) return state
      if (copiesKnown && state.delivered.some(known)) return state
      for (const node of fx.others) fx.send(node, { part: 'spread', message })
      return propose({ ...state, pending: [...state.pending, message] }, fx)
    }

    return {
      ...(consensus.enough === undefined ? {} : { enough: consensus.enough }),

      boot: (disk, fx): State => ({
        consensus: consensus.boot(nestedDisk(disk, 'consensus'), nestedFx(fx, 'consensus')),
        instance: 1,
        proposed: false,
        pending: [],
        delivered: [],
        taken: 0,
        waiting: {},
      }),

      onRequest(state: State, { id, client, serial, f, value }, fx: BroadcastFx) {
        if (f === 'broadcast') {
          const message = { id: `${fx.self} ${client} ${serial}`, value }
          if (acknowledgedWhenDelivered) {
            const waiting = { ...state.waiting, [message.id]: id }
            return spread({ ...state, waiting }, message, fx)
          }
          fx.reply(id, null)
          return spread(state, message, fx)
        }
        const message = state.delivered[state.taken]
        if (f !== 'deliver' || message === undefined) {
          fx.fail(id, f === 'deliver' ? 'temporarily-unavailable' : 'not-supported')
          return state
        }
        fx.reply(id, message.value)
        return { ...state, taken: state.taken + 1 }
      },

      onMessage(state: State, from, { part, message }: Wrapped, fx: BroadcastFx) {
        if (part === 'spread') return spread(state, message as Message, fx)
        const wrapped = message as Wrapped
        return run(state, (inner) => consensus.onMessage(state.consensus, from, wrapped, inner), fx)
      },

      onTimer(state: State, timer: string, fx: BroadcastFx) {
        const [, inner] = timerOf(timer)
        return run(
          state,
          (its) => consensus.onTimer?.(state.consensus, inner, its) ?? state.consensus,
          fx,
        )
      },

      onDurable: (state: State, ticket: number, fx: BroadcastFx) =>
        run(
          state,
          (its) => consensus.onDurable?.(state.consensus, ticket, its) ?? state.consensus,
          fx,
        ),

      view: ({ delivered, instance }: State) => ({
        delivered: delivered.map(({ value }) => value),
        instance,
      }),
    } satisfies Program<State, Wrapped>
  },
)

interface Message {
  readonly id: string
  readonly value: unknown
}

interface State {
  readonly consensus: unknown
  /** The instance that is not decided yet. */
  readonly instance: number
  readonly proposed: boolean
  /** Known and not delivered, in the order of arrival. */
  readonly pending: readonly Message[]
  readonly delivered: readonly Message[]
  /** How many the client has taken. */
  readonly taken: number
  /** Which request waits for which message. */
  readonly waiting: Readonly<Record<string, string | number>>
}

type BroadcastFx = Fx<Wrapped>

function consensusNamed(over: string): Program {
  if (over === 'paxos') return instances(paxos.make())
  if (over === 'raft') return consensusOverStore(raft.make())
  throw new RangeError(`there is broadcast over 'paxos' and over 'raft', not over '${over}'`)
}

function byId({ id: one }: Message, { id: other }: Message): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function byArrival(decided: readonly Message[], pending: readonly Message[]): readonly Message[] {
  const ids = pending.map(({ id }) => id)
  return decided.toSorted((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id))
}
