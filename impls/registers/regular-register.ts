import type { Fx, NodeId, RequestId } from '../../src/node/index.ts'
import { program, protocol } from '../../src/node/index.ts'

/**
 * A register for one writer, the first node, and any number of readers. The writer numbers its
 * values and waits until a majority has stored one; a reader asks a majority and answers with the
 * newest value that it was told. Two majorities share a node, so a read that begins after a write
 * has ended is told of it. Two reads during a write may find the new value and then the old one
 * again: the register is regular, not atomic. With 5 nodes, 3 acknowledgements and 3 answers it
 * survives 2 crashes.
 */
export const regularRegister = protocol(
  'regular-register',
  {
    about: 'A regular register for one writer and many readers over majorities',
    source:
      'Lamport 1986, On interprocess communication II; Attiya, Bar-Noy, Dolev 1995, section 3',
    options: { retryMs: 100 },
    mutants: {
      'two-acknowledgements': 'a write ends when two nodes have stored it',
      'two-answers': 'a read ends when two nodes have answered',
      'first-answer': 'a reader takes the value that it was told first, not the newest one',
      'lives-not-counted': 'after a restart the writer numbers its values from the beginning again',
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
    clients: 'own',
  },
  ({ retryMs }, planted) => {
    const writesWaitForMajority = !planted('two-acknowledgements')
    const readsWaitForMajority = !planted('two-answers')
    const takesNewest = !planted('first-answer')
    const countsLives = !planted('lives-not-counted')

    function ask(state: State, call: Call, fx: RegisterFx): State {
      for (const node of fx.nodes) {
        if (!call.answered.includes(node)) fx.send(node, questionOf(call), state.known)
      }
      fx.setTimer(`retry ${call.id}`, retryMs)
      return { ...state, calls: { ...state.calls, [call.id]: call } }
    }

    function isEnough({ f, answered }: Call, fx: RegisterFx): boolean {
      const waits = f === 'write' ? writesWaitForMajority : readsWaitForMajority
      return waits ? 2 * answered.length > fx.nodes.length : answered.length >= 2
    }

    function finish(state: State, call: Call, fx: RegisterFx): State {
      fx.cancelTimer(`retry ${call.id}`)
      fx.reply(call.request, call.f === 'read' ? call.stored.value : null)
      const { [call.id]: _finished, ...calls } = state.calls
      return { ...state, calls }
    }

    return program<State, Message, Timer>({
      boot(disk, fx) {
        const before = (disk.get('life') as number | undefined) ?? 0
        const stored = (disk.get('stored') as Stored | undefined) ?? nothing
        const life = countsLives ? before + 1 : 1
        return { life, known: fx.put('life', life), serial: 0, stored, calls: {} }
      },

      onRequest(state, { id: request, f, value }, fx) {
        const known = f === 'read' || (f === 'write' && fx.self === fx.nodes[0])
        if (!known) {
          fx.fail(request, 'not-supported')
          return state
        }
        // Numbers of the writer and ids of calls alike: no two lives have the same.
        const number: Stamp = [state.life, state.serial + 1]
        const id = number.join('.')
        const stored = f === 'write' ? { number, value } : nothing
        const call: Call = { id, request, f, stored, answered: [] }
        return ask({ ...state, serial: state.serial + 1 }, call, fx)
      },

      onMessage(state, from, message, fx) {
        switch (message.type) {
          case 'read':
            fx.send(from, { type: 'answer', call: message.call, stored: state.stored })
            return state

          case 'write': {
            const reply: Message = { type: 'answer', call: message.call, stored: nothing }
            // An old write that comes late must not undo a newer one, but it is acknowledged.
            if (!isNewer(message.stored.number, state.stored.number)) {
              fx.send(from, reply, state.known)
              return state
            }
            const known = fx.put('stored', message.stored)
            fx.send(from, reply, known)
            return { ...state, stored: message.stored, known }
          }

          case 'answer': {
            const call = state.calls[message.call]
            if (call === undefined || call.answered.includes(from)) return state
            const better = takesNewest
              ? isNewer(message.stored.number, call.stored.number)
              : call.answered.length === 0 && call.f === 'read'
            const stored = better ? message.stored : call.stored
            const next = { ...call, stored, answered: [...call.answered, from] }
            if (isEnough(next, fx)) return finish(state, next, fx)
            return { ...state, calls: { ...state.calls, [call.id]: next } }
          }
        }
      },

      onTimer(state, timer, fx) {
        const call = state.calls[timer.slice('retry '.length)]
        return call === undefined ? state : ask(state, call, fx)
      },

      view: ({ stored }) => ({ number: stored.number, value: stored.value }),
    })
  },
)

/** Which life of the writer, and which call in it. */
type Stamp = readonly [life: number, serial: number]

interface Stored {
  readonly number: Stamp
  readonly value: unknown
}

interface Call {
  readonly id: string
  readonly request: RequestId
  readonly f: 'read' | 'write'
  /** What is being written, or the newest value that was found. */
  readonly stored: Stored
  readonly answered: readonly NodeId[]
}

interface State {
  /** How many times this node has started. */
  readonly life: number
  /** The last write to the disk: what is said must not be newer than what would survive. */
  readonly known: number
  readonly serial: number
  readonly stored: Stored
  readonly calls: Readonly<Record<string, Call>>
}

type Message =
  | { readonly type: 'read'; readonly call: string }
  | { readonly type: 'write'; readonly call: string; readonly stored: Stored }
  | { readonly type: 'answer'; readonly call: string; readonly stored: Stored }

type Timer = `retry ${string}`
type RegisterFx = Fx<Message, Timer>

const nothing: Stored = { number: [0, 0], value: null }

function questionOf({ f, id, stored }: Call): Message {
  return f === 'read' ? { type: 'read', call: id } : { type: 'write', call: id, stored }
}

function isNewer([life, serial]: Stamp, [otherLife, otherSerial]: Stamp): boolean {
  return life > otherLife || (life === otherLife && serial > otherSerial)
}
