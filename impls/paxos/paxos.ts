import type { Disk, Fx, NodeId, RequestId } from '../../src/node/index.ts'
import { program, protocol } from '../../src/node/index.ts'

/**
 * The synod protocol: nodes agree on one of the values that they propose, while messages are lost
 * and nodes crash and come back. Every node is proposer, acceptor and learner.
 *
 * A proposer takes a ballot that nobody has used and asks a majority to ignore smaller ones; with
 * their promises the acceptors say what they have accepted. It then asks them to accept the value
 * of the greatest ballot among those, or its own if there is none. A value that a majority has
 * accepted in one ballot is chosen. Why no other value can be: each greater ballot has heard from
 * one of that majority, which had accepted it before (or else would have refused it), so the value
 * that it takes over is the chosen one (section 2.2, by induction over ballots).
 *
 * That no two proposers wait for each other for ever is not promised (Fischer, Lynch, Paterson
 * 1985); a random delay before the next ballot makes it unlikely, and one leader rules it out.
 */
export const paxos = protocol(
  'paxos',
  {
    about: 'Agreement on one value by majorities and numbered ballots',
    source: 'Lamport 2001, Paxos made simple',
    options: {
      /** After this many milliseconds, and up to three times as many, a new ballot is tried. */
      retryMs: 150,
      /** Acceptors refuse instead of keeping silent, so that a proposer knows at once. */
      nak: true,
      /** Who tells the decision: `proposer`, `acceptors` (each to all), `relays` (two pass it). */
      spread: 'proposer',
    },
    mutants: {
      'promise-not-checked': 'an acceptor accepts a ballot smaller than one that it has promised',
      'reported-values-ignored': 'a proposer always proposes its own value',
      'any-reported-value': 'a proposer takes over a reported value of any ballot',
      'half-is-enough': 'half of the nodes count as a majority',
      'promise-not-persisted': 'a promise is kept in memory only',
      'accepted-before-durable': 'an acceptor answers before what it accepted is on its disk',
      'ballot-reused': 'a proposer that restarts begins again with the ballots that it used before',
      'strictly-greater': 'an acceptor refuses the very ballot that it has promised',
      'disk-forgotten': 'an acceptor that restarts has forgotten what it promised and accepted',
      'value-not-reported': 'a promise does not say what its acceptor has accepted',
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
    clients: 'own',
  },
  ({ retryMs, nak, spread }, planted) => {
    const promiseChecked = !planted('promise-not-checked')
    const reportedTakenOver = !planted('reported-values-ignored')
    const greatestReported = !planted('any-reported-value')
    const moreThanHalf = !planted('half-is-enough')
    const promisePersisted = !planted('promise-not-persisted')
    const acceptedWhenDurable = !planted('accepted-before-durable')
    const ballotPersisted = !planted('ballot-reused')
    const promisedMayBeAccepted = !planted('strictly-greater')
    const diskRead = !planted('disk-forgotten')
    const valueReported = !planted('value-not-reported')

    const isMajority = (some: readonly NodeId[], { nodes }: PaxosFx): boolean =>
      moreThanHalf ? 2 * some.length > nodes.length : 2 * some.length >= nodes.length

    /** Phase 1a: a ballot of this node's own, greater than all that it has seen. */
    function prepare(state: State, fx: PaxosFx): State {
      const rank = fx.nodes.indexOf(fx.self)
      const size = fx.nodes.length
      const ballot = (Math.floor(state.greatest / size) + 1) * size + rank
      // On the disk before anybody hears of it: after a restart it must not be used again.
      const known = ballotPersisted ? fx.put('greatest', ballot) : undefined
      const attempt: Attempt = { ballot, phase: 'prepare', answered: [], value: null, reported: 0 }
      for (const node of fx.nodes) fx.send(node, { type: 'prepare', ballot }, known)
      fx.setTimer('retry', [retryMs, 3 * retryMs])
      return { ...state, greatest: ballot, attempt }
    }

    /** Phase 1b, and the promise is on the disk before it is given. */
    function promise(state: State, from: NodeId, ballot: number, fx: PaxosFx): State {
      if (ballot < state.promised) return refuse(state, from, ballot, fx)
      const accepted = valueReported ? state.accepted : null
      const durable = promisePersisted ? fx.put('promised', ballot) : undefined
      fx.send(from, { type: 'promise', ballot, accepted }, durable)
      return { ...state, promised: ballot, greatest: Math.max(state.greatest, ballot) }
    }

    /** Phase 2a: a majority ignores smaller ballots from now on. */
    function propose(state: State, attempt: Attempt, fx: PaxosFx): State {
      const value = attempt.value ?? state.proposal
      const { ballot } = attempt
      for (const node of fx.nodes) fx.send(node, { type: 'accept', ballot, value })
      return { ...state, attempt: { ...attempt, phase: 'accept', answered: [], value } }
    }

    /** Phase 2b. */
    function accept(
      state: State,
      from: NodeId,
      { ballot, value }: { readonly ballot: number; readonly value: unknown },
      fx: PaxosFx,
    ): State {
      const refused = promisedMayBeAccepted ? ballot < state.promised : ballot <= state.promised
      if (promiseChecked && refused) return refuse(state, from, ballot, fx)
      const accepted = { ballot, value }
      const ticket = fx.put('accepted', accepted)
      const durable = acceptedWhenDurable ? ticket : undefined
      const learners = spread === 'acceptors' ? fx.nodes : [from]
      for (const node of learners) fx.send(node, { type: 'accepted', ballot, value }, durable)
      const promised = Math.max(state.promised, ballot)
      return { ...state, promised, accepted, greatest: Math.max(state.greatest, ballot) }
    }

    function refuse(state: State, from: NodeId, ballot: number, fx: PaxosFx): State {
      if (nak) fx.send(from, { type: 'refused', ballot, promised: state.promised })
      return state
    }

    /** A majority has accepted it, and everybody may know. */
    function decide(state: State, value: unknown, fx: PaxosFx): State {
      if (state.decided !== null) return state
      for (const request of state.waiting) fx.reply(request, value)
      fx.cancelTimer('retry')
      fx.put('decided', { value })
      return { ...state, decided: { value }, waiting: [], attempt: null }
    }

    function spreadDecision(state: State, value: unknown, fx: PaxosFx): State {
      if (spread === 'proposer') {
        for (const node of fx.others) fx.send(node, { type: 'decided', value })
      }
      if (spread === 'relays') {
        for (const node of fx.others.slice(0, 2)) fx.send(node, { type: 'pass-on', value })
      }
      return decide(state, value, fx)
    }

    /** Answers of the acceptors to the ballot that is being tried. */
    function answered(state: State, from: NodeId, answer: Answer, fx: PaxosFx): State {
      const { attempt } = state
      const phase = answer.type === 'promise' ? 'prepare' : 'accept'
      if (attempt?.phase !== phase || attempt.ballot !== answer.ballot) return state
      if (attempt.answered.includes(from)) return state
      const next = { ...attempt, answered: [...attempt.answered, from] }
      if (answer.type === 'accepted') {
        return isMajority(next.answered, fx)
          ? spreadDecision(state, answer.value, fx)
          : { ...state, attempt: next }
      }
      const better = takeOver(next, answer.accepted)
      if (isMajority(better.answered, fx)) return propose(state, better, fx)
      return { ...state, attempt: better }
    }

    function takeOver(attempt: Attempt, accepted: Accepted | null): Attempt {
      if (accepted === null || !reportedTakenOver) return attempt
      const { ballot: reported, value } = accepted
      if (greatestReported ? reported <= attempt.reported : attempt.reported > 0) return attempt
      return { ...attempt, reported, value }
    }

    /** Where acceptors tell everybody, each learner counts for itself. */
    function count(state: State, from: NodeId, answer: Answer, fx: PaxosFx): State {
      if (answer.type !== 'accepted' || answer.ballot < state.counted.ballot) return state
      const fresh = answer.ballot > state.counted.ballot
      const before = fresh ? [] : state.counted.nodes
      if (before.includes(from)) return state
      const counted = { ballot: answer.ballot, nodes: [...before, from] }
      const next = { ...state, counted }
      return isMajority(counted.nodes, fx) ? decide(next, answer.value, fx) : next
    }

    return program<State, Message, Timer>({
      boot(disk) {
        const acceptor = diskRead ? disk : emptyDisk
        const promised = (acceptor.get('promised') as number | undefined) ?? 0
        const accepted = (acceptor.get('accepted') as Accepted | undefined) ?? null
        const greatest = (disk.get('greatest') as number | undefined) ?? 0
        const decided = (disk.get('decided') as State['decided'] | undefined) ?? null
        return {
          promised: Math.max(promised, accepted?.ballot ?? 0),
          accepted,
          greatest,
          decided,
          proposal: null,
          attempt: null,
          waiting: [],
          counted: { ballot: 0, nodes: [] },
        }
      },

      onRequest(state, { id, f, value }, fx) {
        if (f !== 'propose' || value === null) {
          fx.fail(id, f === 'propose' ? 'malformed-request' : 'not-supported')
          return state
        }
        if (state.decided !== null) {
          fx.reply(id, state.decided.value)
          return state
        }
        const waiting = [...state.waiting, id]
        if (state.proposal !== null) return { ...state, waiting }
        return prepare({ ...state, proposal: value, waiting }, fx)
      },

      onMessage(state, from, message, fx) {
        // Whoever still asks has not heard.
        if (state.decided !== null && (message.type === 'prepare' || message.type === 'accept')) {
          fx.send(from, { type: 'decided', value: state.decided.value })
        }
        switch (message.type) {
          case 'prepare':
            return promise(state, from, message.ballot, fx)
          case 'accept':
            return accept(state, from, message, fx)
          case 'promise':
            return answered(state, from, message, fx)
          case 'accepted':
            return answered(
              spread === 'acceptors' ? count(state, from, message, fx) : state,
              from,
              message,
              fx,
            )
          case 'refused': {
            const greatest = Math.max(state.greatest, message.promised)
            if (state.attempt?.ballot !== message.ballot) return { ...state, greatest }
            // The next ballot is tried when the timer says so: at once would be a duel.
            return { ...state, greatest, attempt: null }
          }
          case 'pass-on':
            for (const node of fx.others) fx.send(node, { type: 'decided', value: message.value })
            return decide(state, message.value, fx)
          case 'decided':
            return decide(state, message.value, fx)
        }
      },

      onTimer: (state, _retry, fx) => (state.decided === null ? prepare(state, fx) : state),

      view: ({ promised, accepted, decided }) => ({
        promised,
        accepted,
        ...(decided === null ? {} : { decided: decided.value }),
      }),
    })
  },
)

/** As of a node that has never run. */
const emptyDisk: Pick<Disk, 'get'> = { get: () => undefined }

interface Accepted {
  readonly ballot: number
  readonly value: unknown
}

/** A ballot of this node's own that is being tried. */
interface Attempt {
  readonly ballot: number
  readonly phase: 'prepare' | 'accept'
  readonly answered: readonly NodeId[]
  /** What is proposed; `null`: this node's own proposal. */
  readonly value: unknown
  /** The greatest ballot of those that were reported; 0: none was. */
  readonly reported: number
}

interface State {
  /** As an acceptor: no smaller ballot will be accepted. 0: none was promised. */
  readonly promised: number
  readonly accepted: Accepted | null
  /** The greatest ballot that was seen. Node k of n uses k + n, k + 2n, ... */
  readonly greatest: number
  readonly decided: { readonly value: unknown } | null
  /** What this node's own client wants; `null`: nothing. */
  readonly proposal: unknown
  readonly attempt: Attempt | null
  /** Who waits for the decision. */
  readonly waiting: readonly RequestId[]
  /** Who has accepted the greatest ballot, where acceptors tell everybody. */
  readonly counted: { readonly ballot: number; readonly nodes: readonly NodeId[] }
}

type Answer =
  | { readonly type: 'promise'; readonly ballot: number; readonly accepted: Accepted | null }
  | { readonly type: 'accepted'; readonly ballot: number; readonly value: unknown }

type Message =
  | Answer
  | { readonly type: 'prepare'; readonly ballot: number }
  | { readonly type: 'accept'; readonly ballot: number; readonly value: unknown }
  | { readonly type: 'refused'; readonly ballot: number; readonly promised: number }
  | { readonly type: 'decided'; readonly value: unknown }
  | { readonly type: 'pass-on'; readonly value: unknown }

type Timer = 'retry'
type PaxosFx = Fx<Message, Timer>
