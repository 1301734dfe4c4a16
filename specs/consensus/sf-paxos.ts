import { model, spec } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import { among, id, int, mapOf, option, record, setOf, union } from '../../src/state/index.ts'
import type { Quorum } from './quorums.ts'
import { quorumsOf } from './quorums.ts'

/**
 * Paxos as it stands beside a Fast Paxos: ballot 0 is where replicas begin, and a decision is
 * taken by whoever sees a quorum of phase 2. To be explored up to the names of replicas and values.
 */
export const paxosBesideFast = spec(
  'sf-paxos-sym',
  {
    about: 'Paxos with a decision, up to the names of replicas and values',
    source: 'after L. Zhao, SimplifiedFastPaxos, in the TLA+ Examples; Lamport, Fast Paxos, 2006',
    parameters: { quorums: 'majority(n=4)', value: 3, ballot: 3 },
    mutants: {
      'accept-below-promise': 'a replica accepts in a ballot although it promised a higher one',
      'ignore-votes': 'a leader proposes any value, whatever votes were reported',
    },
  },
  ({ quorums, value, ballot }, planted) => {
    const { size, reads, writes, symmetric } = quorumsOf(quorums)
    const REPLICA = id('replica', size)
    const VALUE = id('value', value)
    const BALLOT = int(0, ballot - 1)
    const LATER_BALLOT = int(1, ballot - 1)
    const VOTE = option(record({ ballot: BALLOT, value: VALUE }))
    const state = {
      maxBallot: mapOf(REPLICA, BALLOT),
      vote: mapOf(REPLICA, VOTE),
      decision: option(VALUE),
      msgs: setOf(
        union({
          p1a: { ballot: LATER_BALLOT },
          p1b: { replica: REPLICA, ballot: LATER_BALLOT, vote: VOTE },
          p2a: { ballot: BALLOT, value: VALUE },
          p2b: { replica: REPLICA, ballot: BALLOT, value: VALUE },
        }),
      ),
    }
    type S = State<typeof state>
    const values = Array.from({ length: value }, (_, v) => v)
    const allVotes = Array.from({ length: VOTE.size }, (_, code) => VOTE.decode(code))
    const reported = (s: S, replica: number, b: number) =>
      allVotes.find((vote) => s.msgs.has({ type: 'p1b', replica, ballot: b, vote }))
    /** Whether a value may be proposed after what a quorum reported. */
    const isFree = (s: S, quorum: Quorum, b: number, v: number) => {
      let highest: { readonly ballot: number; readonly value: number } | null = null
      for (const replica of quorum) {
        const vote = reported(s, replica, b)
        if (vote === undefined) return false
        if (vote !== null && (highest === null || vote.ballot > highest.ballot)) highest = vote
      }
      return highest === null || highest.value === v || planted('ignore-votes')
    }
    const accepted = (s: S, replica: number, b: number) =>
      values.find((v) => s.msgs.has({ type: 'p2b', replica, ballot: b, value: v }))

    return model({
      state,
      actions: {
        prepare: {
          for: [LATER_BALLOT],
          then: (s, b) => {
            s.msgs.add({ type: 'p1a', ballot: b })
          },
        },
        promise: {
          for: [REPLICA, LATER_BALLOT],
          when: (s, a, b) => s.maxBallot.get(a) < b && s.msgs.has({ type: 'p1a', ballot: b }),
          then: (s, a, b) => {
            s.maxBallot.set(a, b)
            s.msgs.add({ type: 'p1b', replica: a, ballot: b, vote: s.vote.get(a) })
          },
        },
        accept: {
          for: [LATER_BALLOT, among(reads), VALUE],
          when: (s, b, quorum, v) =>
            s.msgs.has({ type: 'p1a', ballot: b }) &&
            values.every((w) => !s.msgs.has({ type: 'p2a', ballot: b, value: w })) &&
            isFree(s, quorum, b, v),
          then: (s, b, _quorum, v) => {
            s.msgs.add({ type: 'p2a', ballot: b, value: v })
          },
        },
        accepted: {
          for: [REPLICA, BALLOT, VALUE],
          when: (s, a, b, v) =>
            (s.maxBallot.get(a) <= b || planted('accept-below-promise')) &&
            s.msgs.has({ type: 'p2a', ballot: b, value: v }),
          then: (s, a, b, v) => {
            s.maxBallot.set(a, b)
            s.vote.set(a, { ballot: b, value: v })
            s.msgs.add({ type: 'p2b', replica: a, ballot: b, value: v })
          },
        },
        decide: {
          for: [BALLOT, among(writes)],
          when: (s, b, quorum) => quorum.every((a) => accepted(s, a, b) !== undefined),
          then: (s, b, quorum) => {
            s.decision = accepted(s, quorum[0] ?? 0, b) ?? null
          },
        },
      },
      invariants: {
        'what is accepted by a quorum is what is decided': {
          for: [BALLOT, among(writes), VALUE],
          holds: (s, b, quorum, v) =>
            s.decision === null ||
            s.decision === v ||
            !quorum.every((a) => accepted(s, a, b) === v),
        },
      },
      sometimes: { 'a value is decided': (s) => s.decision !== null },
      symmetry: symmetric ? [REPLICA, VALUE] : [VALUE],
      network: ['msgs'],
    })
  },
)
