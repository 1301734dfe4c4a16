import { model, spec } from '../../src/explore/index.ts'
import type { State } from '../../src/state/index.ts'
import { among, bool, id, int, mapOf, option, record, seqOf } from '../../src/state/index.ts'
import type { Quorum } from '../consensus/quorums.ts'
import { quorumsOf } from '../consensus/quorums.ts'
import { replicatedLog } from './replicated-log.ts'

/**
 * Multi-Paxos: an instance of Paxos for each slot of a log, and one phase 1 for all of them. A
 * leader proposes for slot after slot; where it finds a later slot voted for and one before it
 * free, it fills the gap with a no-op (value 0). Replicas apply slots in order.
 *
 * Messages are kept where they belong: by ballot and acceptor, as none of them is sent twice.
 */
export const multiPaxos = spec(
  'multi-paxos',
  {
    about: 'Multi-Paxos: a log of instances of Paxos that share their phase 1',
    source: 'Lamport, Paxos Made Simple, 2001, section 3',
    parameters: { quorums: 'majority(n=3)', ballot: 2, slot: 2, command: 1 },
    mutants: {
      'apply-past-gap': 'a replica applies a slot although the one before it is not chosen',
      'ignore-votes': 'a leader proposes what it likes, whatever votes were reported',
      'promise-one-slot': 'an acceptor reports what it voted for in the first slot only',
    },
  },
  ({ quorums, ballot, slot, command }, planted) => {
    const { size, reads, writes, symmetric } = quorumsOf(quorums)
    const ACCEPTOR = id('acceptor', size)
    const BALLOT = int(0, ballot - 1)
    const SLOT = int(0, slot - 1)
    const VALUE = int(0, command)
    const VOTES = mapOf(SLOT, option(record({ ballot: BALLOT, value: VALUE })))
    const QUORUM = among(reads)
    const state = {
      begun: mapOf(BALLOT, bool()),
      maxBal: mapOf(ACCEPTOR, int(-1, ballot - 1)),
      /** Phase 1b: what an acceptor had voted for when it promised a ballot. */
      promise: mapOf(BALLOT, mapOf(ACCEPTOR, option(VOTES))),
      /** Phase 2a. */
      proposal: mapOf(BALLOT, mapOf(SLOT, option(VALUE))),
      /** Phase 2b. */
      accepted: mapOf(BALLOT, mapOf(SLOT, mapOf(ACCEPTOR, bool()))),
      /** What a replica has applied. */
      applied: seqOf(VALUE, slot),
    }
    type S = State<typeof state>
    const ballots = Array.from({ length: ballot }, (_, b) => b)
    const slots = Array.from({ length: slot }, (_, k) => k)

    const voteOf = (s: S, a: number, k: number) => {
      for (let b = ballot - 1; b >= 0; b--) {
        const value = s.proposal.get(b).get(k)
        if (value !== null && s.accepted.get(b).get(k).get(a)) return { ballot: b, value }
      }
      return null
    }
    const reported = (s: S, b: number, a: number, k: number) =>
      s.promise.get(b).get(a)?.get(k) ?? null
    const promised = (s: S, b: number, quorum: Quorum) =>
      quorum.every((a) => s.promise.get(b).get(a) !== null)
    /** The value of the highest vote for a slot that a quorum reported, if there is one. */
    const bound = (s: S, b: number, quorum: Quorum, k: number) => {
      let highest: { readonly ballot: number; readonly value: number } | null = null
      for (const a of quorum) {
        const vote = reported(s, b, a, k)
        if (vote !== null && (highest === null || vote.ballot > highest.ballot)) highest = vote
      }
      return planted('ignore-votes') ? null : highest
    }
    const mayPropose = (s: S, b: number, quorum: Quorum, k: number) =>
      s.begun.get(b) &&
      s.proposal.get(b).get(k) === null &&
      promised(s, b, quorum) &&
      slots.every((before) => before >= k || s.proposal.get(b).get(before) !== null)
    const isGap = (s: S, b: number, quorum: Quorum, k: number) =>
      slots.some((later) => later > k && bound(s, b, quorum, later) !== null)
    const chosenAt = (s: S, b: number, k: number): number | null => {
      const votes = s.accepted.get(b).get(k)
      const enough = writes.some((quorum) => quorum.every((a) => votes.get(a)))
      return enough ? s.proposal.get(b).get(k) : null
    }
    const chosen = (s: S, k: number): number | null => {
      for (const b of ballots) {
        const value = chosenAt(s, b, k)
        if (value !== null) return value
      }
      return null
    }
    /** The first slot from one on that is chosen. */
    const nextChosen = (s: S, from: number) =>
      slots.find((k) => k >= from && chosen(s, k) !== null) ?? from
    const nextToApply = (s: S) =>
      planted('apply-past-gap') ? nextChosen(s, s.applied.length) : s.applied.length

    return model({
      state,
      init: (s) => {
        s.maxBal.fill(-1)
      },
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
          when: (s, a, b) => s.begun.get(b) && b > s.maxBal.get(a),
          then: (s, a, b) => {
            s.maxBal.set(a, b)
            const votes = slots.map((k) => {
              const vote = planted('promise-one-slot') && k > 0 ? null : voteOf(s, a, k)
              return [k, vote] as const
            })
            s.promise.get(b).set(a, new Map(votes))
          },
        },
        proposeCommand: {
          for: [BALLOT, QUORUM, SLOT, VALUE],
          when: (s, b, quorum, k, value) =>
            value > 0 &&
            mayPropose(s, b, quorum, k) &&
            bound(s, b, quorum, k) === null &&
            !isGap(s, b, quorum, k),
          then: (s, b, _quorum, k, value) => {
            s.proposal.get(b).set(k, value)
          },
        },
        proposeAgain: {
          for: [BALLOT, QUORUM, SLOT],
          when: (s, b, quorum, k) => mayPropose(s, b, quorum, k) && bound(s, b, quorum, k) !== null,
          then: (s, b, quorum, k) => {
            s.proposal.get(b).set(k, bound(s, b, quorum, k)?.value ?? null)
          },
        },
        fillGap: {
          for: [BALLOT, QUORUM, SLOT],
          when: (s, b, quorum, k) =>
            mayPropose(s, b, quorum, k) &&
            bound(s, b, quorum, k) === null &&
            isGap(s, b, quorum, k),
          then: (s, b, _quorum, k) => {
            s.proposal.get(b).set(k, 0)
          },
        },
        phase2b: {
          for: [ACCEPTOR, BALLOT, SLOT],
          when: (s, a, b, k) =>
            b >= s.maxBal.get(a) &&
            s.proposal.get(b).get(k) !== null &&
            !s.accepted.get(b).get(k).get(a),
          then: (s, a, b, k) => {
            s.maxBal.set(a, b)
            s.accepted.get(b).get(k).set(a, true)
          },
        },
        apply: {
          when: (s) => !s.applied.full && chosen(s, nextToApply(s)) !== null,
          then: (s) => {
            s.applied.push(chosen(s, nextToApply(s)) ?? 0)
          },
        },
      },
      invariants: {
        'no two values are chosen for a slot': {
          for: [SLOT, BALLOT, BALLOT],
          holds: (s, k, b, c) => {
            const [one, other] = [chosenAt(s, b, k), chosenAt(s, c, k)]
            return one === null || other === null || one === other
          },
        },
        'what is applied is what is chosen': {
          for: [SLOT],
          holds: (s, k) => k >= s.applied.length || s.applied.at(k) === chosen(s, k),
        },
      },
      sometimes: {
        'the log is full': (s) => s.applied.full,
      },
      ends: 'anywhere',
      symmetry: symmetric ? [ACCEPTOR] : [],
      refines: {
        log: {
          model: replicatedLog.make({ entry: command + 1, length: slot }),
          map: (s, abstract) => {
            for (let k = 0; k < slot; k++) {
              const value = chosen(s, k)
              if (value === null) return
              abstract.committed.push(value)
            }
          },
        },
      },
    })
  },
)
