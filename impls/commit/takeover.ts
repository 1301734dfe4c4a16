import type { Alive, TimelyTimer } from '../crash-stop/timely.ts'
import { timely } from '../crash-stop/timely.ts'
import type { Outgoing } from '../crash-stop/one-by-one.ts'
import { sendOne } from '../crash-stop/one-by-one.ts'
import type { Fx, NodeId, Program, RequestId } from '../../src/node/index.ts'
import { program } from '../../src/node/index.ts'

/**
 * What two-phase and three-phase commit have in common where crashes are for ever and are seen in
 * time: the first node that lives coordinates one transaction after another, and the next one takes
 * over when it crashes, asks all that live how far they are, and brings the transaction to an end
 * by the rules of the protocol. Participants of a transaction are the nodes that lived when it
 * began.
 */
export interface CommitRules {
  /** Whether all are told that all have voted yes before anybody commits. */
  readonly preparesFirst: boolean
  /** Whether the coordinator waits until all have prepared. */
  readonly waitsUntilPrepared: boolean
  /** Whether the coordinator commits after all others have. */
  readonly commitsLast: boolean
  /** Whether who has reported to a new coordinator obeys the old one no more. */
  readonly refusesOld: boolean
  /** What a new coordinator does with a transaction that it finds unfinished. */
  decide(found: Found): 'commit' | 'abort' | 'prepare' | 'block'
  enough(up: readonly NodeId[], nodes: readonly NodeId[]): boolean
}

/** What a new coordinator knows of a transaction. */
export interface Found {
  /** How far those that live are, the new coordinator first. */
  readonly progress: readonly Progress[]
  /** Participants that have crashed, and so may have known more than those that live. */
  readonly lost: readonly NodeId[]
  /** Who coordinated it in the beginning. */
  readonly coordinator: NodeId
}

/**
 * `unasked`: has not voted. `ready`: has voted yes. `prepared`: knows that all have. The others are
 * the end.
 */
export type Progress = 'unasked' | 'ready' | 'prepared' | 'commit' | 'abort'

/** Which coordinator, by its place in the list of nodes, and which of its transactions. */
export type TransactionId = readonly [coordinator: number, number: number]

export interface Transaction {
  readonly id: TransactionId
  readonly element: unknown
  readonly participants: readonly NodeId[]
}

export interface TakeoverOptions {
  readonly oneNoIn: number
  readonly beatMs: number
  readonly suspectMs: number
  readonly spreadMs: number
}

/** What one coordinator wants of all, and who has done it. */
type Step = 'vote' | 'prepare' | 'commit' | 'abort' | 'report'

interface Leading {
  readonly step: Step | 'blocked'
  readonly done: readonly NodeId[]
  /** The transaction; `null`: the new coordinator has heard of none yet. */
  readonly transaction: Transaction | null
  readonly request: RequestId | null
  /** What was reported to a new coordinator. */
  readonly reports: readonly { readonly node: NodeId; readonly report: Report }[]
}

/** The newest transaction that a node knows of, and how far it is. */
export type Report = { readonly transaction: Transaction; readonly progress: Progress } | null

export interface State {
  /** Whom this node takes for dead. */
  readonly crashed: readonly NodeId[]
  /** The coordinator that this node obeys, by its place; it has promised to refuse those before. */
  readonly obeys: number
  readonly outgoing: Outgoing<Message>
  readonly newest: Report
  readonly votes: Readonly<Record<string, 'yes' | 'no'>>
  readonly outcomes: Readonly<Record<string, 'commit' | 'abort'>>
  readonly elements: readonly unknown[]
  /** At the coordinator. */
  readonly began: number
  readonly queue: readonly { readonly request: RequestId; readonly element: unknown }[]
  readonly leading: Leading | null
}

export type Message =
  | Alive
  | { readonly type: 'report'; readonly by: number }
  | { readonly type: 'reported'; readonly by: number; readonly report: Report }
  | {
      readonly type: 'vote' | 'prepare' | 'commit' | 'abort'
      readonly by: number
      readonly transaction: Transaction
    }
  | { readonly type: 'no'; readonly by: number; readonly id: TransactionId }
  | {
      readonly type: 'done'
      readonly by: number
      readonly id: TransactionId
      readonly step: Step
    }

export type Timer = TimelyTimer | 'send'
type CommitFx = Fx<Message, Timer>

