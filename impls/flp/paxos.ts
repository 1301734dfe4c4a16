import type { Normal, Outcome, Process, Send } from '../../src/valency/process.ts'
import { asynchronous, toOthers } from '../../src/valency/process.ts'

/** Ballots are 1, 2, ..., dealt to the proposers in turn; 0 is none. */
interface Local {
  /** Forgotten by acceptors that never propose. */
  readonly input: number
  readonly promised: number
  readonly accepted: number
  readonly value: number | null
  /** Of the proposer: its ballot, where it is, and what it has heard about it. */
  readonly ballot: number
  readonly phase: 'idle' | 'prepare' | 'accept' | 'done'
  readonly heard: readonly Heard[]
  readonly refused: readonly number[]
  /** The highest ballot that a refusal told of. */
  readonly highest: number
  readonly proposal: number | null
  readonly decided: number | null
}

type Heard = readonly [from: number, accepted: number, value: number | null]

type Reply =
  | { readonly type: 'promise'; readonly accepted: number; readonly value: number | null }
  | { readonly type: 'accepted' }
  | { readonly type: 'refused'; readonly promised: number }

type Message =
  | { readonly type: 'prepare'; readonly from: number; readonly ballot: number }
  | {
      readonly type: 'accept'
      readonly from: number
      readonly ballot: number
      readonly value: number
    }
  | {
      readonly type: 'reply'
      readonly from: number
      readonly ballot: number
      readonly reply: Reply
    }
  | { readonly type: 'decided'; readonly value: number }

type Ask = Extract<Message, { readonly type: 'prepare' | 'accept' }>

/**
 * The synod (Lamport 1998): every process accepts, the first few also propose. A proposer starts in
 * an empty step, and again, with a higher ballot, in an empty step after somebody refused. Its own
 * acceptor answers at once; the others by messages.
 */
function synod(processes: number, proposers: number): Process<Local, Message> {
  const majority = (processes >> 1) + 1
  const owner = (ballot: number): number => (ballot - 1) % proposers

  function answer(local: Local, ask: Ask): readonly [Local, Reply] {
    const late = ask.type === 'prepare' ? ask.ballot <= local.promised : ask.ballot < local.promised
    if (late) return [local, { type: 'refused', promised: local.promised }]
    const promised = { ...local, promised: ask.ballot }
    const { accepted, value } = local
    if (ask.type === 'prepare') return [promised, { type: 'promise', accepted, value }]
    return [{ ...promised, accepted: ask.ballot, value: ask.value }, { type: 'accepted' }]
  }

  /** The own acceptor answers first, then the message goes to the others. */
  function ask(local: Local, message: Ask, self: number): Outcome<Local, Message> {
    const [asked, reply] = answer(local, message)
    const { local: next, sends = [] } = hear(asked, self, message.ballot, reply, self)
    return { local: next, sends: [...sends, ...toOthers<Message>(processes, self, message)] }
  }

  function hear(
    local: Local,
    from: number,
    ballot: number,
    reply: Reply,
    self: number,
  ): Outcome<Local, Message> {
    if (ballot !== local.ballot || local.decided !== null) return { local }
    if (reply.type === 'refused') {
      if (local.refused.includes(from)) return { local }
      const refused = [...local.refused, from].sort()
      return { local: { ...local, refused, highest: Math.max(local.highest, reply.promised) } }
    }
    const phase = reply.type === 'promise' ? 'prepare' : 'accept'
    if (phase !== local.phase) return { local }
    const told: Heard =
      reply.type === 'promise' ? [from, reply.accepted, reply.value] : [from, 0, 0]
    const heard = [...local.heard, told].sort(([one], [other]) => one - other)
    if (heard.length < majority) return { local: { ...local, heard } }
    return phase === 'prepare' ? propose(local, heard, self) : decide(local, self)
  }

  function propose(local: Local, heard: readonly Heard[], self: number): Outcome<Local, Message> {
    const [, , found] = heard.reduce((best, each) => (each[1] > best[1] ? each : best))
    const value = found ?? local.input
    const next = { ...local, phase: 'accept', proposal: value, heard: [], refused: [] } as const
    return ask(next, { type: 'accept', from: self, ballot: local.ballot, value }, self)
  }

  function decide(local: Local, self: number): Outcome<Local, Message> {
    const value = local.proposal ?? local.input
    const sends = toOthers<Message>(processes, self, { type: 'decided', value })
    return { local: ended(local, value), sends }
  }

  function startBallot(local: Local, self: number): Outcome<Local, Message> {
    let ballot = Math.max(local.ballot, local.promised, local.highest) + 1
    while (owner(ballot) !== self) ballot++
    const fresh = { heard: [], refused: [], highest: 0, proposal: null }
    const next: Local = { ...local, ...fresh, ballot, phase: 'prepare' }
    return ask(next, { type: 'prepare', from: self, ballot }, self)
  }

  return {
    start: (self, input) => ({
      ...ended({} as Local, null),
      input: self < proposers ? input : 0,
      promised: 0,
      accepted: 0,
      value: null,
      phase: 'idle',
    }),
    step(local, message, self) {
      if (message === undefined) {
        const ready = local.phase === 'idle' || local.refused.length > 0
        const may = self < proposers && local.decided === null && ready
        return may ? startBallot(local, self) : { local }
      }
      if (message.type === 'decided')
        return { local: local.decided === null ? ended(local, message.value) : local }
      if (message.type === 'reply')
        return hear(local, message.from, message.ballot, message.reply, self)
      const [next, reply] = answer(local, message)
      const { from, ballot } = message
      const sends: readonly Send<Message>[] = [[from, { type: 'reply', from: self, ballot, reply }]]
      return { local: next, sends }
    },
    decided: ({ decided }) => decided ?? undefined,
    normal: normalOf(owner),
  }
}

