import { model, spec } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import { among, id, int, mapOf, option, record, setOf, union } from '../../src/state/index.ts'
import type { Quorum } from './quorums.ts'
import { quorumsOf } from './quorums.ts'
import { voting } from './voting.ts'

/**
 * Paxos for one value. Messages that were sent stay in a set and may be received at any time, more
 * than once or never: that is loss, repetition and reordering. Whoever leads a ballot is not
 * modelled; it is the messages of the ballot that speak. The quorums of the two phases may differ:
 * each of the one has to meet each of the other, as in Flexible Paxos (Howard, Malkhi and
 * Spiegelman, 2016), where they are said by `quorums`.
 */
export const paxos = spec(
  'paxos',
  {
    about: 'Paxos: acceptors choose one value, whoever fails and whatever is lost',
    source: 'Lamport, The Paxos Algorithm, or How to Win a Turing Award, 2019, module Paxos',
    parameters: { quorums: 'majority(n=3)', value: 2, ballot: 2 },
    mutants: {
      'accept-below-promise': 'an acceptor accepts in a ballot although it promised a higher one',
      'ignore-votes': 'a leader proposes any value, whatever votes were reported',
      'any-vote': 'a leader takes up a vote that was reported, but not the highest',
      'promise-without-vote': 'an acceptor promises without saying what it has voted for',
      'reuse-ballot': 'two values are proposed in one ballot, as by a leader that has restarted',
      'forget-promise': 'an acceptor forgets its promise when it restarts',
      'forget-all': 'an acceptor forgets everything when it restarts',
      'accept-only-higher': 'an acceptor refuses the very ballot that it promised',
    },
  },
  ({ quorums, value, ballot }, planted) => {
    const { size, reads, writes, symmetric } = quorumsOf(quorums)
    const ACCEPTOR = id('acceptor', size)
    const VALUE = id('value', value)
    const BALLOT = int(0, ballot - 1)
    const VOTE = option(record({ ballot: BALLOT, value: VALUE }))
    const QUORUM = among(reads)
    const state = {
      /** The highest ballot an acceptor has taken part in; -1: in none. */
      maxBal: mapOf(ACCEPTOR, int(-1, ballot - 1)),
      vote: mapOf(ACCEPTOR, VOTE),
      msgs: setOf(
        union({
          phase1a: { ballot: BALLOT },
          phase1b: { acceptor: ACCEPTOR, ballot: BALLOT, vote: VOTE },
          phase2a: { ballot: BALLOT, value: VALUE },
          phase2b: { acceptor: ACCEPTOR, ballot: BALLOT, value: VALUE },
        }),
      ),
    }
    type S = State<typeof state>
    type Vote = { readonly ballot: number; readonly value: number } | null
    const ballots = Array.from({ length: ballot }, (_, b) => b)
    const values = Array.from({ length: value }, (_, v) => v)
    /** What can be reported in each ballot: none, or a vote in a lower one. */
    const reports = ballots.map((b) =>
      Array.from({ length: VOTE.size }, (_, code) => VOTE.decode(code)).filter(
        (vote) => vote === null || vote.ballot < b,
      ),
    )

    /** What an acceptor reported in phase 1 of a ballot; `undefined` if nothing yet. */
    const reported = (s: S, acceptor: number, b: number): Vote | undefined =>
      reports[b]?.find((vote) => s.msgs.has({ type: 'phase1b', acceptor, ballot: b, vote }))
    /** Whether phase 1 of a ballot has begun, and nothing is proposed in it yet. */
    const mayPropose = (s: S, b: number) =>
      s.msgs.has({ type: 'phase1a', ballot: b }) &&
      (planted('reuse-ballot') ||
        values.every((v) => !s.msgs.has({ type: 'phase2a', ballot: b, value: v })))
    const nothingReported = (s: S, quorum: Quorum, b: number) =>
      quorum.every((acceptor) => {
        const vote = reported(s, acceptor, b)
        return vote === null || (planted('ignore-votes') && vote !== undefined)
      })
    /** Whether all of the quorum reported, and none a vote in a higher ballot than the witness. */
    const isHighest = (s: S, quorum: Quorum, b: number, witness: number) => {
      const highest = reported(s, witness, b)
      if (highest === undefined || highest === null) return false
      return quorum.every((acceptor) => {
        const vote = reported(s, acceptor, b)
        if (vote === undefined) return false
        return vote === null || vote.ballot <= highest.ballot || planted('any-vote')
      })
    }
    const chosenAt = (s: S, b: number, v: number) =>
      writes.some((quorum) =>
        quorum.every((acceptor) => s.msgs.has({ type: 'phase2b', acceptor, ballot: b, value: v })),
      )
    const chosen = (s: S, v: number) => ballots.some((b) => chosenAt(s, b, v))

    return model({
      state,
      init: (s) => {
        s.maxBal.fill(-1)
      },
      actions: {
        phase1a: {
          for: [BALLOT],
          then: (s, b) => {
            s.msgs.add({ type: 'phase1a', ballot: b })
          },
        },
        phase1b: {
          for: [ACCEPTOR, BALLOT],
          when: (s, a, b) => b > s.maxBal.get(a) && s.msgs.has({ type: 'phase1a', ballot: b }),
          then: (s, a, b) => {
            s.maxBal.set(a, b)
            const vote = planted('promise-without-vote') ? null : s.vote.get(a)
            s.msgs.add({ type: 'phase1b', acceptor: a, ballot: b, vote })
          },
        },
        /** A quorum has promised, and none of it has voted: any value will do. */
        phase2aFree: {
          for: [BALLOT, QUORUM, VALUE],
          when: (s, b, quorum) => mayPropose(s, b) && nothingReported(s, quorum, b),
          then: (s, b, _quorum, v) => {
            s.msgs.add({ type: 'phase2a', ballot: b, value: v })
          },
        },
        /** A quorum has promised, and an acceptor of it has reported the highest vote. */
        phase2aBound: {
          for: [BALLOT, QUORUM, ACCEPTOR],
          when: (s, b, quorum, witness) =>
            quorum.includes(witness) && mayPropose(s, b) && isHighest(s, quorum, b, witness),
          then: (s, b, _quorum, witness) => {
            const vote = reported(s, witness, b)
            if (vote) s.msgs.add({ type: 'phase2a', ballot: b, value: vote.value })
          },
        },
        phase2b: {
          for: [ACCEPTOR, BALLOT, VALUE],
          when: (s, a, b, v) =>
            (planted('accept-below-promise') ||
              (planted('accept-only-higher') ? b > s.maxBal.get(a) : b >= s.maxBal.get(a))) &&
            s.msgs.has({ type: 'phase2a', ballot: b, value: v }),
          then: (s, a, b, v) => {
            s.maxBal.set(a, b)
            s.vote.set(a, { ballot: b, value: v })
            s.msgs.add({ type: 'phase2b', acceptor: a, ballot: b, value: v })
          },
        },
        /** What is on disk is still there, so that a restart changes nothing. */
        restart: {
          for: [ACCEPTOR],
          when: (s, a) =>
            (planted('forget-promise') || planted('forget-all')) && s.maxBal.get(a) > -1,
          then: (s, a) => {
            s.maxBal.set(a, planted('forget-promise') ? (s.vote.get(a)?.ballot ?? -1) : -1)
            if (planted('forget-all')) s.vote.set(a, null)
          },
        },
      },
      invariants: {
        'no two values are chosen': {
          for: [VALUE, VALUE],
          holds: (s, v, w) => v >= w || !(chosen(s, v) && chosen(s, w)),
        },
      },
      sometimes: {
        'a value is chosen in the last ballot': (s) =>
          values.some((v) => chosenAt(s, ballot - 1, v)),
      },
      symmetry: symmetric ? [ACCEPTOR, VALUE] : [VALUE],
      network: ['msgs'],
      refines: {
        voting: {
          model: voting.make({ quorums, value, ballot }),
          map: (s, abstract) => {
            abstract.maxBal.assign(s.maxBal)
            for (const message of s.msgs)
              if (message.type === 'phase2b')
                abstract.votes
                  .get(message.acceptor)
                  .add({ ballot: message.ballot, value: message.value })
          },
        },
      },
    })
  },
)