export function commitWithTakeover(
  { oneNoIn, beatMs, suspectMs, spreadMs }: TakeoverOptions,
  rules: CommitRules,
): Program<State, Message, Timer> {
  const detector = timely({ beatMs, suspectMs })
  const votes = Array.from({ length: oneNoIn }, (_, at) => (at < oneNoIn - 1 ? 'yes' : 'no'))

  const living = ({ crashed }: State, fx: CommitFx): NodeId[] =>
    fx.nodes.filter((node) => !crashed.includes(node))

  const coordinatorOf = (state: State, fx: CommitFx): NodeId => living(state, fx)[0] ?? fx.self

  // The coordinator.

  function begin(state: State, fx: CommitFx): State {
    const [first, ...queue] = state.queue
    if (state.leading !== null || first === undefined) return state
    const began = state.began + 1
    const { request, element } = first
    const id: TransactionId = [state.obeys, began]
    const transaction: Transaction = { id, element, participants: living(state, fx) }
    return tell({ ...state, began, queue }, 'vote', transaction, request, fx)
  }

  /** Tells all that live. */
  function tell(
    state: State,
    step: Exclude<Step, 'report'>,
    transaction: Transaction,
    request: RequestId | null,
    fx: CommitFx,
  ): State {
    const message: Message = { type: step, by: state.obeys, transaction }
    const own = !(step === 'commit' && rules.commitsLast)
    const leading: Leading = { step, done: [], transaction, request, reports: [] }
    return advance(say({ ...state, leading }, message, own, fx), fx)
  }

  /** Questions leave at once. What brings others further leaves one by one. */
  function say(state: State, message: Message, own: boolean, fx: CommitFx): State {
    if (own) fx.send(fx.self, message)
    const others = living(state, fx).filter((node) => node !== fx.self)
    if (message.type === 'vote' || message.type === 'report') {
      for (const node of others) fx.send(node, message)
      return state
    }
    if (state.outgoing.length === 0) fx.setTimer('send', [0, spreadMs])
    return { ...state, outgoing: [...state.outgoing, ...others.map((to) => ({ to, message }))] }
  }

  /** Goes on when all that live have done what was asked. */
  function advance(state: State, fx: CommitFx): State {
    const { leading } = state
    if (leading === null || leading.step === 'blocked') return state
    const { step, done, transaction, request } = leading
    const waitsFor = living(state, fx).filter((node) => !done.includes(node))
    if (step === 'report') return waitsFor.length === 0 ? resolve(state, leading, fx) : state
    if (transaction === null) return state
    if (step === 'prepare' && !rules.waitsUntilPrepared) {
      return tell(state, 'commit', transaction, request, fx)
    }
    if (step === 'vote') {
      // Who has crashed will not vote, and perhaps has said no.
      const silent = transaction.participants.some(
        (node) => state.crashed.includes(node) && !done.includes(node),
      )
      if (silent) return refuse(state, transaction, request, fx)
    }
    if (step === 'commit' && rules.commitsLast && waitsFor.join() === fx.self) {
      fx.send(fx.self, { type: 'commit', by: state.obeys, transaction })
      return state
    }
    if (waitsFor.length > 0) return state
    switch (step) {
      case 'vote':
        return tell(state, rules.preparesFirst ? 'prepare' : 'commit', transaction, request, fx)
      case 'prepare':
        return tell(state, 'commit', transaction, request, fx)
      case 'commit':
        if (request !== null) fx.reply(request, null)
        return begin({ ...state, leading: null }, fx)
      case 'abort':
        return begin({ ...state, leading: null }, fx)
    }
  }

  function refuse(
    state: State,
    transaction: Transaction,
    request: RequestId | null,
    fx: CommitFx,
  ): State {
    if (request !== null) fx.fail(request, 'abort')
    return tell(state, 'abort', transaction, null, fx)
  }

  function takeOver(state: State, fx: CommitFx): State {
    fx.note('takes over')
    const by = fx.nodes.indexOf(fx.self)
    const leading: Leading = {
      step: 'report',
      done: [],
      transaction: null,
      request: null,
      reports: [],
    }
    const next = { ...state, obeys: by, leading, began: 0 }
    return say(next, { type: 'report', by }, true, fx)
  }

  /** All that live have reported: only the newest transaction can be unfinished. */
  function resolve(state: State, leading: Leading, fx: CommitFx): State {
    const known = leading.reports.flatMap(({ report }) => report ?? [])
    const newest = known.reduce<Transaction | undefined>(
      (best, { transaction }) =>
        best === undefined || isNewer(transaction.id, best.id) ? transaction : best,
      undefined,
    )
    if (newest === undefined) return begin({ ...state, leading: null }, fx)
    const own = leading.reports.filter(({ node }) => node === fx.self)
    const others = leading.reports.filter(({ node }) => node !== fx.self)
    const found: Found = {
      progress: [...own, ...others]
        .filter(({ node }) => newest.participants.includes(node))
        .map(({ report }) => progressIn(report, newest)),
      lost: newest.participants.filter((node) => state.crashed.includes(node)),
      coordinator: fx.nodes[newest.id[0]] ?? fx.self,
    }
    const decision = rules.decide(found)
    if (decision !== 'block') return tell(state, decision, newest, null, fx)
    fx.note('blocked')
    return { ...state, leading: { ...leading, step: 'blocked', transaction: newest } }
  }

  // A participant, which the coordinator is as well.

  function vote(state: State, transaction: Transaction, from: NodeId, fx: CommitFx): State {
    const { id } = transaction
    const by = state.obeys
    if (state.votes[nameOf(id)] !== undefined) return state
    if (fx.pick(votes) === 'yes') {
      fx.send(from, { type: 'done', by, id, step: 'vote' })
      const said = { ...state.votes, [nameOf(id)]: 'yes' as const }
      return { ...state, votes: said, newest: { transaction, progress: 'ready' } }
    }
    fx.send(from, { type: 'no', by, id })
    const said = { ...state, votes: { ...state.votes, [nameOf(id)]: 'no' as const } }
    return end(said, transaction, 'abort')
  }

  function end(state: State, transaction: Transaction, outcome: 'commit' | 'abort'): State {
    const name = nameOf(transaction.id)
    if (state.outcomes[name] !== undefined) return state
    const { element } = transaction
    return {
      ...state,
      newest: { transaction, progress: outcome },
      outcomes: { ...state.outcomes, [name]: outcome },
      elements: outcome === 'commit' ? [...state.elements, element] : state.elements,
    }
  }

  function obey(
    state: State,
    from: NodeId,
    message: Extract<Message, { transaction: unknown }>,
    fx: CommitFx,
  ): State {
    const { type: step, transaction } = message
    if (step === 'vote') return vote(state, transaction, from, fx)
    const { id } = transaction
    fx.send(from, { type: 'done', by: state.obeys, id, step })
    if (step !== 'prepare') return end(state, transaction, step)
    if (state.outcomes[nameOf(id)] !== undefined) return state
    return { ...state, newest: { transaction, progress: 'prepared' } }
  }

  function suspect(state: State, node: NodeId, fx: CommitFx): State {
    const before = coordinatorOf(state, fx)
    const outgoing = state.outgoing.filter(({ to }) => to !== node)
    const now = { ...state, outgoing, crashed: [...state.crashed, node] }
    if (coordinatorOf(now, fx) !== fx.self) return now
    return before === fx.self ? advance(now, fx) : takeOver(now, fx)
  }

  return program<State, Message, Timer>({
    boot(_disk, fx) {
      detector.start(fx)
      return {
        crashed: [],
        obeys: 0,
        outgoing: [],
        newest: null,
        votes: {},
        outcomes: {},
        elements: [],
        began: 0,
        queue: [],
        leading: null,
      }
    },

    onRequest(state, { id: request, f, value: element }, fx) {
      const coordinator = coordinatorOf(state, fx)
      if (f === 'read') fx.reply(request, state.elements)
      else if (f !== 'add') fx.fail(request, 'not-supported')
      else if (coordinator !== fx.self) {
        fx.fail(request, 'temporarily-unavailable', coordinator)
      } else return begin({ ...state, queue: [...state.queue, { request, element }] }, fx)
      return state
    },

    onMessage(state, from, message, fx) {
      if (state.crashed.includes(from)) return state
      if (message.type === 'alive') {
        detector.heard(from, fx)
        return state
      }
      const { leading } = state
      const mine = leading !== null && message.by === fx.nodes.indexOf(fx.self)
      switch (message.type) {
        case 'reported': {
          if (!mine || leading.step !== 'report' || leading.done.includes(from)) return state
          const reports = [...leading.reports, { node: from, report: message.report }]
          const done = [...leading.done, from]
          return advance({ ...state, leading: { ...leading, done, reports } }, fx)
        }
        case 'no':
        case 'done': {
          if (!mine || !isSame(message.id, leading.transaction?.id)) return state
          if (message.type === 'no') {
            const { step, transaction, request } = leading
            if (step !== 'vote' || transaction === null) return state
            return refuse(state, transaction, request, fx)
          }
          if (message.step !== leading.step || leading.done.includes(from)) return state
          return advance({ ...state, leading: { ...leading, done: [...leading.done, from] } }, fx)
        }
      }
      if (rules.refusesOld && message.by < state.obeys) return state
      const next = { ...state, obeys: message.by }
      if (message.type !== 'report') return obey(next, from, message, fx)
      fx.send(from, { type: 'reported', by: message.by, report: state.newest })
      return next
    },

    onTimer(state, timer, fx) {
      if (timer === 'send') return { ...state, outgoing: sendOne(state.outgoing, spreadMs, fx) }
      const node = detector.silent(timer, fx)
      return node === undefined ? state : suspect(state, node, fx)
    },

    view: ({ outcomes, votes: said, newest, obeys, leading, elements }) => ({
      outcomes,
      votes: said,
      term: obeys,
      role: leading === null ? 'participant' : leading.step,
      progress: newest?.progress ?? 'unasked',
      elements: elements.length,
    }),

    enough: rules.enough,
  })
}

function progressIn(report: Report, { id }: Transaction): Progress {
  return report !== null && isSame(report.transaction.id, id) ? report.progress : 'unasked'
}

function nameOf(id: TransactionId): string {
  return id.join('.')
}

function isNewer([one, number]: TransactionId, [other, otherNumber]: TransactionId): boolean {
  return one > other || (one === other && number > otherNumber)
}

function isSame(one: TransactionId, other: TransactionId | undefined): boolean {
  return other !== undefined && one[0] === other[0] && one[1] === other[1]
}
