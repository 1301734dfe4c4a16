import { agreement } from '../../checkers/invariants/agreement.ts'
import { atomicity } from '../../checkers/invariants/atomic-commit.ts'
import { totalOrder } from '../../checkers/invariants/total-order.ts'
import { casRegister } from '../../checkers/models/cas-register.ts'
import { register } from '../../checkers/models/register.ts'
import { linearizableMonitor } from '../../checkers/monitors/linearizable.ts'
import { consensusFromBroadcast } from '../../impls/broadcast/consensus-from-broadcast.ts'
import { totalOrderBroadcast } from '../../impls/broadcast/total-order-broadcast.ts'
import { threePhaseCommit } from '../../impls/commit/three-phase-commit.ts'
import { twoPhaseCommitTakeover } from '../../impls/commit/two-phase-commit-takeover.ts'
import { twoPhaseCommit } from '../../impls/commit/two-phase-commit.ts'
import { multiPaxos, multiPaxosLease } from '../../impls/multi-paxos/multi-paxos.ts'
import { paxosInstances } from '../../impls/paxos/paxos-instances.ts'
import { raftLease } from '../../impls/raft/raft-lease.ts'
import { raft } from '../../impls/raft/raft.ts'
import { regularRegister } from '../../impls/registers/regular-register.ts'
import { abd } from '../../impls/registers/abd.ts'
import { safeRegister } from '../../impls/registers/safe-register.ts'
import { primaryBackup } from '../../impls/replication/primary-backup.ts'
import { primaryCopy } from '../../impls/replication/primary-copy.ts'
import { viewstamped } from '../../impls/viewstamped/viewstamped.ts'
import { zab } from '../../impls/zab/zab.ts'
import type { ComposeOptions } from '../../src/compose/index.ts'
import type { Program } from '../../src/node/index.ts'

const at = (node: number, f: string, value: unknown, key?: string) => ({
  asks: [{ f, value, ...(key === undefined ? {} : { key }) }],
  at: [node],
})
const linearizable = [linearizableMonitor(register)]
const store = [linearizableMonitor(casRegister)]
const early =
  (most: number): NonNullable<ComposeOptions['within']> =>
  ({ term }) =>
    ((term ?? 0) as number) <= most

