import { model, spec } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import { among, id, int, mapOf, record, setOf } from '../../src/state/index.ts'
import { consensus } from './consensus.ts'
import type { Quorum } from './quorums.ts'
import { quorumsOf } from './quorums.ts'

/**
 * How acceptors choose a value by votes in numbered ballots, without messages: an acceptor votes
 * only for a value that is safe, one against which nothing can have been chosen in a lower ballot.
 * A quorum of phase 1 shows that: all its members have left the lower ballots behind, and the value
 * is the one of the highest vote among them, or any if there is none.
 */
export const voting = spec(
  'voting',
  {
    about: 'consensus by votes in ballots: Paxos without its messages',
    source: 'Lamport, The Paxos Algorithm, or How to Win a Turing Award, 2019, module Voting',
    parameters: { quorums: 'majority(n=3)', value: 2, ballot: 3 },
    mutants: {
      'vote-below-promise': 'an acceptor votes in a ballot below the one it has got to',
      'any-value': 'an acceptor votes for any value, without a quorum that shows it safe',
      'split-ballot': 'two acceptors vote for different values in the same ballot',
    },
  },
  ({ quorums, value, ballot }, planted) => {
    const { size, reads, writes, symmetric } = quorumsOf(quorums)
    const ACCEPTOR = id('acceptor', size)
    const VALUE = id('value', value)
    const BALLOT = int(0, ballot - 1)
    const QUORUM = among(reads)
    const state = {
      votes: mapOf(ACCEPTOR, setOf(record({ ballot: BALLOT, value: VALUE }))),
      /** The ballot an acceptor has got to; it takes no part in lower ones. -1: in none yet. */
      maxBal: mapOf(ACCEPTOR, int(-1, ballot - 1)),
    }
    type S = State<typeof state>
    const acceptors = Array.from({ length: size }, (_, a) => a)
    const ballots = Array.from({ length: ballot }, (_, b) => b)
    const values = Array.from({ length: value }, (_, v) => v)

    const votedFor = (s: S, a: number, b: number, v: number) =>
      s.votes.get(a).has({ ballot: b, value: v })
    const votedIn = (s: S, a: number, b: number) => values.some((v) => votedFor(s, a, b, v))
    const mayVote = (s: S, a: number, b: number, v: number) =>
      (s.maxBal.get(a) <= b || planted('vote-below-promise')) &&
      !votedIn(s, a, b) &&
      (planted('split-ballot') ||
        acceptors.every((other) => values.every((w) => w === v || !votedFor(s, other, b, w))))
    const noneVoted = (s: S, quorum: Quorum, from: number, below: number) =>
      ballots.every((b) => b < from || b >= below || quorum.every((a) => !votedIn(s, a, b)))
    const passed = (s: S, quorum: Quorum, b: number) => quorum.every((a) => s.maxBal.get(a) >= b)
    const chosenAt = (s: S, b: number, v: number) =>
      writes.some((quorum) => quorum.every((a) => votedFor(s, a, b, v)))
    const chosen = (s: S, v: number) => ballots.some((b) => chosenAt(s, b, v))

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
        /** Because nobody in the quorum has voted in a lower ballot. */
        voteFreely: {
          for: [ACCEPTOR, BALLOT, VALUE, QUORUM],
          when: (s, a, b, v, quorum) =>
            mayVote(s, a, b, v) &&
            (planted('any-value') || (passed(s, quorum, b) && noneVoted(s, quorum, 0, b))),
          then: (s, a, b, v) => {
            s.votes.get(a).add({ ballot: b, value: v })
            s.maxBal.set(a, b)
          },
        },
        /** Because a member of the quorum has voted for it, and nobody in a ballot between. */
        voteAlike: {
          for: [ACCEPTOR, BALLOT, VALUE, QUORUM, BALLOT, ACCEPTOR],
          when: (s, a, b, v, quorum, lower, witness) =>
            lower < b &&
            votedFor(s, witness, lower, v) &&
            quorum.includes(witness) &&
            mayVote(s, a, b, v) &&
            passed(s, quorum, b) &&
            noneVoted(s, quorum, lower + 1, b),
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
        'no two values are voted for in a ballot': {
          for: [BALLOT, VALUE, VALUE],
          holds: (s, b, v, w) =>
            v >= w ||
            !acceptors.some((a) => votedFor(s, a, b, v)) ||
            !acceptors.some((a) => votedFor(s, a, b, w)),
        },
      },
      sometimes: {
        'a value is chosen in the first ballot': (s) => values.some((v) => chosenAt(s, 0, v)),
        'a value is chosen in the last ballot and in no other': (s) =>
          values.some((v) => ballots.every((b) => chosenAt(s, b, v) === (b === ballot - 1))),
      },
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
