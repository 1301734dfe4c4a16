import type { Claim } from './claim.ts'
import {
  byzantineRule,
  byzantineSizes,
  disseminationMeasured,
  majoritySize,
} from './byzantine-quorums.ts'
import { majoritiesOfUpTo } from './quorum-failure-questions.ts'
import { oneRound, votesCanSplit } from './quorum-questions.ts'

const FLEXIBLE = 'specs/consensus/paxos/quorums'

/** What agreement protocols need of quorums. */
export const quorumAgreement: readonly Claim[] = [
  {
    id: 'QUO-32',
    name: 'Two majorities meet',
    kind: 'theorem',
    says: 'Any two majorities have a member in common; Paxos rests on it.',
    source: 'Lamport 1998, The part-time parliament; Lamport 2001, Paxos made simple, section 2.2',
    verdict: 'holds',
    checks: [
      majoritiesOfUpTo(10),
      'specs/consensus/paxos/quorums-majority-n-3-value-2-ballot-2/claims',
      `${FLEXIBLE}-reads-choose-2-a-b-c-d-writes-choose-2-a-b-c-d/claims`,
    ],
  },
  {
    id: 'QUO-33',
    name: 'Two majorities choose one value',
    kind: 'theorem',
    says: 'As two majorities meet, no two values can be chosen.',
    source: 'lecture notes',
    verdict: 'holds with a correction',
    counterexamples: [
      oneRound('twice'),
      votesCanSplit,
      'specs/consensus/voting/any-value',
      'specs/consensus/paxos/ignore-votes',
    ],
    instead:
      'It is so if each acceptor votes once, and then the vote may be split and stuck. In Paxos ' +
      'acceptors accept in several ballots, and it takes their order as well: whoever proposes ' +
      'takes up the vote with the highest ballot of a majority.',
    checks: [
      oneRound('once'),
      'specs/consensus/voting/quorums-majority-n-3-value-2-ballot-2/claims',
      'specs/consensus/paxos/quorums-majority-n-3-value-2-ballot-2/claims',
    ],
  },
  {
    id: 'QUO-34',
    name: 'Byzantine quorums',
    kind: 'theorem',
    says: 'Any two quorums of 2f + 1 of 3f + 1 servers share one that is correct.',
    source: 'Malkhi & Reiter 1998, Byzantine quorum systems; Castro & Liskov 1999',
    verdict: 'holds',
    checks: [byzantineSizes, byzantineRule, disseminationMeasured],
  },
  {
    id: 'QUO-35',
    name: 'Quorums of election and of acceptance',
    kind: 'claim',
    says:
      'A leader gathers a quorum, and then for each value a second one; any two of these meet, ' +
      'so a value is accepted only if there is no newer leader.',
    source: 'lecture notes; Howard, Malkhi & Spiegelman 2016, Flexible Paxos',
    verdict: 'holds with a correction',
    counterexamples: [
      `${FLEXIBLE}-fpaxos-n-3-phase1-3-phase2-1/claims`,
      `${FLEXIBLE}-reads-a-and-b-and-c-writes-a-or-b-or-c/claims`,
    ],
    instead:
      'Only quorums of election and quorums of acceptance have to meet each other. Two quorums ' +
      'of acceptance may be disjoint.',
    checks: [
      `${FLEXIBLE}-reads-a-and-b-or-c-writes-a-or-b-and-c/claims`,
      `${FLEXIBLE}-reads-a-or-b-writes-a-or-b/claims`,
      `${FLEXIBLE}-reads-choose-2-a-b-c-d-writes-choose-2-a-b-c-d/claims`,
    ],
  },
  {
    id: 'QUO-36',
    name: 'Quorum of Raft',
    kind: 'metric',
    says: 'A quorum of n servers has (n div 2) + 1 of them.',
    source: 'Ongaro & Ousterhout 2014, In search of an understandable consensus algorithm',
    verdict: 'holds',
    checks: [majoritySize],
  },
]
