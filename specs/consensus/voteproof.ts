import { model, spec } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import { id, int, mapOf, record, setOf } from '../../src/state/index.ts'
import { consensus } from './consensus.ts'
import type { Quorum } from './quorums.ts'
import { quorumsOf } from './quorums.ts'

/**
 * Voting with the weaker condition from which Fast Paxos follows as well: a value is safe in a
 * ballot when, as far as a quorum can tell, nothing else was or will be chosen below.
 */
export const voteProof = spec(
  'voteproof',
  {
    about: 'voting, with the weakest condition for a value to be safe',
    source: 'Lamport, Byzantizing Paxos by Refinement, 2011, and module VoteProof to it',
    parameters: { quorums: 'majority(n=3)', value: 2, ballot: 3 },
    mutants: {
      'vote-twice': 'an acceptor votes for a second value in a ballot',
      'safe-below-votes': 'a value is safe although the quorum voted for another one just below',
    },
  },
  ({ quorums, value, ballot }, planted) => {
    const { size, reads, writes, symmetric } = quorumsOf(quorums)
    const ACCEPTOR = id('acceptor', size)
    const VALUE = id('value', value)
    const BALLOT = int(0, ballot - 1)
    const state = {
      votes: mapOf(ACCEPTOR, setOf(record({ ballot: BALLOT, value: VALUE }))),
      maxBal: mapOf(ACCEPTOR, int(-1, ballot - 1)),
    }
    type S = State<typeof state>
    const values = Array.from({ length: value }, (_, v) => v)

    const votedFor = (s: S, a: number, b: number, v: number) =>
      s.votes.get(a).has({ ballot: b, value: v })
    const votesOnlyFor = (s: S, a: number, b: number, v: number) =>
      values.every((w) => w === v || !votedFor(s, a, b, w))
    const votedIn = (s: S, a: number, b: number) => values.some((v) => votedFor(s, a, b, v))

    const safeAt = (s: S, b: number, v: number): boolean =>
      b === 0 ||
      reads.some(
        (quorum) => quorum.every((a) => s.maxBal.get(a) >= b) && shows(s, quorum, b - 1, v),
      )
    /** Going down from a ballot: nobody voted, down to where those who did voted for the value. */
    const shows = (s: S, quorum: Quorum, from: number, v: number): boolean => {
      for (let c = from; c >= 0; c--) {
        const alike = planted('safe-below-votes') || quorum.every((a) => votesOnlyFor(s, a, c, v))
        if (alike && safeAt(s, c, v)) return true
        if (quorum.some((a) => votedIn(s, a, c))) return false
      }
      return true
    }
    const chosen = (s: S, v: number) =>
      Array.from({ length: ballot }, (_, b) => b).some((b) =>
        writes.some((quorum) => quorum.every((a) => votedFor(s, a, b, v))),
      )

    return model({
      state,
      init: (s) => {
        s.maxBal.fill(-1)
      },
      actions: {
        increaseMaxBal: {
          for: [ACCEPTOR, BALLOT],
          when: (s, a, b) => b > s.maxBal.get(a),
          then: (s, a, b) => {
            s.maxBal.set(a, b)
          },
        },
        voteFor: {
          for: [ACCEPTOR, BALLOT, VALUE],
          when: (s, a, b, v) =>
            s.maxBal.get(a) <= b &&
            (planted('vote-twice') ? !votedFor(s, a, b, v) : !votedIn(s, a, b)) &&
            s.votes.every((_, other) => other === a || votesOnlyFor(s, other, b, v)) &&
            safeAt(s, b, v),
          then: (s, a, b, v) => {
            s.votes.get(a).add({ ballot: b, value: v })
            s.maxBal.set(a, b)
          },
        },
      },
      invariants: {
        'no two values are chosen': {
          for: [VALUE, VALUE],
          holds: (s, v, w) => v >= w || !(chosen(s, v) && chosen(s, w)),
        },
        'who voted in a ballot voted for one value': {
          for: [ACCEPTOR, BALLOT],
          holds: (s, a, b) => values.filter((v) => votedFor(s, a, b, v)).length <= 1,
        },
        'what was voted for is safe': {
          for: [ACCEPTOR, BALLOT, VALUE],
          holds: (s, a, b, v) => !votedFor(s, a, b, v) || safeAt(s, b, v),
        },
      },
      sometimes: { 'a value is chosen': (s) => values.some((v) => chosen(s, v)) },
      ends: 'anywhere',
      symmetry: symmetric ? [ACCEPTOR, VALUE] : [VALUE],
      refines: {
        consensus: {
          model: consensus.make({ value }),
          map: (s, abstract) => {
            abstract.chosen.assign(values.filter((v) => chosen(s, v)))
          },
        },
      },
    })
  },
)
