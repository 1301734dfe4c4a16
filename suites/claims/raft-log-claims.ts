import type { Claim } from './claim.ts'
import { violates } from './drawn.ts'
import { notOneLog, oneLog, sameEffort } from './one-log.ts'
import { halfCommitsNothing, onlyMajoritiesElect } from './raft-elections-runs.ts'
import {
  chanceDiverges,
  followerDies,
  healing,
  missingEntriesAreSent,
  networkFaults,
  otherMembers,
  sameLogSameState,
  sendsBeforeItsDisk,
  sentAtOnce,
  snapshotsBoundLogs,
  twoOfFiveMayFail,
} from './raft-log-runs.ts'
import { userStudy } from './raft-messages.ts'
import {
  committedByTheNext,
  entriesFromLeader,
  entriesFromTwo,
  logsMayDiffer,
  overwrittenByTheNext,
  storedAndLost,
} from './raft-states.ts'

const LOG = 'specs/log/raft-v/value-1-max-elections-1-max-restarts-0/claims'
const SAFE = 'specs/log/raft-rpc/claims'
const CODE = 'protocols/raft/claims'

/** What is in the log, when it counts, and what becomes of it. */
export const raftLogClaims: readonly Claim[] = [
  {
    id: 'RAF-01',
    name: 'Raft',
    kind: 'protocol',
    says: 'A leader is elected, takes all commands, and replicates them in its log.',
    source: 'Ongaro and Ousterhout 2014, section 5',
    verdict: 'holds',
    checks: [LOG, SAFE, CODE, 'traces/raft/claims', 'protocols/raft/no-log-check-in-vote'],
  },
  {
    id: 'RAF-02',
    name: 'Equivalent to Multi-Paxos',
    kind: 'claim',
    says: 'The result is equivalent to Multi-Paxos, and as efficient.',
    source: 'Ongaro and Ousterhout 2014, abstract',
    verdict: 'holds',
    checks: [oneLog, notOneLog, 'specs/log/multi-paxos/quorums-majority-n-2/claims', sameEffort],
  },
  {
    id: 'RAF-03',
    name: 'Entries flow from the leader only',
    kind: 'property',
    says: 'Entries come from the leader of their term, and flow to the others only.',
    source: 'Ongaro and Ousterhout 2014, section 1',
    verdict: 'holds',
    checks: [entriesFromLeader, entriesFromTwo],
  },
  {
    id: 'RAF-05',
    name: 'Committed is what a quorum stores',
    kind: 'property',
    says: 'An entry is committed, and may be applied, when a quorum has it on disk.',
    source: 'lecture notes',
    verdict: 'refuted as worded',
    counterexamples: [
      storedAndLost,
      'specs/log/raft-rpc/commit-old-term',
      'protocols/raft/old-term-committed',
    ],
    instead:
      'Only an entry of the term of the leader is committed by counting; those of earlier terms ' +
      'are committed with it.',
    checks: [SAFE, CODE],
  },
  {
    id: 'RAF-06',
    name: 'A log is consistent if all agree on it',
    kind: 'property',
    says: 'The log is consistent exactly if all participants have the same entries in one order.',
    source: 'lecture notes',
    verdict: 'holds with a correction',
    counterexamples: [logsMayDiffer],
    instead: 'Logs may differ in what is not committed; what is committed is the same in all.',
    checks: [SAFE, LOG],
  },
  {
    id: 'RAF-07',
    name: 'Machines are deterministic',
    kind: 'property',
    says: 'Replicas that apply the same log are in the same state.',
    source: 'Schneider 1990, section 2',
    verdict: 'holds',
    checks: [sameLogSameState, chanceDiverges],
  },
  {
    id: 'RAF-08',
    name: 'The leader writes, then replicates',
    kind: 'protocol',
    says: 'The leader writes an entry to its disk and then sends it to the others.',
    source: 'lecture notes',
    verdict: 'holds with a correction',
    counterexamples: [sendsBeforeItsDisk],
    instead:
      'It may send and write at the same time, if it does not count itself before its disk has ' +
      'the entry; followers do not acknowledge before theirs have it.',
    checks: [
      CODE,
      'protocols/raft/leader-counts-before-durable',
      'protocols/raft/follower-acknowledges-before-durable',
    ],
  },
  {
    id: 'RAF-09',
    name: 'Applied only when committed',
    kind: 'protocol',
    says: 'A command is applied to the machine only when its entry is committed.',
    source: 'Ongaro and Ousterhout 2014, section 5.3',
    verdict: 'holds',
    checks: [CODE, 'zoo/RF-34'],
  },
  {
    id: 'RAF-10',
    name: 'User study: 33 of 43 students',
    kind: 'metric',
    says: '33 of 43 students answered questions about Raft better than questions about Paxos.',
    source: 'Ongaro and Ousterhout 2014, section 9.1',
    verdict: 'holds',
    checks: [userStudy],
  },
  {
    id: 'RAF-19',
    name: 'How a command is done',
    kind: 'protocol',
    says:
      'The leader puts a command in its log, sends it with the next heartbeat, commits it when a ' +
      'majority has it, answers, and tells the others that it is committed.',
    source: 'lecture notes',
    verdict: 'holds with a correction',
    counterexamples: [sentAtOnce],
    instead: 'An entry need not wait for a heartbeat, and is sent at once.',
    checks: ['traces/raft/claims', CODE],
  },
  {
    id: 'RAF-20',
    name: 'Uncommitted entries are overwritten',
    kind: 'claim',
    says: 'If the leader fails, entries that it has not committed will be overwritten.',
    source: 'lecture notes',
    verdict: 'refuted as worded',
    counterexamples: [committedByTheNext],
    instead: 'They may be overwritten, and may be committed by the next leader.',
    checks: [overwrittenByTheNext, SAFE],
  },
  {
    id: 'RAF-21',
    name: 'Clients ask again',
    kind: 'claim',
    says: 'A client that gets no answer, as the leader has failed, asks again.',
    source: 'lecture notes',
    verdict: 'holds with a correction',
    counterexamples: [
      'zoo/RF-35',
      'protocols/raft/applied-twice',
      violates('a register to which a write that was asked for twice is applied twice', {
        history: `
          a: [write 1            ]
          b:              [write 2]  [read -> 2]  [read -> 1]`,
        condition: 'linearizable',
        model: 'register',
      }),
    ],
    instead:
      'Then a command must be applied once however often it is asked for: it carries its client ' +
      'and a serial number.',
    checks: [CODE],
  },
  {
    id: 'RAF-23',
    name: 'A follower fails: nothing happens',
    kind: 'claim',
    says: 'When a follower fails, nothing happens.',
    source: 'lecture notes',
    verdict: 'holds',
    checks: [followerDies],
  },
  {
    id: 'RAF-24',
    name: 'Missing entries are sent again',
    kind: 'protocol',
    says: 'The leader sends a node that returns whatever it lacks.',
    source: 'Ongaro and Ousterhout 2014, section 5.3',
    verdict: 'holds',
    checks: [missingEntriesAreSent, 'zoo/RF-22', 'zoo/RF-21'],
  },
  {
    id: 'RAF-28',
    name: 'The smaller part can do nothing',
    kind: 'claim',
    says: 'All operations need a majority, so a minority can do nothing.',
    source: 'lecture notes',
    verdict: 'holds with a correction',
    counterexamples: [
      'protocols/raft/read-without-round',
      violates('a value that a leader of the minority still reads when there is a newer one', {
        history: `
          a: [write 1]
          b:            [read -> null]`,
        condition: 'linearizable',
        model: 'register',
      }),
    ],
    instead:
      'So it is with writes. Reads need as much care: a round to a majority or a lease, and an ' +
      'entry of its own that the leader has committed.',
    checks: [CODE, 'protocols/raft/read-before-own-commit', 'protocols/raft-lease/claims'],
  },
  {
    id: 'RAF-29',
    name: 'A partition heals',
    kind: 'protocol',
    says: 'The leader of the minority steps down, and its entries are overwritten.',
    source: 'Ongaro and Ousterhout 2014, section 5.3',
    verdict: 'holds',
    checks: [healing, 'protocols/raft/matched-entries-erased'],
  },
  {
    id: 'RAF-30',
    name: 'Only one half of a partition commits',
    kind: 'claim',
    says: 'Only one half of a partition can commit.',
    source: 'lecture notes',
    verdict: 'holds with a correction',
    counterexamples: [halfCommitsNothing],
    instead: 'At most one part commits, and it must have more than half of all nodes.',
    checks: [onlyMajoritiesElect],
  },
  {
    id: 'RAF-31',
    name: 'All nodes are known in advance',
    kind: 'claim',
    says: 'Raft takes it that all nodes are known in advance.',
    source: 'lecture notes',
    verdict: 'holds with a correction',
    counterexamples: [otherMembers],
    instead: 'At any time there is a set of members, but it can be changed.',
    checks: ['protocols/raft/voters', 'specs/log/raft-membership/claims'],
  },
  {
    id: 'RAF-32',
    name: 'Members change by majorities that overlap',
    kind: 'protocol',
    says: 'Members are changed by way of a configuration that needs majorities of old and new.',
    source: 'Ongaro and Ousterhout 2014, section 6',
    verdict: 'holds',
    checks: [
      'protocols/raft/voters',
      'zoo/RF-09',
      'protocols/raft/change-in-one-step',
      'specs/log/raft-membership/claims',
      'specs/log/raft-membership/term-2/change-two',
    ],
  },
  {
    id: 'RAF-33',
    name: 'Snapshots bound the log',
    kind: 'protocol',
    says: 'Snapshots keep logs from growing for ever.',
    source: 'Ongaro and Ousterhout 2014, section 7',
    verdict: 'holds',
    checks: [
      snapshotsBoundLogs,
      'protocols/raft/snapshots',
      'protocols/raft/snapshot-off-by-one',
      'zoo/RF-36',
    ],
  },
  {
    id: 'RAF-35',
    name: 'Two of five may fail',
    kind: 'metric',
    says: 'With five servers two may fail.',
    source: 'Ongaro and Ousterhout 2014, section 5.1',
    verdict: 'holds',
    checks: [twoOfFiveMayFail],
  },
  {
    id: 'RAF-36',
    name: 'Safe whatever the network does',
    kind: 'theorem',
    says: 'It is safe under delays, partitions, loss, duplication and reordering of messages.',
    source: 'Ongaro and Ousterhout 2014, section 2',
    verdict: 'holds',
    checks: ['protocols/raft/no-log-check-in-vote', ...networkFaults],
  },
  {
    id: 'RAF-37',
    name: 'A replicated log makes a state machine',
    kind: 'claim',
    says: 'With a replicated log one has a replicated state machine.',
    source: 'Ongaro and Ousterhout 2014, section 2',
    verdict: 'holds',
    checks: [oneLog, sameLogSameState, CODE],
  },
  {
    id: 'RAF-38',
    name: 'The five properties',
    kind: 'theorem',
    says:
      'Election safety, leader append-only, log matching, leader completeness and state machine ' +
      'safety hold at all times.',
    source: 'Ongaro and Ousterhout 2014, figure 3',
    verdict: 'holds',
    checks: [
      CODE,
      LOG,
      'zoo/RF-01',
      'protocols/raft/no-log-check-in-vote',
      'specs/log/raft-facts/lose-acknowledged',
    ],
  },
]
