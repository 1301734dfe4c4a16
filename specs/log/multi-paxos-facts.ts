import { model, spec } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import { among, bool, id, int, mapOf, option, record, setOf } from '../../src/state/index.ts'
import type { Quorum } from '../consensus/quorums.ts'
import { quorumsOf } from '../consensus/quorums.ts'

/**
 * Multi-Paxos as it is run: what was ever said stays said, acceptors are what is on their disks,
 * leaders propose for any slots, and each node applies by itself what is chosen, slot after slot.
 * A leader that fills a gap proposes a value like any other; what matters is that it proposes again
 * what a quorum has reported.
 *
 * Slots are kept from some slot on: all before are chosen, and applied by all.
 */
export const multiPaxosFacts = spec(
  'multi-paxos-facts',
  {
    about: 'Multi-Paxos as it is run: disks, restarts, nodes that apply by themselves',
    source: 'Lamport, Paxos Made Simple, 2001, section 3',
    parameters: { quorums: 'majority(n=3)', ballot: 2, slot: 1, value: 2, restarts: true },
    mutants: {
      'accept-below-promise': 'an acceptor accepts in a ballot although it promised a higher one',
      'ignore-votes': 'a leader proposes what it likes, whatever votes were reported',
      'apply-accepted': 'a node applies what one acceptor has accepted',
    },
  },
  ({ quorums, ballot, slot, value, restarts }, planted) => {
    const { size, reads, writes, symmetric } = quorumsOf(quorums)
    const ACCEPTOR = id('acceptor', size)
    const BALLOT = int(1, ballot)
    const SLOT = int(0, slot - 1)
    const VALUE = int(0, value - 1)
    const VOTE = option(record({ ballot: BALLOT, value: VALUE }))
    const QUORUM = among(reads)
    const state = {
      begun: mapOf(BALLOT, bool()),
      /** The highest ballot that an acceptor has taken part in; 0: in none. */
      promised: mapOf(ACCEPTOR, int(0, ballot)),
      vote: mapOf(ACCEPTOR, mapOf(SLOT, VOTE)),
      /** Phase 1b: who has promised a ballot, and what it had voted for then. */
      promisedIn: mapOf(BALLOT, setOf(ACCEPTOR)),
      reported: mapOf(BALLOT, mapOf(ACCEPTOR, mapOf(SLOT, VOTE))),
      /** Phase 2a. */
      proposal: mapOf(BALLOT, mapOf(SLOT, option(VALUE))),
      /** Phase 2b. */
      accepted: mapOf(BALLOT, mapOf(SLOT, setOf(ACCEPTOR))),
      /** How many slots a node has applied. */
      applied: mapOf(ACCEPTOR, int(0, slot)),
    }
    type S = State<typeof state>
    const ballots = Array.from({ length: ballot }, (_, b) => b + 1)
    const slots = Array.from({ length: slot }, (_, k) => k)

    /** Whether nobody of a quorum has reported a vote, or the highest one is for this value. */
    const mayBe = (s: S, b: number, quorum: Quorum, k: number, v: number) => {
      let highest: { readonly ballot: number; readonly value: number } | null = null
      for (const a of quorum) {
        const vote = s.reported.get(b).get(a).get(k)
        if (vote !== null && vote.ballot > (highest?.ballot ?? 0)) highest = vote
      }
      return highest === null || highest.value === v || planted('ignore-votes')
    }
    const isChosenAt = (s: S, b: number, k: number) => {
      const accepted = s.accepted.get(b).get(k)
      return planted('apply-accepted')
        ? accepted.size > 0
        : writes.some((quorum) => accepted.hasAll(quorum))
    }
    const isChosen = (s: S, k: number) => k < slot && ballots.some((b) => isChosenAt(s, b, k))

    return model({
      state,
      actions: {
        phase1a: {
          for: [BALLOT],
          when: (s, b) => !s.begun.get(b),
          then: (s, b) => {
            s.begun.set(b, true)
          },
        },
        phase1b: {
          for: [ACCEPTOR, BALLOT],
          when: (s, a, b) =>
            s.begun.get(b) && b >= s.promised.get(a) && !s.promisedIn.get(b).has(a),
          then: (s, a, b) => {
            s.promised.set(a, b)
            s.promisedIn.get(b).add(a)
            for (const k of slots) s.reported.get(b).get(a).set(k, s.vote.get(a).get(k))
          },
        },
        propose: {
          for: [BALLOT, QUORUM, SLOT, VALUE],
          when: (s, b, quorum, k, v) =>
            s.promisedIn.get(b).hasAll(quorum) &&
            s.proposal.get(b).get(k) === null &&
            mayBe(s, b, quorum, k, v),
          then: (s, b, _quorum, k, v) => {
            s.proposal.get(b).set(k, v)
          },
        },
        phase2b: {
          for: [ACCEPTOR, BALLOT, SLOT],
          when: (s, a, b, k) =>
            s.proposal.get(b).get(k) !== null &&
            (planted('accept-below-promise') || b >= s.promised.get(a)),
          then: (s, a, b, k) => {
            const proposed = s.proposal.get(b).get(k)
            if (proposed === null) return
            s.promised.set(a, Math.max(b, s.promised.get(a)))
            s.vote.get(a).set(k, { ballot: b, value: proposed })
            s.accepted.get(b).get(k).add(a)
          },
        },
        apply: {
          for: [ACCEPTOR],
          when: (s, i) => isChosen(s, s.applied.get(i)),
          then: (s, i) => {
            s.applied.set(i, s.applied.get(i) + 1)
          },
        },
        /** What was applied is not on the disk. */
        restart: {
          for: [ACCEPTOR],
          when: (s, i) => restarts && s.applied.get(i) > 0,
          then: (s, i) => {
            s.applied.set(i, 0)
          },
        },
      },
      invariants: {
        'no two values are chosen for a slot': {
          for: [SLOT, BALLOT, BALLOT],
          holds: (s, k, b, c) =>
            b >= c ||
            s.proposal.get(b).get(k) === s.proposal.get(c).get(k) ||
            !(isChosenAt(s, b, k) && isChosenAt(s, c, k)),
        },
      },
      sometimes: {
        'all have applied all': (s) => s.applied.every((count) => count === slot),
      },
      ends: 'anywhere',
      symmetry: symmetric ? [ACCEPTOR] : [],
    })
  },
)
