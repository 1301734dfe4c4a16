import type { Normal, Process, Send } from '../../src/valency/process.ts'
import { asynchronous, toOthers } from '../../src/valency/process.ts'

/** A report of a preference, or a proposal; `null` proposes nothing. Phases 1 and 2 of a round. */
interface Vote {
  readonly type: 'report' | 'proposal'
  readonly round: number
  readonly from: number
  readonly value: number | null
}

type Message = Vote | { readonly type: 'decided'; readonly value: number }

interface Local {
  readonly preference: number
  readonly round: number
  readonly phase: 'new' | 'report' | 'proposal' | 'done'
  /** Votes of this phase and of later ones, in an order of their own. */
  readonly votes: readonly Vote[]
  readonly decided: number | null
}

interface Said {
  readonly local: Local
  readonly sends: readonly Send<Message>[]
}

/** How many equal votes are enough, given how many are looked at. */
interface Thresholds {
  readonly proposes: (same: number, seen: number) => boolean
  readonly decides: (same: number, seen: number) => boolean
}

/**
 * Ben-Or (1983), for crashes: every round a report and a proposal, each awaited from all but
 * `faults`; whoever learns nothing tosses a coin. Rounds are renamed so that the slowest is in
 * round 0, and none may be more than `gap` ahead.
 */
function benOrProcess(
  processes: number,
  { faults, gap }: { readonly faults: number; readonly gap: number },
  { proposes, decides }: Thresholds,
): Process<Local, Message> {
  const enough = processes - faults

  function isOld(local: Local, vote: Vote): boolean {
    if (vote.round !== local.round) return vote.round < local.round
    return vote.type === 'report' && local.phase === 'proposal'
  }

  function say(local: Local, self: number, type: Vote['type'], value: number | null): Said {
    const vote: Vote = { type, round: local.round, from: self, value }
    const votes = [...local.votes.filter((each) => !isOld(local, each)), vote].sort(inOrder)
    return { local: { ...local, votes }, sends: toOthers<Message>(processes, self, vote) }
  }

  /** One phase, if the votes that are there suffice for it. */
  function proceed(local: Local, self: number): readonly Said[] {
    const { round, phase } = local
    const mine = local.votes.filter((vote) => vote.round === round && vote.type === phase)
    if (mine.length < enough) return [{ local, sends: [] }]
    const seen = mine.slice(0, enough).map(({ value }) => value)
    const count = (value: number) => seen.filter((each) => each === value).length
    if (phase === 'report') {
      const proposal = [0, 1].find((value) => proposes(count(value), seen.length)) ?? null
      return [say({ ...local, phase: 'proposal' }, self, 'proposal', proposal)]
    }
    const decision = [0, 1].find((value) => decides(count(value), seen.length))
    if (decision !== undefined) {
      const sends = toOthers<Message>(processes, self, { type: 'decided', value: decision })
      return [{ local: ended(decision), sends }]
    }
    const held = [0, 1].filter((value) => count(value) > 0)
    const preferences = held.length > 0 ? held.slice(0, 1) : [0, 1]
    return preferences.map((preference) => {
      const next: Local = { ...local, preference, round: round + 1, phase: 'report' }
      return say(next, self, 'report', preference)
    })
  }

  return {
    start: (_, input) => ({
      preference: input,
      round: 0,
      phase: 'new',
      votes: [],
      decided: null,
    }),
    step(local, message, self) {
      if (local.decided !== null) return { local }
      const first = local.phase === 'new'
      const { local: awake, sends } = first
        ? say({ ...local, phase: 'report' }, self, 'report', local.preference)
        : { local, sends: [] }
      if (message?.type === 'decided') return { local: ended(message.value), sends }
      const isNews = message !== undefined && !isOld(awake, message)
      const votes = isNews ? [...awake.votes, message].sort(inOrder) : awake.votes
      return proceed({ ...awake, votes }, self).map((next) => ({
        local: next.local,
        sends: [...sends, ...next.sends],
      }))
    },
    decided: ({ decided }) => decided ?? undefined,
    normal: normalOf(isOld, gap),
  }
}

function ended(decided: number): Local {
  return { preference: 0, round: 0, phase: 'done', votes: [], decided }
}

function inOrder(one: Vote, other: Vote): number {
  if (one.round !== other.round) return one.round - other.round
  if (one.type !== other.type) return one.type === 'report' ? -1 : 1
  return one.from - other.from
}

function normalOf(
  isOld: (local: Local, vote: Vote) => boolean,
  gap: number,
): Normal<Local, Message> {
  const message = (each: Message, rename: (round: number) => number): Message =>
    each.type === 'decided' ? each : { ...each, round: rename(each.round) }
  return {
    spent: (each, receiver) =>
      receiver.decided !== null || (each.type !== 'decided' && isOld(receiver, each)),
    ranks: {
      local: (local, rename) =>
        local.decided !== null
          ? local
          : {
              ...local,
              round: rename(local.round),
              votes: local.votes.map((vote) => ({ ...vote, round: rename(vote.round) })),
            },
      message,
      renamed: (rounds) => rounds.map((round) => round - (rounds[0] ?? 0)),
    },
    within: ({ round }) => round <= gap,
    bound: `processes that are more than ${gap} ahead of the slowest that has not decided`,
  }
}

const source = 'Ben-Or 1983, Another advantage of free choice: completely asynchronous agreement'
const options = { faults: 1, gap: 1 }

export const benOr = asynchronous(
  'ben-or',
  {
    about: 'every round a report and a proposal, and a coin where they leave it open',
    source,
    options,
  },
  (processes, given) =>
    benOrProcess(processes, given, {
      proposes: (same) => same * 2 > processes,
      decides: (same) => same > given.faults,
    }),
)

export const benOrReceived = asynchronous(
  'ben-or-received',
  {
    about: 'Ben-Or with the mistake that majorities are of the votes received, not of all',
    source,
    options,
  },
  (processes, given) =>
    benOrProcess(processes, given, {
      proposes: (same, seen) => same * 2 > seen,
      decides: (same, seen) => same * 2 > seen,
    }),
)
