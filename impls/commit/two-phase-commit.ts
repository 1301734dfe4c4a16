import type { Fx, NodeId, RequestId } from '../../src/node/index.ts'
import { program, protocol } from '../../src/node/index.ts'

/**
 * Every node adds an element to its set, or none does. The first node coordinates one transaction
 * after another: it asks all nodes to vote (phase 1), and when all have voted yes it decides to
 * commit and tells them (phase 2); otherwise it aborts. Nodes crash and come back with their disks:
 *
 * - a yes is on the disk before it is said: who has said yes may not abort by himself any more;
 * - the decision to commit is on the disk before it is told, and stays there until all have heard
 *   of it. Of whatever else it finds nothing on its disk, the coordinator says that it was aborted.
 *
 * It never splits. But who has said yes has to wait for the coordinator, however long that is down.
 */
export const twoPhaseCommit = protocol(
  'two-phase-commit',
  {
    about: 'A set that all nodes add to or none, with logs, while nodes crash and come back',
    source:
      'Gray 1978, Notes on data base operating systems, 5.8.3; ' +
      'Mohan, Lindsay, Obermarck 1986, Transaction management in R*, presumed abort',
    options: {
      /** One vote of so many is no. */
      oneNoIn: 10,
      retryMs: 100,
      /** After so long the coordinator waits for no more votes. */
      voteMs: 500,
    },
    mutants: {
      'vote-not-forced': 'a yes is said before it is on the disk',
      'decision-not-forced': 'the commit is told before it is on the disk of the coordinator',
      'silence-is-yes': 'the coordinator commits without the votes that do not come',
      'doubt-ends-in-abort': 'who has said yes and hears nothing aborts by himself',
    },
    tolerates: {
      crashes: 'any',
      restarts: true,
      loss: true,
      duplication: true,
      reordering: true,
      partitions: true,
      pauses: true,
      diskFull: true,
    },
  },
  ({ oneNoIn, retryMs, voteMs }, planted) => {
    const forcesVote = !planted('vote-not-forced')
    const forcesDecision = !planted('decision-not-forced')
    const needsAllVotes = !planted('silence-is-yes')
    const staysInDoubt = !planted('doubt-ends-in-abort')
    const votes = Array.from({ length: oneNoIn }, (_, at) => (at < oneNoIn - 1 ? 'yes' : 'no'))

    // The coordinator.

    function begin(state: State, fx: CommitFx): State {
      const [first, ...queue] = state.queue
      if (state.current !== null || first === undefined) return state
      const serial = state.serial + 1
      const tx = `${state.life}.${serial}`
      const current: Current = { tx, ...first, phase: 'vote', heard: [] }
      fx.setTimer('votes', voteMs)
      return ask({ ...state, serial, queue, current }, current, fx)
    }

    /** Tells all who have not answered, and again after a while. */
    function ask(state: State, current: Current, fx: CommitFx): State {
      const { tx, element, phase } = current
      const message: Message =
        phase === 'vote' ? { type: 'vote?', tx, element } : { type: phase, tx, element }
      for (const node of fx.nodes) {
        if (!current.heard.includes(node)) fx.send(node, message, state.known)
      }
      fx.setTimer('retry', retryMs)
      return { ...state, current }
    }

    function commit(state: State, current: Current, fx: CommitFx): State {
      const ticket = fx.append('log', { tx: current.tx, decided: current.element })
      const known = forcesDecision ? ticket : state.known
      fx.cancelTimer('votes')
      if (current.request !== null) fx.reply(current.request, null, known)
      return ask({ ...state, known }, { ...current, phase: 'commit', heard: [] }, fx)
    }

    /** Needs no place on the disk: what is not found there was aborted. */
    function abort(state: State, current: Current, fx: CommitFx): State {
      fx.cancelTimer('votes')
      if (current.request !== null) fx.fail(current.request, 'abort')
      return ask(state, { ...current, request: null, phase: 'abort', heard: [] }, fx)
    }

    function heardFrom(state: State, from: NodeId, current: Current, fx: CommitFx): State {
      if (current.heard.includes(from)) return state
      const next = { ...current, heard: [...current.heard, from] }
      if (next.heard.length < fx.nodes.length) return { ...state, current: next }
      if (next.phase === 'vote') return commit(state, next, fx)
      // All know: nobody will ask any more.
      fx.cancelTimer('retry')
      if (next.phase === 'commit') fx.append('log', { tx: next.tx, ended: true })
      return begin({ ...state, current: null }, fx)
    }

    // A participant, which the coordinator is as well.

    function vote(state: State, tx: string, element: unknown, from: NodeId, fx: CommitFx): State {
      if (state.outcomes[tx] !== undefined) return state
      if (state.doubts[tx] !== undefined) {
        fx.send(from, { type: 'yes', tx }, state.known)
        return state
      }
      if (fx.pick(votes) === 'no') {
        fx.send(from, { type: 'no', tx })
        const said = { ...state, votes: { ...state.votes, [tx]: 'no' as const } }
        return end(said, tx, 'abort', element, fx)
      }
      const ticket = fx.append('log', { tx, yes: element })
      const known = forcesVote ? ticket : state.known
      fx.send(from, { type: 'yes', tx }, known)
      fx.setTimer(`doubt ${tx}`, retryMs * 2)
      const doubts = { ...state.doubts, [tx]: { element } }
      return { ...state, known, doubts, votes: { ...state.votes, [tx]: 'yes' } }
    }

    function end(
      state: State,
      tx: string,
      outcome: Outcome,
      element: unknown,
      fx: CommitFx,
    ): State {
      if (state.outcomes[tx] !== undefined) return state
      const known = fx.append('log', { tx, outcome, element })
      fx.cancelTimer(`doubt ${tx}`)
      const { [tx]: _ended, ...doubts } = state.doubts
      const outcomes = { ...state.outcomes, [tx]: outcome }
      const elements = outcome === 'commit' ? [...state.elements, element] : state.elements
      return { ...state, known, doubts, outcomes, elements }
    }

    return program<State, Message, Timer>({
      boot(disk, fx) {
        const life = ((disk.get('life') as number | undefined) ?? 0) + 1
        const found = fromLog(disk.log('log').records as readonly LogRecord[])
        const { decided, ...participant } = found
        for (const tx of Object.keys(participant.doubts)) fx.setTimer(`doubt ${tx}`, retryMs)
        const known = fx.put('life', life)
        const state: State = {
          life,
          known,
          serial: 0,
          queue: [],
          current: null,
          ...participant,
        }
        if (decided === undefined) return state
        return ask(state, { ...decided, request: null, phase: 'commit', heard: [] }, fx)
      },

      onRequest(state, { id: request, f, value: element }, fx) {
        const [coordinator] = fx.nodes
        if (f === 'read') fx.reply(request, state.elements, state.known)
        else if (f !== 'add') fx.fail(request, 'not-supported')
        else if (fx.self !== coordinator) fx.fail(request, 'temporarily-unavailable', coordinator)
        else return begin({ ...state, queue: [...state.queue, { request, element }] }, fx)
        return state
      },

      onMessage(state, from, message, fx) {
        const { tx } = message
        const current = state.current?.tx === tx ? state.current : undefined
        switch (message.type) {
          case 'vote?':
            return vote(state, tx, message.element, from, fx)

          case 'yes':
            return current?.phase === 'vote' ? heardFrom(state, from, current, fx) : state

          case 'no':
            return current?.phase === 'vote' ? abort(state, current, fx) : state

          case 'commit':
          case 'abort': {
            const next = end(state, tx, message.type, message.element, fx)
            fx.send(from, { type: 'ended', tx }, next.known)
            return next
          }

          case 'ended':
            if (current === undefined || current.phase === 'vote') return state
            return heardFrom(state, from, current, fx)

          case 'outcome?': {
            // While votes are collected nobody knows yet.
            if (current?.phase === 'vote') return state
            const type = current?.phase ?? state.outcomes[tx] ?? 'abort'
            fx.send(from, { type, tx, element: message.element }, state.known)
            return state
          }
        }
      },

      onTimer(state, timer, fx) {
        const { current } = state
        if (timer === 'retry') return current === null ? state : ask(state, current, fx)
        if (timer === 'votes') {
          if (current?.phase !== 'vote') return state
          return needsAllVotes ? abort(state, current, fx) : commit(state, current, fx)
        }
        const tx = timer.slice('doubt '.length)
        const doubt = state.doubts[tx]
        if (doubt === undefined) return state
        if (!staysInDoubt) return end(state, tx, 'abort', doubt.element, fx)
        fx.send(fx.nodes[0] ?? fx.self, { type: 'outcome?', tx, element: doubt.element })
        fx.setTimer(timer, retryMs)
        return state
      },

      view: ({ outcomes, votes: said, doubts, elements }) => ({
        outcomes,
        votes: said,
        doubts: Object.keys(doubts),
        elements: elements.length,
      }),

      // A transaction needs all of them.
      enough: (up, nodes) => up.length === nodes.length,
    })
  },
)

