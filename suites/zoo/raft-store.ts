import { stateMachineSafety } from '../../checkers/invariants/state-machine-safety.ts'
import { casRegister } from '../../checkers/models/cas-register.ts'
import { linearizableMonitor } from '../../checkers/monitors/linearizable.ts'
import type { Bug } from './bug.ts'
import { pinned } from './pinned.ts'
import {
  bug,
  cluster,
  commits,
  elections,
  oneNode,
  plain,
  twoNodes,
  within,
} from './raft-bounds.ts'

const linearizable = linearizableMonitor(casRegister)

/** Bugs of the store over Raft's log: what is applied, what is read, what is on the disk. */
export const raftStoreBugs: readonly Bug[] = [
  bug('RF-11', 'read-before-own-commit', {
    about: 'a new leader answers reads before it knows what is committed',
    source: 'Ongaro, Ousterhout 2014, §8; etcd issue 7331',
    options: { ...plain, batch: 64 },
    bounds: {
      ...cluster,
      timers: twoNodes,
      clients: [
        { asks: [{ f: 'write', value: 1 }], at: [0] },
        { asks: [{ f: 'read', value: null }], at: [1] },
      ],
      within: within({ term: 2, log: 3, reaches: { 1: ['n2'] } }),
      monitors: [linearizable],
      sometimes: { 'something is committed': commits(1) },
    },
    violated: 'linearizable',
    ...pinned(14, 7398, [42837, 26]),
    size: 'small',
    simulated: 'raft/read-before-own-commit',
  }),
  bug('RF-24', 'read-without-round', {
    about: 'a leader that was replaced answers reads with old values',
    source: 'Ongaro, Ousterhout 2014, §8; Tang and others 2024, SandTable (Xraft-KV 1)',
    options: { ...plain, batch: 64 },
    bounds: {
      ...cluster,
      timers: twoNodes,
      clients: [
        { asks: [{ f: 'write', value: 1 }], at: [1] },
        { asks: [{ f: 'read', value: null }], at: [0] },
      ],
      within: within({ term: 2, log: 2 }),
      monitors: [linearizable],
      sometimes: { 'something is committed': commits(2) },
    },
    violated: 'linearizable',
    ...pinned(11, 2923, [24993, 25]),
    size: 'small',
    published: { tool: 'SandTable (TLC)', depth: 10, states: 124409, seconds: 15 },
    simulated: 'raft/read-without-round',
  }),
  bug('RF-27', 'snapshot-in-two-writes', {
    about: 'what says up to where the data goes is on the disk before the data',
    source: 'etcd issue 13766 and the 3.5 postmortem, 2022',
    options: { batch: 1, snapshotEvery: 1 },
    bounds: {
      ...cluster,
      nodes: 1,
      timers: elections({ n1: [2, 2] }),
      crashes: 1,
      clients: [
        {
          asks: [
            { f: 'write', value: 1 },
            { f: 'read', value: null },
          ],
        },
      ],
      monitors: [linearizable],
      sometimes: { 'something is committed': commits(1) },
    },
    violated: 'linearizable',
    ...pinned(7, 64, [62, 9]),
    size: 'small',
  }),
  bug('RF-28', 'leader-counts-before-durable', {
    about: 'the only node answers before its disk has the entry',
    source: 'etcd issue 14370, 2022',
    options: plain,
    bounds: {
      ...cluster,
      nodes: 1,
      loopback: 'network',
      disk: 'slow',
      timers: elections({ n1: [2, 2] }),
      crashes: 1,
      clients: [
        {
          asks: [
            { f: 'write', value: 1 },
            { f: 'read', value: null },
          ],
        },
      ],
      monitors: [linearizable],
      sometimes: { 'something is committed': commits(1) },
    },
    violated: 'linearizable',
    ...pinned(14, 378, [279, 17]),
    size: 'small',
    simulated: 'raft/leader-counts-before-durable',
  }),
  bug('RF-33', 'tail-cut-at-boot', {
    about: 'a node that starts takes the last record of its log for a torn one, and drops it',
    source: 'Alagappan and others 2018, Protocol-aware recovery for consensus-based storage',
    options: plain,
    bounds: {
      ...cluster,
      timers: twoNodes,
      crashes: 1,
      within: within({ term: 2, log: 1 }),
      sometimes: { 'something is committed': commits(1) },
    },
    violated: 'leader completeness',
    ...pinned(11, 6212, [7004, 16]),
    size: 'small',
  }),
  bug('RF-34', 'applied-when-appended', {
    about: 'a leader applies a command as soon as it is in its own log',
    source: 'Ongaro, Ousterhout 2014, §5.3: applied when committed',
    options: plain,
    bounds: {
      ...cluster,
      timers: twoNodes,
      invariants: [stateMachineSafety],
      within: within({ term: 2, log: 1 }),
      sometimes: { 'something is committed': commits(1) },
    },
    violated: 'state machine safety',
    ...pinned(7, 197, [585, 14]),
    size: 'small',
  }),
  bug('RF-35', 'applied-twice', {
    about: 'an operation that is asked for again is applied again',
    source: 'Ongaro, Ousterhout 2014, §8: sessions',
    options: { ...plain, batch: 64 },
    bounds: {
      ...cluster,
      nodes: 2,
      timers: oneNode,
      repeats: 1,
      clients: [
        {
          asks: [
            { f: 'cas', value: [null, 1] },
            { f: 'read', value: null },
          ],
          at: [0],
        },
      ],
      within: within({ term: 1, log: 3 }),
      monitors: [linearizable],
      sometimes: { 'something is committed': commits(1) },
    },
    violated: 'linearizable',
    ...pinned(8, 31, [1168, 21]),
    size: 'small',
    simulated: 'raft/applied-twice',
  }),
]
