import type { Fx, NodeId, RequestId } from '../../src/node/index.ts'
import { program, protocol } from '../../src/node/index.ts'

/**
 * A register that stays atomic while fewer than half of the nodes are down. Every value has a tag,
 * and any two majorities share a node, so a majority always knows the newest tag that anybody was
 * told of. A writer asks for it and stores its value under a greater one. A reader stores what it
 * is about to answer, so that nobody who reads later can find something older.
 */
export const abd = protocol(
  'abd',
  {
    about: 'An atomic register for many writers and readers over majorities',
    source: 'Attiya, Bar-Noy, Dolev 1995, Sharing memory robustly in message-passing systems',
    options: { retryMs: 100 },
    mutants: {
      'read-without-write-back': 'a read answers without storing what it found',
      'write-without-query': 'a writer takes the tag after the newest one it knows itself',
      'stored-before-durable': 'a node says that it has stored before the value is on its disk',
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
  },
  ({ retryMs }, planted) => {
    const writeBack = !planted('read-without-write-back')
    const writersQuery = !planted('write-without-query')
    const storedWhenDurable = !planted('stored-before-durable')

    /** Asks everybody, and again after a while those that have not answered. */
    function ask(state: State, call: Call, fx: AbdFx): State {
      const message = questionOf(call)
      for (const node of fx.nodes) {
        if (!call.answered.includes(node)) fx.send(node, message, state.known)
      }
      fx.setTimer(`retry ${call.id}`, retryMs)
      return { ...state, calls: { ...state.calls, [call.id]: call } }
    }

    function store(state: State, call: Call, stored: Stored, fx: AbdFx): State {
      return ask(state, { ...call, phase: 'store', stored, answered: [] }, fx)
    }

    function finish(state: State, call: Call, fx: AbdFx): State {
      fx.cancelTimer(`retry ${call.id}`)
      fx.reply(call.request, call.f === 'read' ? call.stored.value : null)
      const { [call.id]: _finished, ...calls } = state.calls
      return { ...state, calls }
    }

    /** A majority has answered: a query becomes a store, a store is the end. */
    function answered(state: State, call: Call, fx: AbdFx): State {
      if (call.phase === 'store') return finish(state, call, fx)
      if (call.f === 'write') {
        const tag: Tag = [call.stored.tag[0] + 1, writerOf(call, fx)]
        return store(state, call, { tag, value: call.value }, fx)
      }
      return writeBack ? store(state, call, call.stored, fx) : finish(state, call, fx)
    }

    return program<State, Message, Timer>({
      boot(disk, fx) {
        const before = (disk.get('life') as number | undefined) ?? 0
        const stored = (disk.get('stored') as Stored | undefined) ?? nothing
        const life = before + 1
        // Answers to calls of a former life must not count for those of this one.
        return { life, known: fx.put('life', life), serial: 0, stored, calls: {} }
      },

      onRequest(state, { id: request, f, value }, fx) {
        if (f !== 'read' && f !== 'write') {
          fx.fail(request, 'not-supported')
          return state
        }
        const serial = state.serial + 1
        const id = `${state.life}.${serial}`
        const call: Call = { id, request, f, value, phase: 'query', stored: nothing, answered: [] }
        const next = { ...state, serial }
        if (f === 'write' && !writersQuery) {
          const tag: Tag = [state.stored.tag[0] + 1, writerOf(call, fx)]
          return store(next, call, { tag, value }, fx)
        }
        return ask(next, call, fx)
      },

      onMessage(state, from, message, fx) {
        switch (message.type) {
          case 'query':
            fx.send(from, { type: 'queried', call: message.call, stored: state.stored })
            return state

          case 'store': {
            const reply: Message = { type: 'stored', call: message.call }
            if (!isNewer(message.stored.tag, state.stored.tag)) {
              fx.send(from, reply, state.known)
              return state
            }
            const ticket = fx.put('stored', message.stored)
            fx.send(from, reply, storedWhenDurable ? ticket : undefined)
            return { ...state, stored: message.stored, known: ticket }
          }

          case 'queried':
          case 'stored': {
            const call = state.calls[message.call]
            const phase = message.type === 'queried' ? 'query' : 'store'
            if (call?.phase !== phase || call.answered.includes(from)) return state
            const stored =
              message.type === 'queried' && isNewer(message.stored.tag, call.stored.tag)
                ? message.stored
                : call.stored
            const next = { ...call, stored, answered: [...call.answered, from] }
            if (2 * next.answered.length > fx.nodes.length) return answered(state, next, fx)
            return { ...state, calls: { ...state.calls, [call.id]: next } }
          }
        }
      },

      onTimer(state, timer, fx) {
        const call = state.calls[timer.slice('retry '.length)]
        return call === undefined ? state : ask(state, call, fx)
      },

      view: ({ stored }) => ({ tag: stored.tag, value: stored.value }),
    })
  },
)

/** A number, and which call of which node took it: no two writes have the same. */
type Tag = readonly [number, writer: string]

interface Stored {
  readonly tag: Tag
  readonly value: unknown
}

interface Call {
  readonly id: string
  readonly request: RequestId
  readonly f: 'read' | 'write'
  readonly value: unknown
  readonly phase: 'query' | 'store'
  /** The newest that was found, or what is being stored. */
  readonly stored: Stored
  readonly answered: readonly NodeId[]
}

interface State {
  /** How many times this node has started. */
  readonly life: number
  /** The last write to the disk: what is said must not be newer than what would survive. */
  readonly known: number
  /** How many calls were made in this life. */
  readonly serial: number
  readonly stored: Stored
  /** Those that are going on. */
  readonly calls: Readonly<Record<string, Call>>
}

type Message =
  | { readonly type: 'query'; readonly call: string }
  | { readonly type: 'queried'; readonly call: string; readonly stored: Stored }
  | { readonly type: 'store'; readonly call: string; readonly stored: Stored }
  | { readonly type: 'stored'; readonly call: string }

type Timer = `retry ${string}`
type AbdFx = Fx<Message, Timer>

const nothing: Stored = { tag: [0, ''], value: null }

function questionOf({ phase, id, stored }: Call): Message {
  return phase === 'query' ? { type: 'query', call: id } : { type: 'store', call: id, stored }
}

/** A node may have several calls, and after a restart must not take a tag that it took before. */
function writerOf(call: Call, fx: AbdFx): string {
  return `${fx.self}.${call.id}`
}

function isNewer([number, writer]: Tag, [otherNumber, otherWriter]: Tag): boolean {
  return number > otherNumber || (number === otherNumber && writer > otherWriter)
}
