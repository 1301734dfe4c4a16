import type { NodeId } from '../../src/node/index.ts'
import { program, protocol } from '../../src/node/index.ts'
import { applied, commandOf, resultOf } from '../machine/key-value.ts'
import type { Command } from '../machine/key-value.ts'
import { mutants } from './mutants.ts'
import {
  answered,
  emptyState,
  hasState,
  isNormal,
  isOpen,
  nameOf,
  primaryOf,
  quorum,
  settled,
  shown,
} from './state.ts'
import type {
  Answer,
  Begun,
  Commit,
  DoViewChange,
  Kept,
  Message,
  NewState,
  Prepare,
  PrepareOk,
  ReplicaFx,
  StartView,
  State,
  Timer,
} from './state.ts'

/**
 * A replicated store that keeps its data in memory: of 2f + 1 replicas f may be without theirs.
 *
 * Time is divided into views, whose primaries are the replicas in turn. The primary of a view gives
 * operations their order, and one is committed when f backups have it too (section 4.1). If nothing
 * is heard of the primary the others go on to the next view: whoever does takes no more orders in
 * the one before, and hands its log to the new primary, which begins with the log of the latest
 * view among f + 1 of them, so with everything that may have been committed (4.2). A replica that
 * crashed has forgotten its log. It takes part again when f + 1 others have answered its questions,
 * with the log of the primary of the latest view that they know (4.3).
 *
 * That is not safe as it was published: a replica that recovers has also forgotten which view it
 * promised to leave, and its promise may still be counted by others (Michael, Ports, Sharma,
 * Szekeres 2017, Recovering shared objects without stable storage). Here the number of the view
 * reaches the disk, as in the first version of the protocol (Oki, Liskov 1988), before anything is
 * said in that view, with a count of starts that serves as nonce. The log itself never does. And a
 * replica that is behind keeps its log until it has the newer one, instead of cutting it first
 * (5.2): cut, it would count as the log of the latest view.
 */
