import type { Fx, NodeId, Program, Request } from '../../src/node/index.ts'
import { nestedDisk, nestedFx, timerOf } from './nested.ts'
import type { Answer, Wrapped } from './nested.ts'

/**
 * Consensus for each key out of a replicated key-value store: whoever writes first, on condition
 * that nothing is there, has decided, and everybody then reads what is there (the consensus number
 * of compare-and-set is infinite: Herlihy 1991, section 3.4). A node that does not lead hands the
 * operation on; asked twice, the store does it once, as client and serial number are the same.
 */
export function consensusOverStore(store: Program, askAgainMs = 200): Program<State, Wrapped> {
  /** Lets a node of the store serve an operation, and sends the answer to where it came from. */
  function serve(state: State, asked: Asked, fx: StoreFx): State {
    const answers: Answer[] = []
    const inner = nestedFx(fx, 'store', (answer) => answers.push(answer))
    const next = { ...state, store: store.onRequest(state.store, requestOf(asked), inner) }
    return spread(next, answers, fx)
  }

  /** Answers of the store go to the nodes that asked. */
  function spread(state: State, answers: readonly Answer[], fx: StoreFx): State {
    let next = state
    for (const answer of answers) {
      const asked = askedBy(String(answer.request))
      if (asked.by === fx.self) next = answered(next, fx.self, asked, answer, fx)
      else {
        const after = 'after' in answer ? answer.after : undefined
        fx.send(asked.by, { part: 'answer', message: { asked, answer } }, after)
      }
    }
    return next
  }

  function answered(state: State, from: NodeId, asked: Asked, answer: Answer, fx: StoreFx): State {
    const call = state.calls[asked.key]
    if (call?.stage !== asked.stage) return state
    if ('error' in answer) {
      const leader = answer.ask
      // Without a hint somebody else is asked when the timer says so.
      if (leader === undefined || leader === from) return state
      return ask(state, asked.key, { ...call, node: leader }, fx)
    }
    if (call.stage === 'cas') {
      return ask({ ...state, leader: from }, asked.key, { ...call, stage: 'read', node: from }, fx)
    }
    for (const request of call.requests) fx.reply(request, answer.result)
    fx.cancelTimer(`again/${asked.key}`)
    const { [asked.key]: _done, ...calls } = state.calls
    return { ...state, calls, decided: { ...state.decided, [asked.key]: answer.result } }
  }

  function ask(state: State, key: string, call: Call, fx: StoreFx): State {
    // Whoever does not answer may be down: the next time it is somebody else's turn.
    const later = { ...call, node: nextNode(call.node, fx) }
    const next = { ...state, calls: { ...state.calls, [key]: later } }
    const asked: Asked = { by: fx.self, key, stage: call.stage, value: call.value }
    fx.setTimer(`again/${key}`, askAgainMs)
    if (call.node === fx.self) return serve(next, asked, fx)
    fx.send(call.node, { part: 'ask', message: asked })
    return next
  }

  /** Runs the store, and does what follows from its answers. */
  function run(state: State, step: (inner: Fx) => unknown, fx: StoreFx): State {
    const answers: Answer[] = []
    const inner = nestedFx(fx, 'store', (answer) => answers.push(answer))
    return spread({ ...state, store: step(inner) }, answers, fx)
  }

  return {
    ...(store.enough === undefined ? {} : { enough: store.enough }),

    boot: (disk, fx) => ({
      store: store.boot(nestedDisk(disk, 'store'), nestedFx(fx, 'store')),
      calls: {},
      decided: {},
      leader: fx.self,
    }),

    onRequest(state, { id, f, key, value }, fx) {
      if (f !== 'propose') {
        fx.fail(id, 'not-supported')
        return state
      }
      const name = String(key)
      if (name in state.decided) {
        fx.reply(id, state.decided[name])
        return state
      }
      const known = state.calls[name]
      if (known !== undefined) {
        const call = { ...known, requests: [...known.requests, id] }
        return { ...state, calls: { ...state.calls, [name]: call } }
      }
      return ask(state, name, { requests: [id], value, stage: 'cas', node: state.leader }, fx)
    },

    onMessage(state, from, { part, message }, fx) {
      if (part === 'ask') return serve(state, message as Asked, fx)
      if (part === 'answer') {
        const { asked, answer } = message as { readonly asked: Asked; readonly answer: Answer }
        return answered(state, from, asked, answer, fx)
      }
      return run(state, (inner) => store.onMessage(state.store, from, message, inner), fx)
    },

    onTimer(state, timer, fx) {
      const [part, name] = timerOf(timer)
      if (part === 'again') {
        const call = state.calls[name]
        return call === undefined ? state : ask(state, name, call, fx)
      }
      return run(state, (inner) => store.onTimer?.(state.store, name, inner) ?? state.store, fx)
    },

    onDurable: (state, ticket, fx) =>
      run(state, (inner) => store.onDurable?.(state.store, ticket, inner) ?? state.store, fx),

    view: ({ decided, store: inner }) => ({ ...store.view(inner), instances: decided }),
  }
}

interface Call {
  readonly requests: readonly (string | number)[]
  readonly value: unknown
  readonly stage: 'cas' | 'read'
  /** Whom it asks next. */
  readonly node: NodeId
}

interface State {
  readonly store: unknown
  readonly calls: Readonly<Record<string, Call>>
  readonly decided: Readonly<Record<string, unknown>>
  /** Who served this node last. */
  readonly leader: NodeId
}

/** An operation of the store that a node wants done. */
interface Asked {
  readonly by: NodeId
  readonly key: string
  readonly stage: 'cas' | 'read'
  readonly value: unknown
}

type StoreFx = Fx<Wrapped>

function requestOf({ by, key, stage, value }: Asked): Request {
  const id = `${by} ${stage} ${key}`
  const argument = stage === 'cas' ? [null, value] : null
  return { id, client: id, serial: 1, f: stage, key, value: argument }
}

function askedBy(request: string): Asked {
  const [by = '', stage, ...key] = request.split(' ')
  return { by, stage: stage as Asked['stage'], key: key.join(' '), value: null }
}

function nextNode(node: NodeId, { nodes }: StoreFx): NodeId {
  return nodes[(nodes.indexOf(node) + 1) % nodes.length] ?? node
}
