import type { Claim } from './claim.ts'
import {
  anyMajorityServes,
  messagesWithoutEnd,
  silenceTellsInRounds,
  slowLooksCrashed,
  survivesKillingAll,
  twiceAsManyAndOne,
} from './consensus-questions.ts'
import { neverForEver } from './flp-ways-round.ts'

/** Attempts at consensus, and what can be had. */
export const consensusProtocols: readonly Claim[] = [
  {
    id: 'CNS-08',
    name: 'Naive: the leader decides',
    kind: 'protocol',
    says: 'The first leader decides and tells the others; if it is not heard the next one does.',
    source: 'lecture notes',
    verdict: 'refuted as worded',
    counterexamples: ['valency/leader-timeout/3-processes'],
    instead:
      'A leader may decide only what a majority has accepted, and must ask a majority what was ' +
      'accepted before it. One that is never replaced is safe, and blocks.',
    checks: [
      'specs/consensus/paxos/quorums-majority-n-3-value-2-ballot-2/claims',
      'valency/fixed-leader/3-processes',
    ],
  },
  {
    id: 'CNS-09',
    name: 'A majority without a fence',
    kind: 'protocol',
    says:
      'It is enough that a majority accepts a value; a leader that was replaced may go on ' +
      'collecting acceptances.',
    source: 'lecture notes',
    verdict: 'refuted as worded',
    counterexamples: [
      'specs/consensus/paxos/accept-below-promise',
      'specs/consensus/voting/vote-below-promise',
      'zoo/PX-01',
    ],
    instead: 'Acceptors that have promised a later ballot must refuse the one that was replaced.',
    checks: ['specs/consensus/paxos/quorums-majority-n-3-value-2-ballot-2/claims'],
  },
  {
    id: 'CNS-10',
    name: 'Ballots as a fence',
    kind: 'protocol',
    says: 'Acceptors promise a ballot, and from then on refuse whatever is of a lower one.',
    source: 'Lamport 2001, section 2.2',
    verdict: 'holds',
    checks: [
      'specs/consensus/paxos/quorums-majority-n-3-value-2-ballot-2/claims',
      'specs/consensus/voting/quorums-majority-n-3-value-2-ballot-3/claims',
      'protocols/paxos/instances',
      'specs/consensus/paxos/accept-below-promise',
      'specs/consensus/paxos/forget-promise',
    ],
  },
  {
    id: 'CNS-11',
    name: '2f + 1 processes are enough',
    kind: 'theorem',
    says:
      'Once the system is stable, with one leader and messages in time, 2f + 1 processes solve ' +
      'consensus in spite of f crashes.',
    source: 'Dwork, Lynch & Stockmeyer 1988; Lamport 1998',
    verdict: 'holds',
    checks: [
      anyMajorityServes,
      'valency/paxos/2-processes/gst',
      'valency/paxos/2-processes/omega',
      'protocols/paxos/instances',
      // With 2f either the quorums do not meet, or they do not survive.
      twiceAsManyAndOne,
      'specs/consensus/paxos/quorums-reads-choose-2-a-b-c-d-writes-choose-2-a-b-c-d/claims',
    ],
  },
  {
    id: 'CNS-12',
    name: 'Slow or crashed?',
    kind: 'claim',
    says: 'Without a clock nobody can tell a process that has crashed from one that is slow.',
    source: 'Fischer, Lynch & Paterson 1985, section 1',
    verdict: 'holds',
    checks: [slowLooksCrashed, silenceTellsInRounds, 'valency/leader-timeout/3-processes'],
  },
  {
    id: 'CNS-13',
    name: 'Consensus is off the critical path',
    kind: 'claim',
    says: 'Systems use consensus to change their configuration, and not for each request.',
    source: 'lecture notes',
    verdict: 'not executable',
    because:
      'how systems are built is for their builders to say: some are like that (Kafka, ' +
      'BookKeeper), and where a log is replicated every command is an instance of consensus',
  },
  {
    id: 'CNS-14',
    name: 'The wedding protocol',
    kind: 'protocol',
    says: 'A priest asks both, and announces the marriage if both have said yes.',
    source: 'lecture notes; Gray & Lamport 2006 call it two-phase commit',
    verdict: 'holds',
    checks: [
      'specs/commit/twophase/rm-2/claims',
      'valency/2pc/3-processes',
      // Somebody who was only asked does not make a marriage.
      'specs/commit/twophase/commit-without-all',
    ],
  },
  {
    id: 'CNS-15',
    name: 'The flatmates protocol',
    kind: 'protocol',
    says:
      'Three flatmates push their votes under the doors and do what all of them want; any of ' +
      'them may be away for as long as they like.',
    source: 'lecture notes',
    verdict: 'holds',
    checks: [
      'valency/wait-for-all/3-processes',
      // Who does not wait for all may get something else than the others.
      'valency/wait-for-n-1/3-processes',
    ],
  },
  {
    id: 'CNS-16',
    name: 'Two generals',
    kind: 'theorem',
    says:
      'Two generals whose messengers may be caught can never be sure: it would take infinitely ' +
      'many messages.',
    source: 'Gray 1978; Lynch 1996, section 5.1',
    verdict: 'holds with a correction',
    counterexamples: [messagesWithoutEnd],
    instead: 'No number of messages makes them sure, however large, nor messages without end.',
    checks: [
      'rounds/generals/k-1',
      'rounds/generals/k-8',
      'rounds/losses/n-2-one-a-round',
      // It is the losses: where enough gets through they can.
      'rounds/losses/n-3-one-a-round',
    ],
  },
  {
    id: 'CNS-17',
    name: 'Tasks of coordination',
    kind: 'claim',
    says:
      'Collecting values, excluding each other, reliable broadcast, atomic commit and electing a ' +
      'leader are tasks of coordination.',
    source: 'lecture notes',
    verdict: 'holds',
    checks: [
      'specs/election/echo/node-3/claims',
      'specs/mutex/lamport-mutex/n-2-max-clock-3/claims',
      'specs/broadcast/reliable-broadcast/claims',
      'specs/commit/tcommit/rm-3/claims',
      'specs/election/chang-roberts/n-3/claims',
      // Not all of them take consensus: reliable broadcast bears any number of crashes.
      'specs/broadcast/consensus-by-order/claims',
      'specs/broadcast/reliable-broadcast/no-relay',
    ],
  },
  {
    id: 'CNS-18',
    name: 'Reliable broadcast: all or none',
    kind: 'property',
    says: 'A message to a group is delivered by all of its members that live, or by none.',
    source: 'Hadzilacos & Toueg 1994; Cachin, Guerraoui & Rodrigues 2011, sections 3.3 and 3.4',
    verdict: 'holds',
    checks: [
      'specs/broadcast/reliable-broadcast/claims',
      'specs/broadcast/reliable-broadcast/no-relay',
      // That the deliveries of those that crash count as well takes a majority that lives.
      'specs/broadcast/reliable-broadcast/crashes-1-uniform-true/claims',
      'specs/broadcast/reliable-broadcast/crashes-1-uniform-true/one-is-enough',
    ],
  },
  {
    id: 'CNS-19',
    name: 'Consensus algorithms since the 1990s',
    kind: 'claim',
    says: 'There have been algorithms for consensus since the 1990s.',
    source: 'lecture notes',
    verdict: 'refuted as worded',
    counterexamples: [
      // Lamport, Shostak & Pease 1982.
      'rounds/algorithms/om-1-n-4',
      'rounds/algorithms/sm-1-n-3',
      // Ben-Or 1983.
      neverForEver(),
    ],
    instead:
      'Since 1980: Pease, Shostak & Lamport 1980, Lamport, Shostak & Pease 1982, Ben-Or 1983, ' +
      'Dwork, Lynch & Stockmeyer and Oki & Liskov 1988. Those of 1982 and 1983 are run here.',
  },
  {
    id: 'CNS-20',
    name: 'The claim of the Echo file system',
    kind: 'claim',
    says:
      'A system can stay consistent whatever fails, short of lies, and make progress whenever ' +
      'any majority works.',
    source: 'Lamport 2001, the notes on The part-time parliament',
    verdict: 'holds',
    checks: [
      'specs/log/raft-facts/term-1/claims',
      'specs/log/multi-paxos-facts/value-1/claims',
      anyMajorityServes,
      // What was promised must be on disk.
      'specs/consensus/paxos/forget-promise',
      'specs/consensus/paxos/forget-all',
    ],
  },
  {
    id: 'CNS-21',
    name: 'A database that survives any failures',
    kind: 'claim',
    says:
      'A distributed database can survive the failure of any number of its nodes without losing ' +
      'consistency, and go on when more than half work again.',
    source: 'Lamport 2001, the notes on The part-time parliament',
    verdict: 'holds',
    checks: [
      survivesKillingAll,
      'protocols/raft/claims',
      // Without stable storage it cannot.
      'specs/log/raft-facts/forget-vote',
      'protocols/paxos/accepted-before-durable',
    ],
  },
]