export const viewstamped = protocol(
  'viewstamped',
  {
    about: 'Viewstamped Replication: a replicated store in memory that survives view changes',
    source: 'Liskov, Cowling 2012, Viewstamped Replication revisited',
    options: {
      /** How often a primary that has nothing to do says that it is there. */
      commitMs: 50,
      /** A backup that hears nothing for this long, and up to twice as long, changes the view. */
      silenceMs: 200,
      /** How often a replica that recovers asks again. */
      recoveryMs: 50,
    },
    mutants,
    sessions: true,
    tolerates: {
      crashes: 'minority',
      restarts: true,
      loss: true,
      duplication: true,
      reordering: true,
      partitions: true,
      pauses: true,
      diskFull: true,
      clockSkew: 25,
      clockJumps: true,
    },
  },
  ({ commitMs, silenceMs, recoveryMs }, planted) => {
    const viewKept = !planted('view-forgotten')
    const stateAwaited = !planted('state-transfer-truncates')
    const nonceLooked = !planted('recovery-without-nonce')
    const latestPrimary = !planted('recovers-from-old-primary')
    const latestLog = !planted('longest-log')
    const oldViewLeft = !planted('prepared-in-older-view')
    const backupsAwaited = planted('commit-before-quorum') ? -1 : 0
    const once = !planted('applied-twice')

    /** Only what is said after a view was saved is said in that view. */
    function say(state: State, to: NodeId, message: Message, fx: ReplicaFx): void {
      fx.send(to, message, state.saved)
    }

    function save(state: State, view: number, fx: ReplicaFx): State {
      const kept: Kept = { view: viewKept ? view : 0, starts: state.starts }
      return { ...state, view, saved: fx.put('replica', kept) }
    }

    // 4.1 Normal operation

    function order(state: State, command: Command, fx: ReplicaFx): State {
      const next = { ...state, log: [...state.log, command] }
      for (const backup of fx.others) prepare(next, backup, state.log.length, fx)
      return commit(next, fx)
    }

    /** Tells a backup all that comes after the first few operations. */
    function prepare(state: State, backup: NodeId, known: number, fx: ReplicaFx): void {
      const { view, log, executed } = state
      for (const [at, command] of log.slice(known).entries()) {
        const message = { view, number: known + at + 1, command, commit: executed.length }
        say(state, backup, { type: 'prepare', ...message }, fx)
      }
    }

    function onPrepare(state: State, from: NodeId, message: Prepare, fx: ReplicaFx): State {
      const { view, number, command, commit: committed } = message
      const left = oldViewLeft ? state.view : state.lastNormal
      if (view < left) return state
      if (view > left || (oldViewLeft && !isNormal(state))) return fallBehind(state, from, view, fx)
      if (number > state.log.length + 1) return fallBehind(state, from, view, fx)
      if (state.status === 'backup') listen(fx)
      const isNext = number === state.log.length + 1
      const next = isNext ? { ...state, log: [...state.log, command] } : state
      say(next, from, { type: 'prepare-ok', view, number: next.log.length }, fx)
      return execute(next, committed, fx)
    }

    function onPrepareOk(state: State, from: NodeId, message: PrepareOk, fx: ReplicaFx): State {
      const { view, number } = message
      if (state.status !== 'primary' || view !== state.view) return state
      if (number <= (state.prepared[from] ?? 0)) return state
      return commit({ ...state, prepared: { ...state.prepared, [from]: number } }, fx)
    }

    /** With f backups the primary is a quorum; who has an operation has all before. */
    function commit(state: State, fx: ReplicaFx): State {
      const backups = quorum(fx) - 1 + backupsAwaited
      const numbers = Object.values(state.prepared).sort((a, b) => b - a)
      return execute(state, backups === 0 ? state.log.length : (numbers[backups - 1] ?? 0), fx)
    }

    function onCommit(state: State, from: NodeId, message: Commit, fx: ReplicaFx): State {
      const { view, commit: committed } = message
      if (view < state.view) return state
      if (view > state.view || !isNormal(state)) return fallBehind(state, from, view, fx)
      listen(fx)
      const next = execute(state, committed, fx)
      return committed > next.log.length ? fallBehind(next, from, view, fx) : next
    }

    function execute(state: State, committed: number, fx: ReplicaFx): State {
      let next = state
      for (const command of state.log.slice(state.executed.length, committed)) {
        const executed = [...next.executed, command]
        next = answered(
          { ...next, executed, machine: applied(next.machine, command, once) },
          command,
          fx,
        )
      }
      return next
    }

    /** What backups may have missed is said again; it also tells them that the primary is there. */
    function remind(state: State, fx: ReplicaFx): State {
      const { view, log, executed, prepared } = state
      for (const backup of fx.others) {
        const known = Math.max(executed.length, prepared[backup] ?? 0)
        if (known < log.length) prepare(state, backup, known, fx)
        else say(state, backup, { type: 'commit', view, commit: executed.length }, fx)
      }
      fx.setTimer('commit', commitMs)
      return state
    }

    function listen(fx: ReplicaFx): void {
      fx.setTimer('silence', [silenceMs, 2 * silenceMs])
    }

    // 4.2 View changes

    function changeView(state: State, view: number, fx: ReplicaFx): State {
      const next = save({ ...state, ...settled, status: 'view-change' }, view, fx)
      for (const other of fx.others) say(next, other, { type: 'start-view-change', view }, fx)
      fx.cancelTimer('commit')
      listen(fx)
      return next
    }

    function onStartViewChange(state: State, from: NodeId, view: number, fx: ReplicaFx): State {
      const next = view > state.view ? changeView(state, view, fx) : state
      if (next.view !== view || next.status !== 'view-change') return next
      if (next.wantedBy.includes(from)) return next
      const wantedBy = [...next.wantedBy, from]
      const { log, lastNormal, executed } = next
      if (wantedBy.length === quorum(fx) - 1) {
        const offer = { view, log, lastNormal, commit: executed.length }
        say(next, primaryOf(view, fx), { type: 'do-view-change', ...offer }, fx)
      }
      return { ...next, wantedBy }
    }

    function onDoViewChange(state: State, from: NodeId, offer: DoViewChange, fx: ReplicaFx): State {
      // Whoever offers its log wants the view.
      const isOther = from !== fx.self
      const next = isOther ? onStartViewChange(state, from, offer.view, fx) : state
      if (next.view !== offer.view || next.status !== 'view-change') return next
      const offers = { ...next.offers, [from]: offer }
      const all = Object.values(offers)
      return all.length < quorum(fx) ? { ...next, offers } : startView(next, all, fx)
    }

    function startView(state: State, offers: readonly DoViewChange[], fx: ReplicaFx): State {
      const { log } = offers.reduce((best, other) => (isNewer(other, best) ? other : best))
      const committed = Math.max(...offers.map((offer) => offer.commit))
      const { view } = state
      const message = { type: 'start-view', view, log, commit: committed } as const
      for (const backup of fx.others) say(state, backup, message, fx)
      fx.cancelTimer('silence')
      fx.setTimer('commit', commitMs)
      const next: State = { ...state, ...settled, status: 'primary', lastNormal: view, log }
      return commit(execute(next, committed, fx), fx)
    }

    /** In a later view all that was committed before is in the log; in the same one it grew. */
    function isNewer(one: DoViewChange, other: DoViewChange): boolean {
      if (latestLog && one.lastNormal !== other.lastNormal) return one.lastNormal > other.lastNormal
      return one.log.length > other.log.length
    }

    function onStartView(state: State, message: StartView, fx: ReplicaFx): State {
      const { view } = message
      if (view < state.view || (view === state.view && isNormal(state))) return state
      return join(state, message, fx)
    }

    /** Becomes a backup in a view that has begun, with the log of its primary. */
    function join(state: State, { view, log, commit: committed }: Begun, fx: ReplicaFx): State {
      const saved = view === state.view ? state : save(state, view, fx)
      const next: State = { ...saved, ...settled, status: 'backup', lastNormal: view, log }
      say(next, primaryOf(view, fx), { type: 'prepare-ok', view, number: log.length }, fx)
      fx.cancelTimer('commit')
      listen(fx)
      return execute(next, committed, fx)
    }

    // 4.3 Recovery

    function recover(state: State, fx: ReplicaFx): State {
      const question = { type: 'recovery', nonce: state.starts } as const
      for (const other of fx.others) say(state, other, question, fx)
      fx.setTimer('recovery', recoveryMs)
      return state
    }

    function onRecovery(state: State, from: NodeId, nonce: number, fx: ReplicaFx): State {
      const { status, view, executed } = state
      const log = status === 'primary' ? state.log : null
      const message = { nonce, view, log, commit: executed.length }
      say(state, from, { type: 'recovery-response', ...message }, fx)
      return state
    }

    function onRecoveryResponse(state: State, from: NodeId, message: Answer, fx: ReplicaFx): State {
      if (nonceLooked && message.nonce !== state.starts) return state
      const answers = { ...state.answers, [from]: message }
      const next = { ...state, answers }
      const all = Object.values(answers)
      if (all.length < quorum(fx)) return next
      const known = latestPrimary ? all : all.filter(({ log }) => log !== null)
      const latest = Math.max(0, ...known.map(({ view }) => view))
      const primary = answers[primaryOf(latest, fx)]
      if (primary?.view !== latest || primary.log === null) return next
      fx.cancelTimer('recovery')
      const { log, commit: committed } = primary
      if (latest >= next.view) return join(next, { view: latest, log, commit: committed }, fx)
      // It has left that view, and others may count on it.
      const left = execute({ ...next, lastNormal: latest, log }, committed, fx)
      return changeView(left, next.view, fx)
    }

    // 5.2 State transfer

    function fallBehind(state: State, from: NodeId, view: number, fx: ReplicaFx): State {
      const { log, executed } = state
      const isSame = view === state.view && isNormal(state)
      // What is not committed may not be in the log of a later view.
      const known = isSame ? log.length : executed.length
      say(state, from, { type: 'get-state', view, from: known }, fx)
      if (isSame || stateAwaited) return state
      return join(state, { view, log: log.slice(0, known), commit: known }, fx)
    }

    function onGetState(state: State, from: NodeId, first: number, fx: ReplicaFx): State {
      const { view, log, executed } = state
      const message = { view, from: first, log: log.slice(first), commit: executed.length }
      say(state, from, { type: 'new-state', ...message }, fx)
      return state
    }

    function onNewState(state: State, message: NewState, fx: ReplicaFx): State {
      const { view, from, commit } = message
      if (view < state.view) return state
      const log = [...state.log.slice(0, from), ...message.log]
      const begun = { view, log, commit }
      if (view > state.view || !isNormal(state)) {
        return from > state.executed.length ? state : join(state, begun, fx)
      }
      const isLonger = from <= state.log.length && log.length > state.log.length
      return isLonger ? join(state, begun, fx) : state
    }

    return program<State, Message, Timer>({
      boot(disk, fx) {
        const kept = disk.get('replica') as Kept | undefined
        const empty = emptyState((kept?.starts ?? 0) + 1, fx)
        const state = save(empty, kept?.view ?? 0, fx)
        if (kept !== undefined) return recover({ ...state, status: 'recovering' }, fx)
        if (state.status === 'primary') fx.setTimer('commit', commitMs)
        else listen(fx)
        return state
      },

      onRequest(state, request, fx) {
        const command = commandOf(request)
        if (command === undefined) {
          fx.fail(request.id, 'not-supported')
          return state
        }
        if (state.status !== 'primary') {
          const primary = primaryOf(state.view, fx)
          fx.fail(request.id, 'temporarily-unavailable', primary === fx.self ? undefined : primary)
          return state
        }
        const told = once ? resultOf(state.machine, command.client, command.serial) : undefined
        if (told !== undefined) {
          fx.reply(request.id, told.result)
          return state
        }
        const waiting = { ...state.waiting, [nameOf(command)]: request.id }
        const isOrdered = once && isOpen(state, command)
        return isOrdered ? { ...state, waiting } : order({ ...state, waiting }, command, fx)
      },

      onMessage(state, from, message, fx) {
        if (state.status === 'recovering') {
          const isAnswer = message.type === 'recovery-response'
          return isAnswer ? onRecoveryResponse(state, from, message, fx) : state
        }
        switch (message.type) {
          case 'prepare':
            return onPrepare(state, from, message, fx)
          case 'prepare-ok':
            return onPrepareOk(state, from, message, fx)
          case 'commit':
            return onCommit(state, from, message, fx)
          case 'start-view-change':
            return onStartViewChange(state, from, message.view, fx)
          case 'do-view-change':
            return onDoViewChange(state, from, message, fx)
          case 'start-view':
            return onStartView(state, message, fx)
          case 'recovery':
            return isNormal(state) ? onRecovery(state, from, message.nonce, fx) : state
          case 'get-state':
            return isNormal(state) && message.view === state.view
              ? onGetState(state, from, message.from, fx)
              : state
          case 'new-state':
            return onNewState(state, message, fx)
          case 'recovery-response':
            return state
        }
      },

      onTimer(state, timer, fx) {
        switch (timer) {
          case 'commit':
            return remind(state, fx)
          case 'silence':
            return changeView(state, state.view + 1, fx)
          case 'recovery':
            return recover(state, fx)
        }
      },

      view: shown,

      enough(up, nodes, viewOf) {
        const remembers = (node: NodeId) => viewOf === undefined || hasState(viewOf(node))
        return 2 * up.filter(remembers).length > nodes.length
      },
    })
  },
)