/** What a proposer knew about its ballot is forgotten when there is a decision. */
function ended(local: Local, decided: number | null): Local {
  const known = { heard: [], refused: [], highest: 0, proposal: null }
  return { ...local, ...known, ballot: 0, phase: 'done', decided }
}

/** Old messages are dropped, and ballots are renamed so that order and owners stay. */
function normalOf(owner: (ballot: number) => number): Normal<Local, Message> {
  return {
    spent(message, receiver, asker) {
      if (message.type === 'decided') return receiver.decided !== null
      if (message.type === 'reply') return isOldReply(message, receiver)
      const { ballot, type } = message
      const late = type === 'prepare' ? ballot <= receiver.promised : ballot < receiver.promised
      return late && asker !== undefined && (asker.ballot !== ballot || asker.decided !== null)
    },
    asker: (message) =>
      message.type === 'prepare' || message.type === 'accept' ? message.from : undefined,
    ranks: {
      local: (local, rename) => ({
        ...local,
        promised: named(local.promised, rename),
        accepted: named(local.accepted, rename),
        ballot: named(local.ballot, rename),
        highest: named(local.highest, rename),
        heard: local.heard.map(([from, ballot, value]) => [from, named(ballot, rename), value]),
      }),
      message: (message, rename) => renamedMessage(message, (ballot) => named(ballot, rename)),
      renamed(ballots) {
        let last = 0
        return ballots.map((ballot) => {
          do last++
          while (owner(last) !== owner(ballot))
          return last
        })
      },
    },
  }
}

function named(ballot: number, rename: (rank: number) => number): number {
  return ballot === 0 ? 0 : rename(ballot)
}

function isOldReply(message: Extract<Message, { readonly type: 'reply' }>, to: Local): boolean {
  if (message.ballot !== to.ballot || to.decided !== null) return true
  if (message.reply.type === 'promise') return to.phase !== 'prepare'
  if (message.reply.type === 'accepted') return to.phase !== 'accept'
  return to.refused.includes(message.from)
}

function renamedMessage(message: Message, rename: (ballot: number) => number): Message {
  if (message.type === 'decided') return message
  const ballot = rename(message.ballot)
  if (message.type !== 'reply') return { ...message, ballot }
  const { reply } = message
  if (reply.type === 'accepted') return { ...message, ballot }
  if (reply.type === 'promise')
    return { ...message, ballot, reply: { ...reply, accepted: rename(reply.accepted) } }
  return { ...message, ballot, reply: { ...reply, promised: rename(reply.promised) } }
}

export const paxos = asynchronous(
  'paxos',
  {
    about: 'the synod: majorities promise, then accept; a proposer that was refused tries again',
    source: 'Lamport 1998, The part-time parliament',
    options: { proposers: 2 },
  },
  (processes, { proposers }) => synod(processes, Math.min(proposers, processes)),
)
