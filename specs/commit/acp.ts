import type { State } from '../../src/state/index.ts'
import { bool, id, mapOf, oneOf, record, setOf } from '../../src/state/index.ts'

export interface Bugs {
  readonly commitOnOneYes?: boolean
  readonly abortAfterYes?: boolean
}

/**
 * What the atomic commitment protocols of Babaoglu and Toueg have in common: the coordinator asks
 * for votes, decides, and gives its decision to one participant after the other. Everybody may die
 * at any time. Votes are read by the coordinator and decisions by the participants where they lie;
 * participants notice that the coordinator is dead, and the other way round.
 */
export function simpleBroadcast(participants: number, bugs: Bugs) {
  const PARTICIPANT = id('participant', participants)
  const DECISION = oneOf('undecided', 'commit', 'abort')
  const state = {
    /** Who votes yes: any set. */
    yes: setOf(PARTICIPANT),
    participants: mapOf(
      PARTICIPANT,
      record({ alive: bool(), decision: DECISION, voteSent: bool() }),
    ),
    /** The coordinator: whom it asked, what it got, and what it told to whom. */
    alive: bool(),
    decision: DECISION,
    request: setOf(PARTICIPANT),
    vote: mapOf(PARTICIPANT, oneOf('waiting', 'yes', 'no')),
    broadcast: mapOf(PARTICIPANT, oneOf('unsent', 'commit', 'abort')),
  }
  type S = State<typeof state>
  const each = [PARTICIPANT] as const
  const waitsFor = (s: S, i: number) =>
    s.alive &&
    s.decision === 'undecided' &&
    s.request.size === participants &&
    s.vote.get(i) === 'waiting'
  const decides = (s: S) =>
    s.alive && s.decision === 'undecided' && s.vote.every((vote) => vote !== 'waiting')
  const undecided = (s: S, i: number) => {
    const own = s.participants.get(i)
    return own.alive && own.decision === 'undecided'
  }
  return {
    PARTICIPANT,
    state,
    undecided,
    init: {
      votes: {
        for: [state.yes] as const,
        then: (s: S, yes: ReadonlySet<number>) => {
          s.yes.assign(yes)
          s.alive = true
          s.participants.fill({ alive: true, decision: 'undecided', voteSent: false })
        },
      },
    },
    actions: {
      ask: {
        for: each,
        when: (s: S, i: number) => s.alive && !s.request.has(i),
        then: (s: S, i: number) => {
          s.request.add(i)
        },
      },
      getVote: {
        for: each,
        when: (s: S, i: number) => waitsFor(s, i) && s.participants.get(i).voteSent,
        then: (s: S, i: number) => {
          s.vote.set(i, s.yes.has(i) ? 'yes' : 'no')
        },
      },
      detectFault: {
        for: each,
        when: (s: S, i: number) => {
          const own = s.participants.get(i)
          return waitsFor(s, i) && !own.alive && !own.voteSent
        },
        then: (s: S) => {
          s.decision = 'abort'
        },
      },
      decideCommit: {
        when: (s: S) =>
          decides(s) &&
          (bugs.commitOnOneYes === true
            ? s.vote.some((vote) => vote === 'yes')
            : s.vote.every((vote) => vote === 'yes')),
        then: (s: S) => {
          s.decision = 'commit'
        },
      },
      /** Because of a participant that votes no. */
      decideAbort: {
        for: each,
        when: (s: S, i: number) => decides(s) && s.vote.get(i) === 'no',
        then: (s: S) => {
          s.decision = 'abort'
        },
      },
      tell: {
        for: each,
        when: (s: S, i: number) =>
          s.alive && s.decision !== 'undecided' && s.broadcast.get(i) === 'unsent',
        then: (s: S, i: number) => {
          if (s.decision !== 'undecided') s.broadcast.set(i, s.decision)
        },
      },
      coordinatorDies: {
        when: (s: S) => s.alive,
        then: (s: S) => {
          s.alive = false
        },
      },
      sendVote: {
        for: each,
        when: (s: S, i: number) => s.participants.get(i).alive && s.request.has(i),
        then: (s: S, i: number) => {
          s.participants.get(i).voteSent = true
        },
      },
      abortOnVote: {
        for: each,
        when: (s: S, i: number) =>
          undecided(s, i) && s.participants.get(i).voteSent && !s.yes.has(i),
        then: (s: S, i: number) => {
          s.participants.get(i).decision = 'abort'
        },
      },
      /** Who was never asked by a coordinator that is dead now. */
      abortUnasked: {
        for: each,
        when: (s: S, i: number) =>
          undecided(s, i) && !s.alive && (!s.request.has(i) || bugs.abortAfterYes === true),
        then: (s: S, i: number) => {
          s.participants.get(i).decision = 'abort'
        },
      },
      participantDies: {
        for: each,
        when: (s: S, i: number) => s.participants.get(i).alive,
        then: (s: S, i: number) => {
          s.participants.get(i).alive = false
        },
      },
    },
    invariants: {
      'AC1: no two participants decide differently': {
        for: [PARTICIPANT, PARTICIPANT] as const,
        holds: (s: S, one: number, other: number) =>
          !(
            s.participants.get(one).decision === 'commit' &&
            s.participants.get(other).decision === 'abort'
          ),
      },
      'AC2: commit only when all vote yes': {
        for: each,
        holds: (s: S, i: number) =>
          s.participants.get(i).decision !== 'commit' || s.yes.size === participants,
      },
      'AC3: abort only when somebody votes no or is dead': {
        for: each,
        holds: (s: S, i: number) =>
          s.participants.get(i).decision !== 'abort' ||
          s.yes.size < participants ||
          !s.alive ||
          s.participants.some((one) => !one.alive),
      },
    },
    sometimes: {
      'all commit': (s: S) => s.participants.every((one) => one.decision === 'commit'),
      'all abort': (s: S) => s.participants.every((one) => one.decision === 'abort'),
    },
  }
}
