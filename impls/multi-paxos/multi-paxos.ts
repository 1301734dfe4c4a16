import type { NodeId } from '../../src/node/index.ts'
import { program, protocol } from '../../src/node/index.ts'
import { applied, commandOf, emptyKeyValue, resultOf, valueOf } from '../machine/key-value.ts'
import type { Command } from '../machine/key-value.ts'
import { header } from './header.ts'
import type { mutants } from './mutants.ts'
import { nameOf } from './state.ts'
import type {
  Accept,
  Accepted,
  Entry,
  Heartbeat,
  Message,
  MultiPaxosFx,
  Prepare,
  Promised,
  Report,
  Slots,
  State,
  Timer,
} from './state.ts'

/**
 * A replicated log: an instance of Paxos for each of its slots, and one phase 1 for all of them. A
 * leader that a majority has promised its ballot to needs only phase 2 for each command, one round
 * trip. What it learns in phase 1 it proposes again under its own ballot; slots between them of
 * which nobody has heard it fills with no-ops, since commands are applied in the order of slots and
 * a gap would stop everything behind it (section 3).
 *
 * Answers to reads go through the log like everything else. With a lease the leader answers them
 * alone: a majority has promised to promise nothing to others until a time that passes later than
 * its own lease does, even on clocks that run differently by `skewPercent`.
 */
const options = {
  heartbeatMs: 50,
  /** A follower that hears nothing for this long, and up to twice as long, stands for election. */
  electionMs: 200,
  /** 0: reads go through the log. */
  leaseMs: 0,
  /** By how much the rates of two clocks may differ. */
  skewPercent: 0,
}

export const multiPaxos = protocol(
  'multi-paxos',
  { ...header, about: 'A replicated log and key-value store; phase 1 once for all slots', options },
  define,
)

/** The same with reads that the leader answers alone. */
export const multiPaxosLease = protocol(
  'multi-paxos-lease',
  {
    ...header,
    about: 'Multi-Paxos with a leader lease: reads without messages while clocks are about right',
    options: { ...options, leaseMs: 700, skewPercent: 60 },
    tolerates: { ...header.tolerates, clockSkew: 40 },
    usesClock: true,
  },
  define,
)

type Planted = (mutant: keyof typeof mutants) => boolean

