import { model, spec } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import {
  among,
  id,
  int,
  mapOf,
  oneOf,
  option,
  record,
  setOf,
  union,
} from '../../src/state/index.ts'
import type { Quorum } from '../consensus/quorums.ts'
import { quorumsOf } from '../consensus/quorums.ts'
import { transactionCommit } from './tcommit.ts'

/**
 * Paxos Commit: an instance of Paxos for each resource manager decides whether it is prepared or
 * aborted, and the transaction commits when all are prepared. Two-phase commit is the case of one
 * acceptor. Ballot 0 belongs to the resource managers themselves, who need no phase 1 in it.
 */
export const paxosCommit = spec(
  'paxos-commit',
  {
    about: 'Paxos Commit: atomic commit that does not block when a coordinator fails',
    source: 'Gray and Lamport, Consensus on Transaction Commit, 2006, section 4 and appendix',
    parameters: { rm: 2, ballot: 2, quorums: 'majority(n=3)' },
    mutants: {
      'ignore-reports': 'a leader aborts without regard to what the acceptors report',
      'accept-below-promise': 'an acceptor accepts in a ballot below the one it promised',
      'commit-on-one': 'the transaction commits when one resource manager is chosen as prepared',
    },
  },
  ({ rm, ballot, quorums }, planted) => {
    const { size, reads, writes } = quorumsOf(quorums)
    const RM = id('rm', rm)
    const ACCEPTOR = id('acceptor', size)
    const BALLOT = int(0, ballot - 1)
    const BALLOT_OF_LEADER = int(1, ballot - 1)
    const OUTCOME = oneOf('prepared', 'aborted')
    const VOTE = option(record({ ballot: BALLOT, outcome: OUTCOME }))
    const state = {
      rm: mapOf(RM, oneOf('working', 'prepared', 'committed', 'aborted')),
      /** In each instance, for each acceptor: the ballot it is in, and what it accepted last. */
      acceptor: mapOf(RM, mapOf(ACCEPTOR, record({ ballot: BALLOT, vote: VOTE }))),
      msgs: setOf(
        union({
          phase1a: { rm: RM, ballot: BALLOT_OF_LEADER },
          phase1b: { rm: RM, acceptor: ACCEPTOR, ballot: BALLOT_OF_LEADER, vote: VOTE },
          phase2a: { rm: RM, ballot: BALLOT, outcome: OUTCOME },
          phase2b: { rm: RM, acceptor: ACCEPTOR, ballot: BALLOT, outcome: OUTCOME },
          commit: {},
          abort: {},
        }),
      ),
    }
    type S = State<typeof state>
    const votes = Array.from({ length: VOTE.size }, (_, code) => VOTE.decode(code))
    const ballots = Array.from({ length: ballot }, (_, number) => number)

    /** What an acceptor reported in phase 1: a vote, `null` for none, or `undefined` if nothing. */
    const reported = (s: S, r: number, acceptor: number, b: number) =>
      votes.find((vote) => s.msgs.has({ type: 'phase1b', rm: r, acceptor, ballot: b, vote }))
    const allReported = (s: S, r: number, b: number, quorum: Quorum) =>
      quorum.every((acceptor) => reported(s, r, acceptor, b) !== undefined)
    /** What a leader may propose: what was voted for in the highest ballot, or to abort. */
    const freeOutcome = (s: S, r: number, b: number, quorum: Quorum) => {
      let highest: { readonly ballot: number; readonly outcome: 'prepared' | 'aborted' } | null =
        null
      for (const acceptor of quorum) {
        const vote = reported(s, r, acceptor, b) ?? null
        if (vote !== null && (highest === null || vote.ballot > highest.ballot)) highest = vote
      }
      return highest === null || planted('ignore-reports') ? 'aborted' : highest.outcome
    }
    /** Whether phase 1 of a ballot has begun, and nothing is proposed in it yet. */
    const mayPropose = (s: S, r: number, b: number) =>
      s.msgs.has({ type: 'phase1a', rm: r, ballot: b }) &&
      !s.msgs.has({ type: 'phase2a', rm: r, ballot: b, outcome: 'prepared' }) &&
      !s.msgs.has({ type: 'phase2a', rm: r, ballot: b, outcome: 'aborted' })
    const chosen = (s: S, r: number, outcome: 'prepared' | 'aborted') =>
      ballots.some((b) =>
        writes.some((quorum) =>
          quorum.every((acceptor) =>
            s.msgs.has({ type: 'phase2b', rm: r, acceptor, ballot: b, outcome }),
          ),
        ),
      )
    const managers = Array.from({ length: rm }, (_, r) => r)

    return model({
      state,
      actions: {
        rmPrepare: {
          for: [RM],
          when: (s, r) => s.rm.get(r) === 'working',
          then: (s, r) => {
            s.rm.set(r, 'prepared')
            s.msgs.add({ type: 'phase2a', rm: r, ballot: 0, outcome: 'prepared' })
          },
        },
        rmChooseToAbort: {
          for: [RM],
          when: (s, r) => s.rm.get(r) === 'working',
          then: (s, r) => {
            s.rm.set(r, 'aborted')
            s.msgs.add({ type: 'phase2a', rm: r, ballot: 0, outcome: 'aborted' })
          },
        },
        rmRcvCommit: {
          for: [RM],
          when: (s) => s.msgs.has({ type: 'commit' }),
          then: (s, r) => {
            s.rm.set(r, 'committed')
          },
        },
        rmRcvAbort: {
          for: [RM],
          when: (s) => s.msgs.has({ type: 'abort' }),
          then: (s, r) => {
            s.rm.set(r, 'aborted')
          },
        },
        phase1a: {
          for: [BALLOT_OF_LEADER, RM],
          then: (s, b, r) => {
            s.msgs.add({ type: 'phase1a', rm: r, ballot: b })
          },
        },
        phase1b: {
          for: [ACCEPTOR, RM, BALLOT_OF_LEADER],
          when: (s, acceptor, r, b) =>
            s.acceptor.get(r).get(acceptor).ballot < b &&
            s.msgs.has({ type: 'phase1a', rm: r, ballot: b }),
          then: (s, acceptor, r, b) => {
            const own = s.acceptor.get(r).get(acceptor)
            own.ballot = b
            s.msgs.add({ type: 'phase1b', rm: r, acceptor, ballot: b, vote: own.vote })
          },
        },
        phase2a: {
          for: [BALLOT_OF_LEADER, RM, among(reads)],
          when: (s, b, r, quorum) => mayPropose(s, r, b) && allReported(s, r, b, quorum),
          then: (s, b, r, quorum) => {
            const outcome = freeOutcome(s, r, b, quorum)
            s.msgs.add({ type: 'phase2a', rm: r, ballot: b, outcome })
          },
        },
        phase2b: {
          for: [ACCEPTOR, RM, BALLOT, OUTCOME],
          when: (s, acceptor, r, b, outcome) =>
            (s.acceptor.get(r).get(acceptor).ballot <= b || planted('accept-below-promise')) &&
            s.msgs.has({ type: 'phase2a', rm: r, ballot: b, outcome }),
          then: (s, acceptor, r, b, outcome) => {
            const own = s.acceptor.get(r).get(acceptor)
            own.ballot = b
            own.vote = { ballot: b, outcome }
            s.msgs.add({ type: 'phase2b', rm: r, acceptor, ballot: b, outcome })
          },
        },
        decideCommit: {
          when: (s) =>
            planted('commit-on-one')
              ? managers.some((r) => chosen(s, r, 'prepared'))
              : managers.every((r) => chosen(s, r, 'prepared')),
          then: (s) => {
            s.msgs.add({ type: 'commit' })
          },
        },
        decideAbort: {
          for: [RM],
          when: (s, r) => chosen(s, r, 'aborted'),
          then: (s) => {
            s.msgs.add({ type: 'abort' })
          },
        },
      },
      invariants: {
        'no two managers decide differently': {
          for: [RM, RM],
          holds: (s, one, other) =>
            !(s.rm.get(one) === 'aborted' && s.rm.get(other) === 'committed'),
        },
        'it is not decided both to commit and to abort': (s) =>
          !(s.msgs.has({ type: 'commit' }) && s.msgs.has({ type: 'abort' })),
      },
      sometimes: {
        'all commit': (s) => s.rm.every((outcome) => outcome === 'committed'),
        'it aborts though all were prepared': (s) =>
          s.msgs.has({ type: 'abort' }) && s.rm.every((outcome) => outcome === 'prepared'),
      },
      symmetry: [RM],
      refines: {
        tcommit: {
          model: transactionCommit.make({ rm }),
          map: (s, abstract) => {
            abstract.rm.assign(s.rm)
          },
        },
      },
    })
  },
)
