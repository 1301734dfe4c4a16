import type { Normal, Outcome, Process, Send } from '../../src/valency/process.ts'
import { asynchronous, toOthers } from '../../src/valency/process.ts'

/** Rounds are 1, 2, ..., each with a coordinator of its own; 0 is none. */
interface Local {
  readonly estimate: number
  /** The round in which the estimate was locked. */
  readonly stamp: number
  readonly round: number
  /** Of the coordinator of the round: it gathers estimates, then acknowledgements. */
  readonly phase: 'new' | 'wait' | 'gather' | 'propose' | 'stuck' | 'done'
  readonly heard: readonly Heard[]
  readonly decided: number | null
}

type Heard = readonly [from: number, stamp: number, estimate: number]

type Message =
  | {
      readonly type: 'estimate'
      readonly round: number
      readonly from: number
      readonly stamp: number
      readonly estimate: number
    }
  | { readonly type: 'propose'; readonly round: number; readonly estimate: number }
  | { readonly type: 'ack'; readonly round: number; readonly from: number }
  | { readonly type: 'decided'; readonly estimate: number }

type Done = Outcome<Local, Message>

/**
 * As Chandra and Toueg (1996), with timeouts in place of their failure detector: the coordinator of
 * a round proposes the estimate that was locked last, others lock it, a majority decides. Whoever
 * has waited in vain goes on to the next round; after the last of `rounds`, nowhere.
 */
function rotating(processes: number, rounds: number): Process<Local, Message> {
  const majority = (processes >> 1) + 1
  const coordinator = (round: number): number => (round - 1) % processes

  function enter(local: Local, round: number, self: number): Done {
    if (round > rounds) return { local: { ...local, phase: 'stuck', heard: [] } }
    const { stamp, estimate } = local
    if (coordinator(round) === self) {
      const own: Heard = [self, stamp, estimate]
      return gathered({ ...local, round, phase: 'gather', heard: [] }, own, self)
    }
    const message: Message = { type: 'estimate', round, from: self, stamp, estimate }
    const next: Local = { ...local, round, phase: 'wait', heard: [] }
    return { local: next, sends: [[coordinator(round), message]] }
  }

  function gathered(local: Local, estimate: Heard, self: number): Done {
    const heard = [...local.heard, estimate].sort(([one], [other]) => one - other)
    if (heard.length < majority) return { local: { ...local, heard } }
    const [, , best] = heard.reduce((most, each) => (each[1] > most[1] ? each : most))
    const { round } = local
    const locked: Local = { ...local, estimate: best, stamp: round, phase: 'propose', heard: [] }
    const sends = toOthers<Message>(processes, self, { type: 'propose', round, estimate: best })
    const { local: next, sends: more = [] } = acknowledged(locked, self, self)
    return { local: next, sends: [...sends, ...more] }
  }

  function acknowledged(local: Local, from: number, self: number): Done {
    const heard = [...local.heard, [from, 0, 0] as const].sort(([one], [other]) => one - other)
    if (heard.length < majority) return { local: { ...local, heard } }
    const { estimate } = local
    const sends = toOthers<Message>(processes, self, { type: 'decided', estimate })
    return { local: ended(estimate), sends }
  }

  /** A message of a later round takes its receiver there, as waiting in vain would have. */
  function receive(local: Local, message: Message, self: number): Done {
    if (message.type === 'decided') return { local: ended(message.estimate) }
    if (local.phase === 'stuck' || message.round < local.round) return { local }
    const { round } = message
    if (message.type === 'propose') {
      if (round === local.round && local.phase !== 'wait') return { local }
      const locked: Local = { ...local, estimate: message.estimate, stamp: round, round }
      return then([[coordinator(round), ack(round, self)]], enter(locked, round + 1, self))
    }
    if (message.type === 'ack')
      return round === local.round && local.phase === 'propose'
        ? acknowledged(local, message.from, self)
        : { local }
    const here = round === local.round ? { local } : enter(local, round, self)
    if (here.local.phase !== 'gather') return here
    const told: Heard = [message.from, message.stamp, message.estimate]
    return then(here.sends ?? [], gathered(here.local, told, self))
  }

  return {
    start: (_, input) => ({
      estimate: input,
      stamp: 0,
      round: 0,
      phase: 'new',
      heard: [],
      decided: null,
    }),
    step(local, message, self) {
      if (local.phase === 'done') return { local }
      if (local.phase === 'new') {
        const first = enter(local, 1, self)
        if (message === undefined || first.local.phase === 'done') return first
        return then(first.sends ?? [], receive(first.local, message, self))
      }
      if (message !== undefined) return receive(local, message, self)
      return local.phase === 'stuck' ? { local } : enter(local, local.round + 1, self)
    },
    decided: ({ decided }) => decided ?? undefined,
    normal: SPENT,
  }
}

function ack(round: number, from: number): Message {
  return { type: 'ack', round, from }
}

function then(sends: readonly Send<Message>[], next: Done): Done {
  return { local: next.local, sends: [...sends, ...(next.sends ?? [])] }
}

function ended(decided: number): Local {
  return { estimate: 0, stamp: 0, round: 0, phase: 'done', heard: [], decided }
}

const SPENT: Normal<Local, Message> = {
  spent(message, receiver) {
    if (receiver.phase === 'done') return true
    if (message.type === 'decided') return false
    if (receiver.phase === 'stuck' || message.round < receiver.round) return true
    if (receiver.phase === 'new' || message.round > receiver.round) return false
    if (message.type === 'estimate') return receiver.phase === 'propose'
    return message.type === 'propose' && receiver.phase !== 'wait'
  },
}

export const rotatingCoordinator = asynchronous(
  'rotating-coordinator',
  {
    about: 'every round another coordinator proposes what was locked last, for a few rounds',
    source: 'Chandra, Toueg 1996, Unreliable failure detectors for reliable distributed systems',
    options: { rounds: 2 },
  },
  (processes, { rounds }) => rotating(processes, rounds),
)
