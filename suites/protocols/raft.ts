import { electionSafety } from '../../checkers/invariants/election-safety.ts'
import { leaderAppendOnly } from '../../checkers/invariants/leader-append-only.ts'
import { leaderCompleteness } from '../../checkers/invariants/leader-completeness.ts'
import { logMatching } from '../../checkers/invariants/log-matching.ts'
import { stateMachineSafety } from '../../checkers/invariants/state-machine-safety.ts'
import { raft } from '../../impls/raft/raft.ts'
import { raftLease } from '../../impls/raft/raft-lease.ts'
import type { Asked, Workload } from '../../src/node/index.ts'
import type { ProtocolEntry } from '../protocol-entry.ts'
import { kvWorkload, registerWorkload } from '../workloads.ts'

/** The five properties that the paper claims (figure 3). */
const five = [electionSafety, leaderAppendOnly, logMatching, leaderCompleteness, stateMachineSafety]

/** The store, while one client lets the voters change all the time. */
const votersWorkload: Workload = {
  ...kvWorkload,
  name: 'kv-voters',
  about: 'as kv, while the first client asks for other voters again and again',
  client(about) {
    const { client, nodes, random } = about
    const store = kvWorkload.client(about)
    if (client > 0) return store
    const names = Array.from({ length: nodes }, (_, at) => `n${at + 1}`)
    return {
      ...store,
      next(): Asked {
        const voters = random.shuffle(names).slice(0, random.int(2, 3))
        return { f: 'reconfigure', value: voters.sort() }
      },
    }
  },
}

const small = { snapshotEvery: 4 }
/** Elections all the time: the time between is what messages need. */
const restless = { electionMs: 40, heartbeatMs: 15 }

const right: readonly ProtocolEntry[] = [
  {
    name: 'raft',
    protocol: raft,
    nodes: 5,
    workload: kvWorkload,
    invariants: five,
    expect: { outcome: 'pass' },
    because: 'Ongaro, Ousterhout 2014, figure 3: linearizable while a majority is up',
    size: 'small',
  },
  {
    name: 'raft/snapshots',
    protocol: raft,
    options: small,
    nodes: 3,
    workload: kvWorkload,
    invariants: five,
    expect: { outcome: 'pass' },
    because: 'Ongaro, Ousterhout 2014, §7: snapshots change nothing that clients can see',
  },
  {
    name: 'raft/pre-vote',
    protocol: raft,
    options: { preVote: true },
    nodes: 5,
    workload: kvWorkload,
    invariants: five,
    expect: { outcome: 'pass' },
    because: 'Ongaro 2014, dissertation, §9.6',
  },
  {
    name: 'raft-lease',
    protocol: raftLease,
    nodes: 3,
    workload: kvWorkload,
    invariants: five,
    expect: { outcome: 'pass' },
    because:
      'Ongaro 2014, dissertation, §6.4.1: reads of a leader alone, with clocks that may differ',
  },
  {
    name: 'raft/voters',
    protocol: raft,
    options: { members: 3, ...small },
    nodes: 5,
    workload: votersWorkload,
    invariants: five,
    expect: { outcome: 'pass' },
    because: 'Ongaro, Ousterhout 2014, §6: joint consensus',
  },
]

/** An entry for a bug: what must be found, and with which cluster. */
function bug(
  mutant: NonNullable<Parameters<typeof raft.make>[1]>,
  violated: string,
  because: string,
  about: Partial<ProtocolEntry> = {},
): ProtocolEntry {
  return {
    name: `raft/${mutant}`,
    protocol: raft,
    mutant,
    nodes: 3,
    workload: kvWorkload,
    options: restless,
    invariants: five,
    expect: { outcome: 'fail', violated },
    because,
    ...about,
  }
}

function leaseBug(
  mutant: NonNullable<Parameters<typeof raftLease.make>[1]>,
  because: string,
): ProtocolEntry {
  return {
    name: `raft-lease/${mutant}`,
    protocol: raftLease,
    mutant,
    // A leader that was replaced stays as long as it hears nothing, so that clients see both.
    options: { electionMs: 400, heartbeatMs: 100, checkQuorum: false },
    nodes: 3,
    workload: registerWorkload,
    invariants: five,
    expect: { outcome: 'fail', violated: 'linearizable' },
    because,
  }
}

const bugs: readonly ProtocolEntry[] = [
  bug('vote-not-persisted', 'election safety', 'figure 2: votedFor is persistent', {
    options: { electionMs: 100, heartbeatMs: 15 },
    faults: ['crash', 'delay'],
  }),
  bug('stale-vote-counted', 'election safety', '§5.2: votes of this term elect'),
  bug('no-log-check-in-vote', 'leader completeness', '§5.4.1: the election restriction', {
    size: 'small',
  }),
  bug(
    'follower-acknowledges-before-durable',
    'leader completeness',
    'figure 2: on stable storage before answering',
    { options: {} },
  ),
  bug(
    'leader-counts-before-durable',
    'linearizable',
    'dissertation §10.2.1: a leader counts itself when its disk has it (here: one node)',
    { nodes: 1 },
  ),
  bug(
    'matched-entries-erased',
    'leader completeness',
    'figure 2, AppendEntries, 3: if it conflicts',
  ),
  bug('old-term-committed', 'leader completeness', '§5.4.2, figure 8', {
    options: { electionMs: 10, heartbeatMs: 5, batch: 1 },
    // Terms so short that leaders are replaced before what they began has arrived anywhere.
    recovers: false,
  }),
  bug(
    'read-without-round',
    'linearizable',
    '§8: a leader that was replaced answers with old values',
  ),
  bug('read-before-own-commit', 'linearizable', '§8: what is committed is not known at first'),
  bug('applied-twice', 'linearizable', '§8: a client that asks again'),
  bug('snapshot-off-by-one', 'leader completeness', 'figure 13: lastIncludedIndex', {
    options: { ...restless, ...small },
    size: 'small',
  }),
  bug('old-snapshot-installed', 'leader append-only', '§7: a snapshot of a prefix', {
    options: { ...restless, snapshotEvery: 1 },
  }),
  bug(
    'change-in-one-step',
    'leader completeness',
    '§6: majorities of old and new that do not meet',
    {
      nodes: 5,
      options: { ...restless, members: 3 },
      workload: votersWorkload,
    },
  ),
  leaseBug('lease-too-long', 'dissertation §6.4.1: nobody else is elected while a lease lasts'),
  leaseBug('lease-without-answers', 'dissertation §6.4.1: what a majority has answered counts'),
]

export const raftEntries: readonly ProtocolEntry[] = [...right, ...bugs]
