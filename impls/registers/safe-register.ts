import type { Fx, NodeId, RequestId } from '../../src/node/index.ts'
import { program, protocol } from '../../src/node/index.ts'

/**
 * A register that holds numbers in two parts, as Lamport builds registers of many values from
 * registers of few (1986, construction 1): the higher digits are stored at a majority, then the
 * last digit. A reader asks a majority and takes the newest of each part. A read that overlaps
 * no write finds both parts of the last one. A read that overlaps a write may put together parts
 * of two values, which was never written: the register is safe, not regular.
 */
export const safeRegister = protocol(
  'safe-register',
  {
    about: 'A safe register of whole numbers for one writer, in two parts over majorities',
    source: 'Lamport 1986, On interprocess communication II, construction 1',
    options: {
      /** The last digit is the rest of a division by this. */
      base: 2,
      retryMs: 100,
    },
    mutants: {
      'half-a-write': 'a write ends when the higher digits are stored',
      'two-acknowledgements': 'a write ends when two nodes have stored both parts',
      'two-answers': 'a read ends when two nodes have answered',
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
  ({ base, retryMs }, planted) => {
    const storesBothParts = !planted('half-a-write')
    const writesWaitForMajority = !planted('two-acknowledgements')
    const readsWaitForMajority = !planted('two-answers')
    const countsLives = !planted('lives-not-counted')

    function ask(state: State, call: Call, fx: RegisterFx): State {
      for (const node of fx.nodes) {
        if (!call.answered.includes(node)) fx.send(node, questionOf(call), state.known)
      }
      fx.setTimer(`retry ${call.id}`, retryMs)
      return { ...state, calls: { ...state.calls, [call.id]: call } }
    }

    function isEnough({ phase, answered }: Call, fx: RegisterFx): boolean {
      const waits = phase === 'read' ? readsWaitForMajority : writesWaitForMajority
      return waits ? 2 * answered.length > fx.nodes.length : answered.length >= 2
    }

    function finish(state: State, call: Call, fx: RegisterFx): State {
      fx.cancelTimer(`retry ${call.id}`)
      fx.reply(call.request, call.phase === 'read' ? together(call.parts) : null)
      const { [call.id]: _finished, ...calls } = state.calls
      return { ...state, calls }
    }

    function apart(number: Stamp, value: number): Parts {
      const rest = value % base
      return { high: { number, digits: (value - rest) / base }, low: { number, digits: rest } }
    }

    function together({ high, low }: Parts): number | null {
      if (high.digits === null && low.digits === null) return null
      return (high.digits ?? 0) * base + (low.digits ?? 0)
    }

    return program<State, Message, Timer>({
      boot(disk, fx) {
        const before = (disk.get('life') as number | undefined) ?? 0
        const life = countsLives ? before + 1 : 1
        const parts: Parts = {
          high: (disk.get('high') as Part | undefined) ?? nothing,
          low: (disk.get('low') as Part | undefined) ?? nothing,
        }
        return { life, known: fx.put('life', life), serial: 0, parts, calls: {} }
      },

      onRequest(state, { id: request, f, value }, fx) {
        const writes = f === 'write' && fx.self === fx.nodes[0]
        if (f !== 'read' && !writes) {
          fx.fail(request, 'not-supported')
          return state
        }
        if (writes && !(typeof value === 'number' && Number.isSafeInteger(value) && value >= 0)) {
          fx.fail(request, 'malformed-request')
          return state
        }
        const number: Stamp = [state.life, state.serial + 1]
        const parts = writes ? apart(number, value as number) : neither
        const phase = writes ? 'high' : 'read'
        const call: Call = { id: number.join('.'), request, phase, parts, answered: [] }
        return ask({ ...state, serial: state.serial + 1 }, call, fx)
      },

      onMessage(state, from, message, fx) {
        switch (message.type) {
          case 'read':
            fx.send(from, { type: 'answer', call: message.call, phase: 'read', parts: state.parts })
            return state

          case 'write': {
            const { call, phase, part } = message
            const reply: Message = { type: 'answer', call, phase, parts: neither }
            if (!isNewer(part.number, state.parts[phase].number)) {
              fx.send(from, reply, state.known)
              return state
            }
            const known = fx.put(phase, part)
            fx.send(from, reply, known)
            return { ...state, parts: { ...state.parts, [phase]: part }, known }
          }

          case 'answer': {
            const call = state.calls[message.call]
            if (call?.phase !== message.phase || call.answered.includes(from)) return state
            const parts: Parts = {
              high: newer(call.parts.high, message.parts.high),
              low: newer(call.parts.low, message.parts.low),
            }
            const next = { ...call, parts, answered: [...call.answered, from] }
            if (!isEnough(next, fx)) {
              return { ...state, calls: { ...state.calls, [call.id]: next } }
            }
            if (call.phase === 'high' && storesBothParts) {
              return ask(state, { ...next, phase: 'low', answered: [] }, fx)
            }
            return finish(state, next, fx)
          }
        }
      },

      onTimer(state, timer, fx) {
        const call = state.calls[timer.slice('retry '.length)]
        return call === undefined ? state : ask(state, call, fx)
      },

      view: ({ parts: { high, low } }) => ({ high: high.digits, low: low.digits }),
    })
  },
)

/** Which life of the writer, and which call in it. */
type Stamp = readonly [life: number, serial: number]

interface Part {
  readonly number: Stamp
  readonly digits: number | null
}

interface Parts {
  readonly high: Part
  readonly low: Part
}

interface Call {
  readonly id: string
  readonly request: RequestId
  /** A write stores the higher digits, then the last one. */
  readonly phase: 'read' | 'high' | 'low'
  /** What is being written, or the newest of each part that was found. */
  readonly parts: Parts
  readonly answered: readonly NodeId[]
}

interface State {
  /** How many times this node has started. */
  readonly life: number
  /** The last write to the disk: what is said must not be newer than what would survive. */
  readonly known: number
  readonly serial: number
  readonly parts: Parts
  readonly calls: Readonly<Record<string, Call>>
}

type Message =
  | { readonly type: 'read'; readonly call: string }
  | {
      readonly type: 'write'
      readonly call: string
      readonly phase: 'high' | 'low'
      readonly part: Part
    }
  | {
      readonly type: 'answer'
      readonly call: string
      readonly phase: Call['phase']
      readonly parts: Parts
    }

type Timer = `retry ${string}`
type RegisterFx = Fx<Message, Timer>

const nothing: Part = { number: [0, 0], digits: null }
const neither: Parts = { high: nothing, low: nothing }

function questionOf({ phase, id, parts }: Call): Message {
  return phase === 'read'
    ? { type: 'read', call: id }
    : { type: 'write', call: id, phase, part: parts[phase] }
}

function newer(one: Part, other: Part): Part {
  return isNewer(other.number, one.number) ? other : one
}

function isNewer([life, serial]: Stamp, [otherLife, otherSerial]: Stamp): boolean {
  return life > otherLife || (life === otherLife && serial > otherSerial)
}
