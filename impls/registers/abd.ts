import type { Fx, NodeId, RequestId } from '../../src/node/index.ts'
import { program, protocol } from '../../src/node/index.ts'
import { quorumsOf } from './quorums.ts'

/**
 * A register that stays atomic while a quorum of the nodes is up. Every value has a tag. Each read
 * quorum meets each write quorum, so whoever asks a read quorum hears of the newest tag that was
 * stored at a write quorum. A writer asks, and stores its value under a greater tag; where there
 * is only one writer it knows the greatest tag and need not ask. A reader stores what it is about
 * to answer, so that nobody who reads later can find something older.
 *
 * The paper has majorities and one writer (section 3). Lynch and Shvartsman (1997, Robust emulation
 * of shared memory using dynamic quorum-acknowledged broadcasts) have many writers and quorums.
 */
export const abd = protocol(
  'abd',
  {
    about: 'An atomic register for many writers and readers over quorums',
    source: 'Attiya, Bar-Noy, Dolev 1995, Sharing memory robustly in message-passing systems',
    options: {
      /** Which nodes are enough: `majority`, or as in `synod quorum`: `grid(rows=3,cols=3)`. */
      quorums: 'majority',
      /** `one`: the first node takes all writes, and needs no query for them. */
      writers: 'many',
      /** Who is asked: `all` nodes, or a `quorum`, each as likely, and after a while another. */
      contact: 'all',
      retryMs: 100,
    },
    mutants: {
      'read-without-write-back': 'a read answers without storing what it found',
      'write-without-query': 'a writer takes the tag after the newest one it knows itself',
      'stored-before-durable': 'a node says that it has stored before the value is on its disk',
      'quorums-do-not-meet': 'the first answer to a query is enough',
      'tag-from-clock': 'the last writer wins: a tag is what the clock of its writer shows',
      'tag-without-writer': 'two writers can take the same tag',
      'older-replaces-newer': 'a node stores whatever comes last, even if its tag is older',
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
  ({ quorums, writers, contact, retryMs }, planted) => {
    const writeBack = !planted('read-without-write-back')
    const writersQuery = !planted('write-without-query')
    const storedWhenDurable = !planted('stored-before-durable')
    const quorumsMeet = !planted('quorums-do-not-meet')
    const tagsAreCounted = !planted('tag-from-clock')
    const tagNamesWriter = !planted('tag-without-writer')
    const newestStays = !planted('older-replaces-newer')
    const { reads, writes, check } = quorumsOf(quorums)

    /** Asks, and again after a while if not enough have answered. */
    function ask(state: State, call: Call, fx: AbdFx): State {
      const message = questionOf(call)
      for (const node of asked(call, fx)) {
        if (!call.answered.includes(node)) fx.send(node, message, state.known)
      }
      fx.setTimer(`retry ${call.id}`, retryMs)
      return { ...state, calls: { ...state.calls, [call.id]: call } }
    }

    function asked({ phase }: Call, fx: AbdFx): readonly NodeId[] {
      if (contact === 'all') return fx.nodes
      return fx.pick((phase === 'query' ? reads : writes).all(fx.nodes))
    }

    function isEnough({ phase, answered }: Call, fx: AbdFx): boolean {
      if (phase === 'store') return writes.hold(answered, fx.nodes)
      return quorumsMeet ? reads.hold(answered, fx.nodes) : answered.length > 0
    }

    function store(state: State, call: Call, stored: Stored, fx: AbdFx): State {
      return ask(state, { ...call, phase: 'store', stored, answered: [] }, fx)
    }

    function finish(state: State, call: Call, fx: AbdFx): State {
      fx.cancelTimer(`retry ${call.id}`)
      fx.reply(call.request, call.f === 'read' ? call.stored.value : null)
      const { [call.id]: _finished, ...calls } = state.calls
      const { tag } = call.stored
      return { ...state, calls, told: isNewer(tag, state.told) ? tag : state.told }
    }

    /** Enough have answered: a query becomes a store, a store is the end. */
    function answered(state: State, call: Call, fx: AbdFx): State {
      if (call.phase === 'store') return finish(state, call, fx)
      if (call.f === 'write') {
        const before: Tag = tagsAreCounted ? call.stored.tag : [fx.now(), '']
        return store(state, call, after(before, call, fx), fx)
      }
      return writeBack ? store(state, call, call.stored, fx) : finish(state, call, fx)
    }

    /** What is written, under a tag that is greater than this one and that no other call takes. */
    function after([number]: Tag, { id, value }: Call, fx: AbdFx): Stored {
      return { tag: [number + 1, tagNamesWriter ? `${fx.self}.${id}` : ''], value }
    }

    /** The only writer counts its writes, also over restarts: nobody else makes tags. */
    function writeAlone(state: State, call: Call, fx: AbdFx): State {
      const written = state.written + 1
      const known = fx.put('written', written)
      return store({ ...state, written, known }, call, after([state.written, ''], call, fx), fx)
    }

    return program<State, Message, Timer>({
      boot(disk, fx) {
        check(fx.nodes)
        const before = (disk.get('life') as number | undefined) ?? 0
        const stored = (disk.get('stored') as Stored | undefined) ?? nothing
        const written = (disk.get('written') as number | undefined) ?? 0
        const life = before + 1
        // Answers to calls of a former life must not count for those of this one.
        const known = fx.put('life', life)
        return { life, known, serial: 0, written, stored, told: nothing.tag, calls: {} }
      },

      onRequest(state, { id: request, f, value }, fx) {
        if (f !== 'read' && f !== 'write') {
          fx.fail(request, 'not-supported')
          return state
        }
        const writer = fx.nodes[0]
        if (f === 'write' && writers === 'one' && fx.self !== writer) {
          fx.fail(request, 'temporarily-unavailable', writer)
          return state
        }
        const serial = state.serial + 1
        const id = `${state.life}.${serial}`
        const call: Call = { id, request, f, value, phase: 'query', stored: nothing, answered: [] }
        const next = { ...state, serial }
        if (f === 'write' && writers === 'one') return writeAlone(next, call, fx)
        if (f === 'write' && !writersQuery) {
          return store(next, call, after(state.stored.tag, call, fx), fx)
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
            if (newestStays && !isNewer(message.stored.tag, state.stored.tag)) {
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
            if (isEnough(next, fx)) return answered(state, next, fx)
            return { ...state, calls: { ...state.calls, [call.id]: next } }
          }
        }
      },

      onTimer(state, timer, fx) {
        const call = state.calls[timer.slice('retry '.length)]
        return call === undefined ? state : ask(state, call, fx)
      },

      view: ({ stored, told }) => ({ tag: stored.tag, value: stored.value, told }),

      // A single writer has to be there as well, for writes.
      enough: (up, nodes) =>
        reads.hold(up, nodes) &&
        writes.hold(up, nodes) &&
        (writers !== 'one' || up.includes(nodes[0] ?? '')),
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
  /** How many writes were begun here in all lives, where this node is the only writer. */
  readonly written: number
  readonly stored: Stored
  /** The newest that a client was told of here, as written or as read. */
  readonly told: Tag
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

function isNewer([number, writer]: Tag, [otherNumber, otherWriter]: Tag): boolean {
  return number > otherNumber || (number === otherNumber && writer > otherWriter)
}
