import { commitOnlyGrows } from '../../checkers/invariants/commit-only-grows.ts'
import { committedAtMajority } from '../../checkers/invariants/committed-at-majority.ts'
import { countedAtMajority } from '../../checkers/invariants/counted-at-majority.ts'
import type { Bug, MissingBug } from './bug.ts'
import { pinned } from './pinned.ts'
import { bug, cluster, commits, elections, five, leads, oneNode, plain } from './raft-bounds.ts'
import { twoNodes, upToTwo, within } from './raft-bounds.ts'
import { raftStoreBugs } from './raft-store.ts'

export const raftBugs: readonly Bug[] = [
  bug('RF-01', 'vote-not-persisted', {
    about: 'a node that restarts has forgotten its vote, and votes again in the term',
    source: 'Ongaro, Ousterhout 2014, figure 2: votedFor is persistent',
    options: plain,
    bounds: {
      ...cluster,
      timers: twoNodes,
      crashes: 1,
      within: within({ term: 1, commit: 0 }),
      sometimes: { 'somebody leads': leads(1) },
    },
    violated: 'election safety',
    ...pinned(10, 1228, [1174, 11]),
    size: 'small',
    spec: {
      name: 'raft-v',
      parameters: { value: 0, maxElections: 2, maxRestarts: 1 },
      planted: 'forget-vote',
      depth: 10,
    },
    simulated: 'raft/vote-not-persisted',
  }),
  bug('RF-02', 'term-not-persisted', {
    about: 'a node that restarts is in term 0 again, and votes again in the term',
    source: 'Ongaro, Ousterhout 2014, figure 2: currentTerm is persistent',
    options: plain,
    bounds: {
      ...cluster,
      timers: twoNodes,
      crashes: 1,
      within: within({ term: 1, commit: 0 }),
      sometimes: { 'somebody leads': leads(1) },
    },
    violated: 'election safety',
    ...pinned(10, 1596, [1174, 11]),
    size: 'small',
  }),
  bug('RF-03', 'stale-vote-counted', {
    about: 'a candidate counts a vote for an earlier term',
    source: 'Xraft issue 33; Tang and others 2024, SandTable',
    options: plain,
    bounds: {
      ...cluster,
      timers: elections({ n1: [1, 2], n2: [1, 2] }),
      within: within({ term: 2, commit: 0, log: 1 }),
      sometimes: { 'somebody leads': leads(2) },
    },
    violated: 'election safety',
    ...pinned(8, 650, [836, 12]),
    size: 'small',
    spec: {
      name: 'raft-v',
      parameters: { value: 0, maxElections: 3 },
      planted: 'count-stale-votes',
      depth: 11,
    },
    published: { tool: 'SandTable (TLC)', depth: 8, states: 3534, seconds: 3 },
    simulated: 'raft/stale-vote-counted',
  }),
  bug('RF-04', 'old-term-committed', {
    about: 'a leader commits an entry of an earlier term because a majority has it',
    source: 'Ongaro, Ousterhout 2014, §5.4.2 and figure 8; PySyncObj issue 169',
    options: plain,
    bounds: {
      ...cluster,
      timers: elections({ n1: [2, 2], n2: [2, 2], n3: [1, 0] }),
      crashes: 1,
      crashing: [0],
      within: within({
        term: 4,
        log: 2,
        reaches: { 1: [], 2: [], 3: ['n3'], 4: [] },
      }),
      sometimes: { 'something is committed': commits(3) },
    },
    violated: 'leader completeness',
    ...pinned(23, 118429, [125750, 36]),
    size: 'small',
    spec: { name: 'raft-rpc', planted: 'commit-old-term', depth: 8 },
    published: { tool: 'SandTable (TLC)', depth: 14, states: 2364779, seconds: 120 },
    simulated: 'raft/old-term-committed',
  }),
  bug('RF-05', 'change-before-own-commit', {
    about: 'a leader changes one voter before an entry of its own term is committed',
    source: 'Ongaro 2015, raft-dev: bug in single-server membership changes',
    options: { ...plain, batch: 64, changes: 'single' },
    bounds: {
      ...cluster,
      nodes: 4,
      timers: elections({ n1: [2, 2], n2: [1, 1] }),
      crashes: 1,
      crashing: [0],
      clients: [
        { asks: [{ f: 'reconfigure', value: ['n1', 'n3', 'n4'] }], at: [0] },
        { asks: [{ f: 'reconfigure', value: ['n2', 'n3', 'n4'] }], at: [1] },
      ],
      within: within({
        term: 3,
        log: 2,
        reaches: { 1: [], 2: ['n3', 'n4'], 3: [] },
      }),
      sometimes: { 'something is committed': commits(2) },
    },
    violated: 'leader completeness',
    ...pinned(21, 570387, [141521, 30]),
    spec: {
      name: 'raft-membership',
      parameters: { server: 4 },
      planted: 'change-at-once',
      depth: 6,
    },
  }),
  bug('RF-06', 'configuration-when-committed', {
    about: 'a new configuration is used when it is committed, and not from the moment it is there',
    source: 'etcd issues 7280, 11284, 2397 and 7625',
    options: { ...plain, batch: 64 },
    bounds: {
      ...cluster,
      timers: twoNodes,
      crashes: 1,
      crashing: [1],
      clients: [
        { asks: [{ f: 'reconfigure', value: ['n1'] }], at: [0] },
        { asks: [{ f: 'write', value: 1 }], at: [0] },
      ],
      within: within({ term: 2, log: 4, reaches: { 1: ['n2'], 2: [] } }),
      sometimes: { 'something is committed': commits(1) },
    },
    violated: 'leader completeness',
    ...pinned(18, 41513, [53358, 27]),
    size: 'small',
  }),
  bug('RF-13', 'commit-goes-back', {
    about: 'a follower takes a smaller commit index from a message that is late',
    source: 'PySyncObj issue 166; Tang and others 2024, SandTable',
    options: { ...plain, showsProgress: true },
    bounds: {
      ...cluster,
      timers: oneNode,
      clients: [{ asks: [{ f: 'write', value: 1 }], at: [0] }],
      invariants: [...five, commitOnlyGrows],
      within: within({ term: 1 }),
      sometimes: { 'something is committed': commits(1) },
    },
    violated: 'commit only grows',
    ...pinned(9, 129, [276, 15]),
    size: 'small',
    published: { tool: 'SandTable (TLC)', depth: 13, states: 93713, seconds: 6 },
  }),
  bug('RF-21', 'match-goes-back', {
    about: 'a leader believes an answer that is late, and forgets what was stored',
    source: 'RaftOS issue 25; Tang and others 2024, SandTable',
    options: { ...plain, showsProgress: true },
    bounds: {
      ...cluster,
      timers: oneNode,
      clients: [{ asks: [{ f: 'write', value: 1 }], at: [0] }],
      invariants: [...five, countedAtMajority],
      within: within({ term: 1 }),
      sometimes: { 'something is committed': commits(1) },
    },
    violated: 'counted at a majority',
    ...pinned(10, 168, [276, 15]),
    size: 'small',
    published: { tool: 'SandTable (TLC)', depth: 10, states: 60101, seconds: 5 },
  }),
  bug('RF-22', 'matched-entries-erased', {
    about: 'a message that is late erases entries after those that it brings',
    source: 'RaftOS issue 26; Tang and others 2024, SandTable',
    options: plain,
    bounds: {
      ...cluster,
      timers: oneNode,
      clients: [{ asks: [{ f: 'write', value: 1 }], at: [0] }],
      invariants: [...five, committedAtMajority],
      within: within({ term: 1 }),
      sometimes: { 'something is committed': commits(1) },
    },
    violated: 'committed at a majority',
    ...pinned(10, 192, [276, 15]),
    size: 'small',
    published: { tool: 'SandTable (TLC)', depth: 9, states: 19455, seconds: 4 },
    simulated: 'raft/matched-entries-erased',
  }),
  bug('RF-23', 'commit-stops-at-old-term', {
    about: 'a leader commits nothing as long as an entry of an earlier term is not committed',
    source: 'RaftOS pull request 30; Tang and others 2024, SandTable',
    options: { ...plain, batch: 64 },
    bounds: {
      ...cluster,
      timers: twoNodes,
      // In term 1 nobody learns that anything is committed.
      within: (view, node) => upToTwo(view, node) && (view['term'] !== 1 || view['commit'] === 0),
      sometimes: {
        'what an earlier term left is committed': (views) =>
          views.some(
            (view) =>
              view?.['term'] === 2 &&
              (view['commit'] as number) >= 2 &&
              (view['log'] as readonly { readonly term: number }[])[0]?.term === 1,
          ),
      },
    },
    violated: 'what an earlier term left is committed',
    ...pinned(16, 215, [215, 16]),
    size: 'small',
    published: { tool: 'SandTable (TLC)', depth: 14, states: 16938773, seconds: 240 },
  }),
  bug('RF-26', 'leader-without-majority-stays', {
    about: 'with PreVote and without CheckQuorum a leader that nobody answers leads for ever',
    source: 'Howard, Abraham 2020, Raft does not guarantee liveness in the face of network faults',
    options: { ...plain, preVote: true },
    bounds: {
      ...cluster,
      timers: { ...elections({ n1: [3, 1] }), 'n1 heartbeat': 1 },
      within: within({ term: 1, commit: 1 }),
      sometimes: {
        'a leader that no majority answers gives up': (views) =>
          views.some(
            (view) =>
              view?.['role'] !== 'leader' &&
              view?.['led'] === view?.['term'] &&
              view?.['led'] === 1,
          ),
      },
    },
    violated: 'a leader that no majority answers gives up',
    ...pinned(19, 2374, [2806, 19]),
    size: 'small',
  }),
  bug('RF-32', 'follower-acknowledges-before-durable', {
    about: 'a follower acknowledges entries before its disk has them, and loses them',
    source: 'Ongaro, Ousterhout 2014, figure 2: on stable storage before answering',
    options: plain,
    bounds: {
      ...cluster,
      timers: twoNodes,
      crashes: 1,
      within: within({ term: 2, log: 1 }),
      sometimes: { 'something is committed': commits(1) },
    },
    violated: 'leader completeness',
    ...pinned(10, 5940, [7004, 16]),
    size: 'small',
    simulated: 'raft/follower-acknowledges-before-durable',
  }),
  bug('RF-09', 'joint-left-early', {
    about: 'a leader goes on to the new voters before both halves have agreed',
    source: 'Zeebe, camunda issue 60086, 2026; Ongaro, Ousterhout 2014, §6',
    options: { ...plain, batch: 64 },
    bounds: {
      ...cluster,
      timers: twoNodes,
      clients: [{ asks: [{ f: 'reconfigure', value: ['n1'] }], at: [0] }],
      within: within({ term: 2, log: 3, reaches: { 1: ['n2'], 2: ['n3'] } }),
      sometimes: { 'something is committed': commits(1) },
    },
    violated: 'leader completeness',
    ...pinned(11, 497, [599, 18]),
    size: 'small',
  }),
  bug('RF-36', 'old-snapshot-installed', {
    about: 'a snapshot that is late takes the place of what came after it',
    source: 'Ongaro, Ousterhout 2014, §7',
    options: { ...plain, batch: 64, snapshotEvery: 1, showsProgress: true },
    bounds: {
      ...cluster,
      timers: oneNode,
      clients: [{ asks: [1, 2].map((value) => ({ f: 'write', value })), at: [0] }],
      invariants: [...five, commitOnlyGrows],
      within: within({ term: 1, log: 3 }),
      sometimes: {
        'a snapshot is installed': (views) => views.some((view) => view?.['base'] === 2),
      },
    },
    violated: 'commit only grows',
    ...pinned(14, 4360, [26328, 25]),
    size: 'small',
    simulated: 'raft/old-snapshot-installed',
  }),
  bug('RF-38', 'refusal-counted', {
    about: 'a leader counts an entry as stored by a follower that refuses it',
    source: 'Howard and others 2025, Smart casual verification of CCF',
    options: { ...plain, batch: 64 },
    bounds: {
      ...cluster,
      timers: oneNode,
      clients: [1, 2].map((value) => ({ asks: [{ f: 'write', value }], at: [0] })),
      invariants: [...five, committedAtMajority],
      within: within({ term: 1 }),
      sometimes: { 'something is committed': commits(1) },
    },
    violated: 'committed at a majority',
    ...pinned(10, 2371, [568695, 30]),
  }),
  ...raftStoreBugs,
]

export const missingRaftBugs: readonly MissingBug[] = [
  {
    id: 'RF-25',
    because:
      'that leaders are replaced for ever is no state, and no step that is missing: it takes a ' +
      'cycle that is fair to every link that works, and composed systems are judged by states',
  },
  {
    id: 'RF-30',
    because: 'a bug of a lock service with leases, and there is no lock service here',
  },
]
