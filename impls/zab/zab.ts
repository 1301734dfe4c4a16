import type { NodeId } from '../../src/node/index.ts'
import { program, protocol } from '../../src/node/index.ts'
import { askAgain, deliver, requested, synced } from './clients.ts'
import {
  best,
  commitLeader,
  counterOf,
  introduce,
  isExpected,
  offer,
  started,
  unelected,
} from './epoch.ts'
import { header } from './header.ts'
import { commonPrefix } from './state.ts'
import type { Leading, Message, MessageOf, State, Timer, ZabFx } from './state.ts'
import { changed, executed } from './store.ts'
import type { Operation, Txn } from './store.ts'

/**
 * Atomic broadcast for a primary and its backups. The primary executes what clients ask for and
 * broadcasts what has changed (`Txn`); a change makes sense only after all changes that the primary
 * had made before, so those are delivered first, always: primary order. That is more than a total
 * order, and Paxos with several proposals under way does not give it.
 *
 * A node comes to lead in three phases. *Discovery*: a quorum promises a new epoch, and its best
 * history is chosen: of the latest epoch, and then the longest. *Synchronisation*: a quorum makes
 * that history its own. Only then *broadcast*: transactions (epoch, counter), each committed when a
 * quorum has logged it and all before it. Whatever was committed in an epoch was logged by a quorum
 * that had entered the epoch; every later quorum of promises meets it, and takes over its history.
 *
 * Two things are not as in the paper. Epochs belong to nodes (epoch e to node e modulo n), so that
 * no two leaders can ever have the same one. And links may lose and reorder: proposals are taken
 * only in the order of their counters, what a leader's pings show to be missing is sent again, and
 * each attempt to follow a leader has a name, in place of a connection.
 *
 * Reads are answered by every node from what it has delivered: old perhaps, but never going back
 * for a client that stays at its node (sequential consistency). A read after a `sync` sees all that
 * was committed before, if the sync asks a quorum whether the leader still is one.
 */