/** Every protocol, with so little around it that a slow twin explores it all. */
export const tinyClusters: readonly (readonly [
  name: string,
  program: Program,
  options: ComposeOptions,
])[] = [
  [
    'Zab, one election and a write',
    zab.make({}),
    {
      nodes: 2,
      clients: [at(0, 'write', 1, 'x')],
      timers: { 'n1 election': 1 },
      network: 'fifo',
      loopback: 'at-once',
      invariants: [totalOrder],
      monitors: store,
    },
  ],
  [
    'Zab, and a crash',
    zab.make({}),
    {
      nodes: 2,
      timers: { 'n1 election': 1 },
      crashes: 1,
      network: 'fifo',
      loopback: 'at-once',
      invariants: [totalOrder],
    },
  ],
  [
    'Viewstamped Replication, a write',
    viewstamped.make({}),
    {
      nodes: 3,
      clients: [at(0, 'write', 1, 'x')],
      timers: { 'n1 commit': 1 },
      network: 'fifo',
      loopback: 'at-once',
      invariants: [totalOrder],
      monitors: store,
    },
  ],
  [
    'Viewstamped Replication, a view change',
    viewstamped.make({}),
    {
      nodes: 3,
      timers: { 'n2 silence': 1 },
      network: 'fifo',
      loopback: 'at-once',
      invariants: [totalOrder],
      within: early(1),
    },
  ],
  [
    'Multi-Paxos',
    multiPaxos.make({}),
    {
      nodes: 2,
      clients: [at(0, 'write', 1, 'x'), at(0, 'read', null, 'x')],
      timers: { 'n1 election': 1 },
      network: 'fifo',
      loopback: 'at-once',
      invariants: [totalOrder],
      monitors: store,
    },
  ],
  [
    'Multi-Paxos with leases, clocks that stand still',
    multiPaxosLease.make({}),
    {
      nodes: 2,
      clients: [at(0, 'read', null, 'x')],
      timers: { 'n1 election': 1 },
      clock: 5,
      network: 'fifo',
      loopback: 'at-once',
      invariants: [totalOrder],
      monitors: store,
    },
  ],
  [
    'primary and backup',
    primaryBackup.make({}),
    {
      nodes: 2,
      clients: [at(0, 'write', 1), at(1, 'read', null)],
      timers: { 'ship n2': 1 },
      network: 'bag',
      monitors: linearizable,
    },
  ],
  [
    'primary copy, links that lose',
    primaryCopy.make({}),
    {
      nodes: 2,
      clients: [at(0, 'write', 1), at(1, 'read', null)],
      timers: 1,
      losses: 1,
      network: 'bag',
      monitors: linearizable,
    },
  ],
  [
    'two-phase commit, and a crash',
    twoPhaseCommit.make({}),
    {
      nodes: 2,
      clients: [at(0, 'add', 1)],
      timers: { votes: 1 },
      crashes: 1,
      loopback: 'at-once',
      invariants: [atomicity],
    },
  ],
  [
    'two-phase commit with a takeover',
    twoPhaseCommitTakeover.make({ oneNoIn: 2 }),
    {
      nodes: 2,
      clients: [at(0, 'add', 1)],
      timers: { send: 2, 'suspect n1': 1 },
      network: 'bag',
      loopback: 'at-once',
      invariants: [atomicity],
    },
  ],
  [
    'three-phase commit',
    threePhaseCommit.make({ oneNoIn: 2 }),
    {
      nodes: 2,
      clients: [at(0, 'add', 1)],
      timers: { send: 3 },
      network: 'bag',
      loopback: 'at-once',
      invariants: [atomicity],
    },
  ],
  [
    'total-order broadcast',
    totalOrderBroadcast.make({}),
    {
      nodes: 2,
      clients: [at(0, 'broadcast', 'a'), at(1, 'broadcast', 'b')],
      network: 'fifo',
      loopback: 'at-once',
      invariants: [totalOrder],
    },
  ],
  [
    'consensus from broadcast',
    consensusFromBroadcast.make({}),
    {
      nodes: 2,
      clients: [at(0, 'propose', 'a'), at(1, 'propose', 'b')],
      network: 'fifo',
      loopback: 'at-once',
      invariants: [agreement],
    },
  ],
  [
    'Paxos, many instances',
    paxosInstances.make({}),
    {
      nodes: 2,
      clients: [at(0, 'propose', 'a', 'one')],
      network: 'bag',
      loopback: 'at-once',
      losses: 1,
      duplicates: 1,
      invariants: [agreement],
    },
  ],
  [
    'a regular register',
    regularRegister.make({}),
    {
      nodes: 2,
      clients: [at(0, 'write', 1), at(1, 'read', null)],
      loopback: 'at-once',
      monitors: linearizable,
    },
  ],
  [
    'a safe register',
    safeRegister.make({}),
    {
      nodes: 2,
      clients: [at(0, 'write', 1), at(1, 'read', null)],
      loopback: 'at-once',
      monitors: linearizable,
    },
  ],
  [
    'Raft, and a crash',
    raft.make({}),
    {
      nodes: 2,
      timers: { 'n1 silence': 1, 'n1 election': 1 },
      crashes: 1,
      torn: true,
      clock: 0,
      within: early(1),
      network: 'fifo',
      loopback: 'at-once',
    },
  ],
  [
    'Raft with leases',
    raftLease.make({}),
    {
      nodes: 2,
      clients: [at(0, 'read', null, 'x')],
      timers: { 'n1 silence': 1, 'n1 election': 1 },
      crashes: 1,
      clock: 3,
      within: early(1),
      network: 'fifo',
      loopback: 'at-once',
      monitors: store,
    },
  ],
  [
    'ABD without write-back',
    abd.make({}, 'read-without-write-back'),
    {
      nodes: 2,
      clients: [at(0, 'write', 1), at(1, 'read', null)],
      crashes: 1,
      network: 'fifo',
      loopback: 'at-once',
      monitors: linearizable,
    },
  ],
]