function define(
  { heartbeatMs, electionMs, leaseMs, skewPercent }: typeof options,
  planted: Planted,
) {
  const gapsFilled = !planted('gap-skipped')
  const slotsAwaited = !planted('gap-overtaken')
  const reportedTakenOver = !planted('reported-values-ignored')
  const promisePersisted = !planted('promise-not-persisted')
  const ballotPersisted = !planted('ballot-reused')
  const acceptedWhenDurable = !planted('accepted-before-durable')
  const readsLogged = !planted('local-read')
  const once = !planted('applied-twice')
  const leaseKept = !planted('lease-ignored')
  const leaseEnds = !planted('lease-without-end')

  const isMajority = (count: number, { nodes }: MultiPaxosFx) => 2 * count > nodes.length

  function stand(state: State, fx: MultiPaxosFx): State {
    const size = fx.nodes.length
    const ballot = (Math.floor(state.greatest / size) + 1) * size + fx.nodes.indexOf(fx.self)
    const known = ballotPersisted ? fx.put('greatest', ballot) : undefined
    const from = state.chosen.length
    for (const node of fx.nodes) fx.send(node, { type: 'prepare', ballot, from }, known)
    fx.setTimer('election', [electionMs, 2 * electionMs])
    fx.cancelTimer('heartbeat')
    const standing = { promisedBy: [], reported: {} }
    return { ...state, greatest: ballot, ballot, role: 'candidate', standing }
  }

  function follow(state: State, ballot: number, fx: MultiPaxosFx): State {
    fx.setTimer('election', [electionMs, 2 * electionMs])
    if (state.role === 'follower' && state.ballot === ballot) return state
    fx.cancelTimer('heartbeat')
    const greatest = Math.max(state.greatest, ballot)
    return { ...state, greatest, ballot, role: 'follower', standing: null, open: {}, heard: {} }
  }

  /** Phase 1b, for all slots at once. */
  function promise(state: State, from: NodeId, message: Prepare, fx: MultiPaxosFx): State {
    const { ballot } = message
    const others = ballot % fx.nodes.length !== state.leaseOf
    if (leaseMs > 0 && leaseKept && others && fx.now() < state.leaseUntil) return state
    if (ballot < state.promised) {
      fx.send(from, { type: 'refused', ballot: state.promised })
      return state
    }
    const durable = promisePersisted ? fx.put('promised', ballot) : undefined
    const accepted = Object.entries(state.accepted)
      .map(([slot, { ballot: its, value }]): Report => [Number(slot), its, value])
      .filter(([slot]) => slot >= message.from)
    fx.send(from, { type: 'promise', ballot, accepted }, durable)
    const next = from === fx.self ? state : follow(state, ballot, fx)
    return { ...next, promised: ballot, greatest: Math.max(state.greatest, ballot) }
  }

  function promised(state: State, from: NodeId, message: Promised, fx: MultiPaxosFx): State {
    const { standing } = state
    if (message.ballot !== state.ballot || standing?.promisedBy.includes(from) !== false) {
      return state
    }
    const reported = { ...standing.reported }
    for (const [slot, ballot, value] of message.accepted) {
      if (ballot > (reported[slot]?.ballot ?? 0)) reported[slot] = { ballot, value }
    }
    const promisedBy = [...standing.promisedBy, from]
    const next = { ...state, standing: { promisedBy, reported } }
    return isMajority(promisedBy.length, fx) ? lead(next, reported, fx) : next
  }

  /** Everything that may have been chosen is proposed again, under the own ballot. */
  function lead(state: State, reported: Slots, fx: MultiPaxosFx): State {
    const slots = Object.keys(reported).map(Number)
    const first = state.chosen.length
    const end = reportedTakenOver ? Math.max(first, ...slots.map((slot) => slot + 1)) : first
    let next: State = { ...state, role: 'leader', standing: null, open: {}, next: end, heard: {} }
    for (let slot = first; slot < end; slot++) {
      const value = reported[slot]?.value
      if (value !== undefined || gapsFilled) next = propose(next, slot, value ?? null, fx)
    }
    // A command of its own: only then does it know that it has all that was chosen before.
    next = propose({ ...next, next: end + 1, since: end }, end, null, fx)
    fx.cancelTimer('election')
    return beat(next, fx)
  }

  // The log

  /** Phase 2a. */
  function propose(state: State, slot: number, value: Command | null, fx: MultiPaxosFx): State {
    const { ballot } = state
    const commit = state.chosen.length
    for (const node of fx.nodes) fx.send(node, { type: 'accept', ballot, slot, value, commit })
    return { ...state, open: { ...state.open, [slot]: { value, acceptedBy: [] } } }
  }

  /** Phase 2b. */
  function accept(state: State, from: NodeId, message: Accept, fx: MultiPaxosFx): State {
    const { ballot, slot, value } = message
    if (ballot < state.promised) {
      fx.send(from, { type: 'refused', ballot: state.promised })
      return state
    }
    // First how many slots there are: a restart looks into no others.
    fx.put('slots', Math.max(state.slots, slot + 1))
    const ticket = fx.put(`slot ${slot}`, { ballot, value })
    const durable = acceptedWhenDurable ? ticket : undefined
    fx.send(from, { type: 'accepted', ballot, slot }, durable)
    const next = from === fx.self ? state : follow(state, ballot, fx)
    return learn(
      {
        ...next,
        promised: ballot,
        slots: Math.max(state.slots, slot + 1),
        accepted: { ...state.accepted, [slot]: { ballot, value } },
      },
      from,
      message,
      fx,
    )
  }

  function accepted(state: State, from: NodeId, message: Accepted, fx: MultiPaxosFx): State {
    const open = state.open[message.slot]
    if (state.role !== 'leader' || message.ballot !== state.ballot || open === undefined) {
      return state
    }
    if (open.acceptedBy.includes(from)) return state
    const acceptedBy = [...open.acceptedBy, from]
    return apply({ ...state, open: { ...state.open, [message.slot]: { ...open, acceptedBy } } }, fx)
  }

  /** The leader applies what a majority has accepted, in the order of slots. */
  function apply(state: State, fx: MultiPaxosFx): State {
    let next = state
    for (let slot = next.chosen.length; slot < next.next; slot++) {
      const open = next.open[slot]
      if (open === undefined && !gapsFilled) {
        next = choose(next, null, fx)
        continue
      }
      if (open === undefined || !isMajority(open.acceptedBy.length, fx)) {
        if (slotsAwaited) break
        continue
      }
      const { [slot]: _done, ...rest } = next.open
      next = choose({ ...next, open: rest }, open.value, fx)
    }
    return next
  }

  /** A follower applies what its leader has, and asks for what it does not have. */
  function learn(
    state: State,
    leader: NodeId,
    { ballot, commit }: { readonly ballot: number; readonly commit: number },
    fx: MultiPaxosFx,
  ): State {
    let next = state
    while (next.chosen.length < commit) {
      const entry = next.accepted[next.chosen.length]
      // What was accepted in an older ballot may be something else than what was chosen.
      if (entry?.ballot !== ballot) {
        fx.send(leader, { type: 'missing', from: next.chosen.length })
        break
      }
      next = choose(next, entry.value, fx)
    }
    return next
  }

  function tell(state: State, to: NodeId, from: number, fx: MultiPaxosFx): State {
    const values = state.chosen.slice(from)
    if (values.length > 0) fx.send(to, { type: 'chosen', from, values })
    return state
  }

  function choose(state: State, value: Command | null, fx: MultiPaxosFx): State {
    const chosen = [...state.chosen, value]
    if (value === null) return { ...state, chosen }
    const machine = applied(state.machine, value, once)
    const name = nameOf(value)
    const request = state.waiting[name]
    if (request === undefined) return { ...state, chosen, machine }
    const { [name]: _answered, ...waiting } = state.waiting
    const session = resultOf(machine, value.client, value.serial)
    if (session !== undefined) fx.reply(request, session.result)
    return { ...state, chosen, machine, waiting }
  }

  // Heartbeats and leases

  function beat(state: State, fx: MultiPaxosFx): State {
    const at = leaseMs > 0 ? fx.now() : 0
    const { ballot } = state
    const commit = state.chosen.length
    for (const node of fx.others) fx.send(node, { type: 'heartbeat', ballot, commit, at })
    for (const [slot, { value, acceptedBy }] of Object.entries(state.open)) {
      for (const node of fx.nodes) {
        if (acceptedBy.includes(node)) continue
        fx.send(node, { type: 'accept', ballot, slot: Number(slot), value, commit })
      }
    }
    fx.setTimer('heartbeat', heartbeatMs)
    // A leader is one of those who have promised it the lease.
    const lease = leaseMs > 0 ? { leaseUntil: at + leaseMs, leaseOf: ballot % fx.nodes.length } : {}
    return { ...state, ...lease, heard: { ...state.heard, [fx.self]: at } }
  }

  function heed(state: State, from: NodeId, message: Heartbeat, fx: MultiPaxosFx): State {
    const { ballot, at } = message
    if (ballot < state.promised) {
      fx.send(from, { type: 'refused', ballot: state.promised })
      return state
    }
    const next = learn(follow(state, ballot, fx), from, message, fx)
    if (leaseMs === 0) return next
    fx.send(from, { type: 'heard', ballot, at })
    const leaseUntil = fx.now() + leaseMs
    return { ...next, leaseUntil, leaseOf: fx.nodes.indexOf(from) }
  }

  /** Whether no other node can have become leader: by the clocks of a majority. */
  function holdsLease(state: State, fx: MultiPaxosFx): boolean {
    if (leaseMs === 0 || state.chosen.length <= state.since) return false
    const heard = Object.values(state.heard).sort((a, b) => b - a)
    const majorityHeard = heard[Math.floor(fx.nodes.length / 2)]
    // It began when the heartbeat was sent, and ends before the others think that it does.
    const mine = Math.floor((leaseMs * (100 - skewPercent)) / 100)
    return majorityHeard !== undefined && (!leaseEnds || fx.now() < majorityHeard + mine)
  }

  return program<State, Message, Timer>({
    boot(disk, fx) {
      const slots = (disk.get('slots') as number | undefined) ?? 0
      const accepted: Record<number, Entry> = {}
      let promisedBallot = (disk.get('promised') as number | undefined) ?? 0
      for (let slot = 0; slot < slots; slot++) {
        const entry = disk.get(`slot ${slot}`) as Entry | undefined
        if (entry === undefined) continue
        accepted[slot] = entry
        promisedBallot = Math.max(promisedBallot, entry.ballot)
      }
      fx.setTimer('election', [electionMs, 2 * electionMs])
      return {
        role: 'follower',
        ballot: 0,
        greatest: (disk.get('greatest') as number | undefined) ?? 0,
        promised: promisedBallot,
        accepted,
        slots,
        chosen: [],
        machine: emptyKeyValue,
        standing: null,
        open: {},
        next: 0,
        since: 0,
        waiting: {},
        heard: {},
        // It may have given a lease before it crashed.
        leaseUntil: leaseMs > 0 && !disk.fresh ? fx.now() + leaseMs : 0,
        leaseOf: -1,
      }
    },

    onRequest(state, request, fx) {
      const command = commandOf(request)
      if (command === undefined) {
        fx.fail(request.id, 'not-supported')
        return state
      }
      if (state.role !== 'leader') {
        const leader = fx.nodes[state.ballot % fx.nodes.length]
        const ask = state.ballot === 0 || leader === fx.self ? undefined : leader
        fx.fail(request.id, 'temporarily-unavailable', ask)
        return state
      }
      const local = command.f === 'read' && (!readsLogged || holdsLease(state, fx))
      const told = once ? resultOf(state.machine, command.client, command.serial) : undefined
      if (local || told !== undefined) {
        fx.reply(request.id, local ? valueOf(state.machine, command.key) : told?.result)
        return state
      }
      const waiting = { ...state.waiting, [nameOf(command)]: request.id }
      return propose({ ...state, waiting, next: state.next + 1 }, state.next, command, fx)
    },

    onMessage(state, from, message, fx) {
      switch (message.type) {
        case 'prepare':
          return promise(state, from, message, fx)
        case 'promise':
          return promised(state, from, message, fx)
        case 'accept':
          return accept(state, from, message, fx)
        case 'accepted':
          return accepted(state, from, message, fx)
        case 'heartbeat':
          return heed(state, from, message, fx)
        case 'heard': {
          if (message.ballot !== state.ballot || state.role !== 'leader') return state
          const at = Math.max(message.at, state.heard[from] ?? 0)
          return { ...state, heard: { ...state.heard, [from]: at } }
        }
        case 'refused':
          return message.ballot > state.ballot && state.role !== 'follower'
            ? follow(state, message.ballot, fx)
            : state
        case 'missing':
          return tell(state, from, message.from, fx)
        case 'chosen': {
          let next = state
          const known = state.chosen.length - message.from
          for (const value of message.values.slice(known)) next = choose(next, value, fx)
          return known < 0 ? state : next
        }
      }
    },

    onTimer: (state, timer, fx) => (timer === 'heartbeat' ? beat(state, fx) : stand(state, fx)),

    view: ({ role, ballot, accepted, chosen, machine }) => ({
      role,
      term: ballot,
      accepted,
      delivered: chosen,
      values: machine.values,
    }),
  })
}