export const zab = protocol('zab', header, (options, planted) => {
  const { heartbeatMs, electionMs, syncedReads, quorumSync } = options
  const bestHistory = !planted('own-history')
  const synchronisedFirst = !planted('broadcasts-before-synchronised')
  const ackWhenLogged = !planted('ack-before-logging')
  const truncates = !planted('not-truncated')
  const gapsRefused = !planted('gap-accepted')
  const commitAwaited = !planted('delivers-uncommitted')
  const commitsTold = !planted('commits-between-missed')
  const aheadDropped = !planted('executed-ahead-kept')
  const historyFirst = !planted('epoch-before-history')
  const reads = { syncedReads, syncBroadcast: quorumSync && !planted('sync-local') }

  const isQuorum = (count: number, { nodes }: ZabFx) => 2 * count > nodes.length

  // Phase 0: an oracle says whom to follow. It may be wrong; safety does not rely on it.

  function look(state: State, fx: ZabFx): State {
    fx.cancelTimer('heartbeat')
    fx.setTimer('election', [electionMs, 2 * electionMs])
    const { store } = aheadDropped ? state : (state.leading ?? state)
    return { ...state, phase: 'election', leader: null, leading: null, store }
  }

  function stand(state: State, fx: ZabFx): State {
    const next = follow(state, fx.self, fx)
    return beat({ ...next, leading: unelected }, fx)
  }

  /** Phase 1, a follower: CEPOCH. */
  function follow(state: State, leader: NodeId, fx: ZabFx): State {
    fx.cancelTimer('heartbeat')
    fx.setTimer('election', [electionMs, 2 * electionMs])
    const attempt = [state.attempt[0], state.attempt[1] + 1] as const
    const next: State = { ...state, phase: 'discovery', leader, attempt, leading: null }
    return introduce(next, leader, fx)
  }

  function beat(state: State, fx: ZabFx): State {
    const { leading } = state
    if (leading === null) return state
    const { selected, established, committed } = leading
    const epoch = selected ? leading.epoch : 0
    for (const node of fx.others) fx.send(node, { type: 'ping', epoch, established, committed })
    fx.setTimer('heartbeat', heartbeatMs)
    if (established) askAgain(state, reads.syncBroadcast, fx)
    return state
  }

  function heed(state: State, from: NodeId, ping: MessageOf<'ping'>, fx: ZabFx): State {
    const { leader, leading, phase, currentEpoch, attempt, written } = state
    if (leader !== from) {
      // Of two that stand one gives way, or they take each other's followers in turn for ever.
      const givesWay = leading?.epoch === 0 && fx.nodes.indexOf(from) > fx.nodes.indexOf(fx.self)
      const isFree = leader === null || givesWay
      const isLater = leading?.established === false || ping.epoch > currentEpoch
      return isFree || (ping.established && isLater) ? follow(state, from, fx) : state
    }
    const joined = phase === 'synchronisation' || phase === 'broadcast'
    if (joined && ping.epoch !== currentEpoch) return follow(state, from, fx)
    fx.setTimer('election', [electionMs, 2 * electionMs])
    if (!joined) return introduce(state, from, fx)
    const after = ackWhenLogged ? written : undefined
    if (phase === 'synchronisation') {
      fx.send(from, { type: 'ack-leader', epoch: currentEpoch, attempt }, after)
    }
    fx.send(from, { type: 'pong', epoch: currentEpoch, logged: counterOf(state) }, after)
    if (phase === 'synchronisation') return state
    const next = deliver(state, state.initial + ping.committed, fx)
    askAgain(next, reads.syncBroadcast, fx)
    return next
  }

  function timeIsUp(state: State, fx: ZabFx): State {
    const { leading } = state
    if (leading === null) return stand(state, fx)
    if (!leading.established || !isQuorum(leading.heard.length + 1, fx)) return look(state, fx)
    fx.setTimer('election', [electionMs, 2 * electionMs])
    return { ...state, leading: { ...leading, heard: [] } }
  }

  // Phase 1: discovery

  /** The prospective leader proposes an epoch that is later than all that a quorum knows. */
  function followed(state: State, from: NodeId, message: MessageOf<'cepoch'>, fx: ZabFx): State {
    const { leading } = state
    const greatest = Math.max(state.greatest, message.acceptedEpoch)
    if (leading === null) return { ...state, greatest }
    const { epoch } = leading
    // This follower must not follow, for what it has promised. A later epoch is needed.
    if (epoch > 0 && message.acceptedEpoch > epoch) return look({ ...state, greatest }, fx)
    const followers = { ...leading.followers, [from]: message.attempt }
    const next = { ...state, greatest, leading: { ...leading, followers } }
    if (epoch > 0) {
      fx.send(from, { type: 'new-epoch', epoch, attempt: message.attempt }, state.written)
      return next
    }
    return isQuorum(Object.keys(followers).length, fx) ? chooseEpoch(next, next.leading, fx) : next
  }

  function chooseEpoch(state: State, leading: Leading, fx: ZabFx): State {
    const size = fx.nodes.length
    const greatest = Math.max(state.greatest, state.acceptedEpoch)
    const epoch = (Math.floor(greatest / size) + 1) * size + fx.nodes.indexOf(fx.self)
    // On the disk before anybody hears of it: it is never used again.
    const written = fx.put('acceptedEpoch', epoch)
    for (const [node, attempt] of Object.entries(leading.followers)) {
      fx.send(node, { type: 'new-epoch', epoch, attempt }, written)
    }
    const next = { ...state, acceptedEpoch: epoch, greatest: epoch, written }
    return { ...next, leading: { ...leading, epoch } }
  }

  function promise(state: State, from: NodeId, message: MessageOf<'new-epoch'>, fx: ZabFx): State {
    const { epoch, attempt } = message
    if (!isExpected(state, from, 'discovery', attempt) || epoch < state.acceptedEpoch) return state
    const written = fx.put('acceptedEpoch', epoch)
    const { currentEpoch, history } = state
    fx.send(from, { type: 'ack-epoch', epoch, attempt, currentEpoch, history }, written)
    return { ...state, acceptedEpoch: epoch, greatest: Math.max(state.greatest, epoch), written }
  }

  function promised(state: State, from: NodeId, message: MessageOf<'ack-epoch'>, fx: ZabFx): State {
    const { leading } = state
    if (leading?.epoch !== message.epoch) return state
    if (leading.selected) {
      // It comes late, and gets what was broadcast meanwhile as well.
      if (from !== fx.self) offer(state, from, message, fx)
      return state
    }
    const all = { ...leading.promised, [from]: message }
    const next = { ...state, leading: { ...leading, promised: all } }
    return isQuorum(Object.keys(all).length, fx) ? select(next, next.leading, fx) : next
  }

  // Phase 2: synchronisation

  function select(state: State, leading: Leading, fx: ZabFx): State {
    const { epoch } = leading
    const { history } = bestHistory ? best(Object.values(leading.promised)) : state
    const keep = commonPrefix(state.history, history)
    const own = { epoch, initial: history.length, keep, add: history.slice(keep) }
    const next = synchronise({ ...state, leading: { ...leading, selected: true } }, own, fx)
    for (const [node, candidate] of Object.entries(leading.promised)) {
      if (node !== fx.self) offer(next, node, candidate, fx)
    }
    return synchronisedFirst ? next : establish(next, fx)
  }

  function join(state: State, from: NodeId, message: MessageOf<'new-leader'>, fx: ZabFx): State {
    if (!isExpected(state, from, 'discovery', message.attempt)) return state
    const { epoch, keep } = message
    if (epoch !== state.acceptedEpoch || keep > state.history.length) return state
    return synchronise(state, message, fx)
  }

  /**
   * First the history, then the epoch: whoever says that it has entered an epoch is believed to
   * have all that the epoch began with.
   */
  function synchronise(
    state: State,
    {
      epoch,
      initial,
      keep,
      add,
    }: Pick<MessageOf<'new-leader'>, 'epoch' | 'initial' | 'keep' | 'add'>,
    fx: ZabFx,
  ): State {
    const kept = truncates ? state.history.slice(0, keep) : state.history
    if (!historyFirst) fx.put('currentEpoch', epoch)
    if (kept.length < state.history.length) fx.truncate('history', keep)
    for (const txn of add) fx.append('history', txn)
    const written = fx.put('currentEpoch', epoch)
    const { attempt, leader } = state
    const after = ackWhenLogged ? written : undefined
    fx.send(leader ?? fx.self, { type: 'ack-leader', epoch, attempt }, after)
    return {
      ...state,
      phase: 'synchronisation',
      acceptedEpoch: epoch,
      currentEpoch: epoch,
      history: [...kept, ...add],
      initial,
      written,
    }
  }

  function synchronised(
    state: State,
    from: NodeId,
    message: MessageOf<'ack-leader'>,
    fx: ZabFx,
  ): State {
    const { leading } = state
    if (leading?.epoch !== message.epoch || !leading.selected) return state
    const all = { ...leading.synchronised, [from]: message.attempt }
    const next = { ...state, leading: { ...leading, synchronised: all } }
    if (leading.established) {
      commitLeader(commitsTold ? leading : { ...leading, committed: 0 }, from, message.attempt, fx)
      return next
    }
    return isQuorum(Object.keys(all).length, fx) ? establish(next, fx) : next
  }

  /** From now on this node is the primary of its epoch. */
  function establish(state: State, fx: ZabFx): State {
    if (state.leading === null) return state
    const heard = Object.keys(state.leading.synchronised).filter((node) => node !== fx.self)
    const delivered = deliver({ ...state, phase: 'broadcast' }, state.initial, fx)
    const rest = state.history.slice(delivered.delivered.length)
    const store = rest.reduce(changed, delivered.store)
    const leading = { ...state.leading, established: true, store, heard }
    for (const node of heard) {
      const attempt = leading.synchronised[node]
      if (attempt !== undefined) commitLeader(leading, node, attempt, fx)
    }
    fx.setTimer('election', [electionMs, 2 * electionMs])
    return beat({ ...delivered, leading }, fx)
  }

  function begin(
    state: State,
    from: NodeId,
    message: MessageOf<'commit-leader'>,
    fx: ZabFx,
  ): State {
    if (!isExpected(state, from, 'synchronisation', message.attempt)) return state
    const committed = state.initial + message.committed
    // What it lacks comes after the next ping; until then its state would be older than it was.
    if (message.epoch !== state.currentEpoch || state.history.length < committed) return state
    return deliver({ ...state, phase: 'broadcast' }, committed, fx)
  }

  // Phase 3: broadcast

  /** The primary executes an operation on all that it has broadcast, committed or not. */
  function execute(state: State, operation: Operation, fx: ZabFx): State {
    const { leading } = state
    if (leading?.established !== true) return state
    const { client, serial } = operation
    // It was asked for again, and is in the history.
    if (serial <= (leading.store.sessions[client]?.serial ?? 0)) return state
    const { epoch } = leading
    const txn = executed(leading.store, operation, [epoch, counterOf(state) + 1])
    for (const node of fx.others) fx.send(node, { type: 'propose', epoch, txn })
    const store = changed(leading.store, txn)
    return log({ ...state, leading: { ...leading, store } }, fx.self, txn, fx)
  }

  function accept(
    state: State,
    from: NodeId,
    { epoch, txn }: MessageOf<'propose'>,
    fx: ZabFx,
  ): State {
    const joined = state.phase === 'synchronisation' || state.phase === 'broadcast'
    if (state.leader !== from || !joined || epoch !== state.currentEpoch) return state
    const next = counterOf(state) + 1
    const [, counter] = txn.zxid
    if (counter < next || (gapsRefused && counter > next)) return state
    const logged = log(state, from, txn, fx)
    return commitAwaited || state.phase === 'synchronisation'
      ? logged
      : deliver(logged, logged.history.length, fx)
  }

  function log(state: State, leader: NodeId, txn: Txn, fx: ZabFx): State {
    const written = fx.append('history', txn)
    const [epoch, logged] = txn.zxid
    fx.send(leader, { type: 'ack', epoch, logged }, ackWhenLogged ? written : undefined)
    return { ...state, history: [...state.history, txn], written }
  }

  function acknowledged(
    state: State,
    from: NodeId,
    message: MessageOf<'ack' | 'pong'>,
    fx: ZabFx,
  ): State {
    const { leading, initial } = state
    if (leading?.established !== true || leading.epoch !== message.epoch) return state
    if (message.type === 'pong') {
      for (const txn of state.history.slice(initial + message.logged)) {
        fx.send(from, { type: 'propose', epoch: leading.epoch, txn })
      }
    }
    const heard =
      from === fx.self || leading.heard.includes(from) ? leading.heard : [...leading.heard, from]
    const before = leading.logged[from] ?? 0
    const logged = { ...leading.logged, [from]: Math.max(before, message.logged) }
    // What a quorum has logged, each of them with all before.
    const counters = fx.nodes.map((node) => logged[node] ?? 0).sort((a, b) => b - a)
    const committed = counters[Math.floor(fx.nodes.length / 2)] ?? 0
    if (committed <= leading.committed) return { ...state, leading: { ...leading, heard, logged } }
    const { epoch } = leading
    for (const node of fx.others) fx.send(node, { type: 'commit', epoch, committed })
    const next = { ...state, leading: { ...leading, heard, logged, committed } }
    return deliver(next, initial + committed, fx)
  }

  return program<State, Message, Timer>({
    boot(disk, fx) {
      fx.setTimer('election', [electionMs, 2 * electionMs])
      const life = ((disk.get('life') as number | undefined) ?? 0) + 1
      return started(disk, life, fx.put('life', life))
    },

    onRequest: (state, request, fx) => requested(state, request, reads, fx),

    onMessage(state, from, message, fx) {
      switch (message.type) {
        case 'ping':
          return heed(state, from, message, fx)
        case 'cepoch':
          return followed(state, from, message, fx)
        case 'new-epoch':
          return promise(state, from, message, fx)
        case 'ack-epoch':
          return promised(state, from, message, fx)
        case 'new-leader':
          return join(state, from, message, fx)
        case 'ack-leader':
          return synchronised(state, from, message, fx)
        case 'commit-leader':
          return begin(state, from, message, fx)
        case 'ask':
          return execute(state, message.operation, fx)
        case 'propose':
          return accept(state, from, message, fx)
        case 'ack':
        case 'pong':
          return acknowledged(state, from, message, fx)
        case 'commit': {
          const { phase, leader, currentEpoch, initial } = state
          const isMine = phase === 'broadcast' && leader === from && currentEpoch === message.epoch
          return isMine ? deliver(state, initial + message.committed, fx) : state
        }
        case 'sync':
          if (state.leading?.established === true) {
            fx.send(from, { type: 'synced', name: message.name, from: state.delivered.length })
          }
          return state
        case 'synced':
          return synced(state, message.name, message.from, fx)
      }
    },

    onTimer: (state, timer, fx) => (timer === 'heartbeat' ? beat(state, fx) : timeIsUp(state, fx)),

    view: ({ phase, leader, leading, currentEpoch, delivered, store }) => ({
      role: leading?.established === true ? 'leader' : leader === null ? 'candidate' : 'follower',
      phase,
      term: currentEpoch,
      delivered,
      values: store.values,
    }),
  })
})
