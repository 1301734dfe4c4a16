import type { Claim } from './claim.ts'
import { satisfies, violates } from './drawn.ts'
import { allExecuteAll } from './replica-runs.ts'
import {
  addsAreMissed,
  drawnApart,
  drawnOnce,
  orderMatrix,
  orderSeen,
  orderUnseen,
  sameLogSameState,
  skippedSeen,
  skippedUnseen,
} from './state-machine-questions.ts'

const SCHNEIDER = 'Schneider 1990, Implementing fault-tolerant services'

/** What replication is, and what it must do with commands. */
export const replicationModel: readonly Claim[] = [
  {
    id: 'REP-01',
    name: 'The state machine model',
    kind: 'spec',
    says:
      'A service is a state and deterministic commands that answer and change it; replicas that ' +
      'apply the same log are in the same state.',
    source: SCHNEIDER,
    verdict: 'holds',
    checks: [sameLogSameState, allExecuteAll, drawnApart],
  },
  {
    id: 'REP-02',
    name: 'A command that is missing',
    kind: 'claim',
    says: 'A replica that misses a command ends up in another state than the others.',
    source: 'lecture notes',
    verdict: 'holds with a correction',
    counterexamples: [skippedUnseen],
    instead:
      'It does unless the command changes nothing where it stands in the log, or what it changes ' +
      'is overwritten later.',
    checks: [skippedSeen, addsAreMissed],
  },
  {
    id: 'REP-03',
    name: 'Commands in another order',
    kind: 'claim',
    says: 'Replicas that apply the same commands in different orders become inconsistent.',
    source: 'lecture notes',
    verdict: 'holds with a correction',
    counterexamples: [orderUnseen],
    instead:
      'They may, if some of the commands that change places do not commute. If all of them ' +
      'commute they end up the same.',
    checks: [orderSeen],
  },
  {
    id: 'REP-04',
    name: 'Relative to faults and synchrony',
    kind: 'claim',
    says: 'What a replication algorithm guarantees depends on the faults and synchrony assumed.',
    source: 'lecture notes; Schneider 1990',
    verdict: 'holds',
    checks: [
      // The same code where nodes crash, and where links fail.
      'protocols/primary-copy/claims',
      'protocols/primary-copy/partition',
      'specs/commit/threepc/claims',
      'specs/commit/threepc/participant-2-crashes-0-partition-true/claims',
      // In rounds a crash can be borne, without a clock it cannot.
      'rounds/crash/n-3-f-1-r-2',
      'valency/wait-for-all/3-processes',
    ],
  },
  {
    id: 'REP-05',
    name: 'Transparency: one logical state',
    kind: 'property',
    says: 'Clients do not notice that there are replicas: they see one logical state.',
    source: 'lecture notes; Herlihy & Wing 1990',
    verdict: 'holds',
    checks: [
      'protocols/multi-paxos/claims',
      'protocols/raft/claims',
      'protocols/multi-paxos/local-read',
      'protocols/primary-backup/reads-anywhere',
      // An order that is not that of real time is one state too, seen only by who talks elsewhere.
      satisfies('a read that is late', {
        history: `
          a: [write 1] [write 2]
          b:                     [read -> 1]`,
        condition: 'sequential',
      }),
      violates('the same', {
        history: `
          a: [write 1] [write 2]
          b:                     [read -> 1]`,
        condition: 'linearizable',
      }),
    ],
  },
  {
    id: 'REP-06',
    name: 'Active replication',
    kind: 'protocol',
    says: 'Every replica executes every operation.',
    source: SCHNEIDER,
    verdict: 'holds',
    checks: [allExecuteAll, sameLogSameState, drawnApart],
  },
  {
    id: 'REP-07',
    name: 'Active replication is for deterministic operations',
    kind: 'claim',
    says: 'Operations that read a clock or draw numbers cannot be replicated actively.',
    source: SCHNEIDER,
    verdict: 'holds',
    checks: [drawnApart, drawnOnce],
  },
  {
    id: 'REP-08',
    name: 'What does not commute needs an order',
    kind: 'claim',
    says: 'Replicas must agree on the order of operations that do not commute.',
    source: SCHNEIDER,
    verdict: 'holds',
    checks: [
      orderMatrix,
      'specs/replication/multi-master/arrival-order',
      'protocols/total-order-broadcast/own-order',
    ],
  },
]
