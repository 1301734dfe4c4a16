import { atomicity } from '../../checkers/invariants/atomic-commit.ts'
import { electionSafety } from '../../checkers/invariants/election-safety.ts'
import { register } from '../../checkers/models/register.ts'
import { linearizableMonitor } from '../../checkers/monitors/linearizable.ts'
import { twoPhaseCommit } from '../../impls/commit/two-phase-commit.ts'
import { raft } from '../../impls/raft/raft.ts'
import { abd } from '../../impls/registers/abd.ts'
import type { ComposeOptions } from '../../src/compose/index.ts'
import type { Program } from '../../src/node/index.ts'

const elections: ComposeOptions = {
  nodes: 3,
  timers: { silence: 2, election: 1 },
  clock: 0,
  loopback: 'at-once',
  alike: raft.alike ?? {},
  within: ({ term, commit }) => (term as number) <= 1 && commit === 0,
  invariants: [electionSafety],
}

const plain = { batch: 1, snapshotEvery: 0, refusals: false } as const

/** Clusters in which something can be exchanged. */
export const alikeClusters: readonly (readonly [
  name: string,
  program: Program,
  options: ComposeOptions,
])[] = [
  ['elections of Raft', raft.make(plain), elections],
  ['elections of Raft over a bag', raft.make(plain), { ...elections, network: 'bag', losses: 1 }],
  ['elections of Raft over links', raft.make(plain), { ...elections, network: 'fifo' }],
  [
    'elections of Raft by two of three, with a crash, and votes that are forgotten',
    raft.make(plain, 'vote-not-persisted'),
    {
      ...elections,
      timers: { 'n1 silence': 1, 'n2 silence': 1, 'n1 election': 1, 'n2 election': 1 },
      crashes: 1,
    },
  ],
  [
    'a write to Raft, by whom it may concern',
    raft.make(plain),
    {
      ...elections,
      nodes: 2,
      timers: { silence: 1, election: 1 },
      clients: [{ asks: [{ f: 'write', key: 'x', value: 1 }] }],
      within: ({ term }) => (term as number) <= 1,
    },
  ],
  [
    'participants of two-phase commit',
    twoPhaseCommit.make({ oneNoIn: 2 }),
    {
      nodes: 3,
      clients: [{ asks: [{ f: 'add', value: 1 }], at: [0] }],
      loopback: 'at-once',
      invariants: [atomicity],
      alike: { nodes: [1, 2] },
    },
  ],
  [
    'two readers of ABD, and what they see',
    abd.make({ writers: 'one' }),
    {
      nodes: 3,
      clients: [
        { asks: [{ f: 'write', value: 'a' }], at: [0] },
        { asks: [{ f: 'read', value: null }], at: [1] },
        { asks: [{ f: 'read', value: null }], at: [2] },
      ],
      network: 'fifo',
      loopback: 'at-once',
      monitors: [linearizableMonitor(register)],
    },
  ],
  [
    'what two clients write',
    abd.make({}, 'quorums-do-not-meet'),
    {
      nodes: 2,
      clients: ['a', 'b'].map((value) => ({ asks: [{ f: 'write', value }], at: [0] })),
      loopback: 'at-once',
      monitors: [linearizableMonitor(register)],
    },
  ],
]