type Outcome = 'commit' | 'abort'

/** A transaction, for the coordinator: what it asks of all, and who has answered. */
interface Current {
  readonly tx: string
  readonly element: unknown
  /** `null`: the client was answered, or it asked in a former life. */
  readonly request: RequestId | null
  readonly phase: 'vote' | Outcome
  readonly heard: readonly NodeId[]
}

interface State {
  /** How many times this node has started. */
  readonly life: number
  /** The last write to the disk: what is said must not be newer than what would survive. */
  readonly known: number
  /** How many transactions were begun in this life. */
  readonly serial: number
  readonly queue: readonly { readonly request: RequestId; readonly element: unknown }[]
  readonly current: Current | null
  /** What this node has said yes to without knowing the outcome. */
  readonly doubts: Readonly<Record<string, { readonly element: unknown }>>
  readonly votes: Readonly<Record<string, 'yes' | 'no'>>
  readonly outcomes: Readonly<Record<string, Outcome>>
  readonly elements: readonly unknown[]
}

type LogRecord = { readonly tx: string } & (
  | { readonly yes: unknown }
  | { readonly outcome: Outcome; readonly element: unknown }
  | { readonly decided: unknown }
  | { readonly ended: true }
)

/** What a node knew before it crashed, and at the coordinator what it still has to tell. */
function fromLog(records: readonly LogRecord[]): Pick<
  State,
  'doubts' | 'votes' | 'outcomes' | 'elements'
> & {
  readonly decided?: { readonly tx: string; readonly element: unknown }
} {
  const doubts: Record<string, { element: unknown }> = {}
  const votes: Record<string, 'yes' | 'no'> = {}
  const outcomes: Record<string, Outcome> = {}
  const elements: unknown[] = []
  let decided: { tx: string; element: unknown } | undefined
  for (const record of records) {
    const { tx } = record
    if ('yes' in record) {
      doubts[tx] = { element: record.yes }
      votes[tx] = 'yes'
    } else if ('decided' in record) decided = { tx, element: record.decided }
    else if ('ended' in record) decided = undefined
    else {
      // Who aborts without having said yes has said no.
      votes[tx] ??= 'no'
      outcomes[tx] = record.outcome
      if (record.outcome === 'commit') elements.push(record.element)
    }
  }
  const open = Object.entries(doubts).filter(([tx]) => outcomes[tx] === undefined)
  return {
    doubts: Object.fromEntries(open),
    votes,
    outcomes,
    elements,
    ...(decided === undefined ? {} : { decided }),
  }
}

type Message =
  | { readonly type: 'vote?'; readonly tx: string; readonly element: unknown }
  | { readonly type: 'yes' | 'no'; readonly tx: string }
  | { readonly type: Outcome; readonly tx: string; readonly element: unknown }
  | { readonly type: 'ended'; readonly tx: string }
  | { readonly type: 'outcome?'; readonly tx: string; readonly element: unknown }

type Timer = 'retry' | 'votes' | `doubt ${string}`
type CommitFx = Fx<Message, Timer>
