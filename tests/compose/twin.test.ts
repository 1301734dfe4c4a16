import { describe, expect, it } from 'vitest'

import { agreement } from '../../checkers/invariants/agreement.ts'
import { electionSafety } from '../../checkers/invariants/election-safety.ts'
import { casRegister } from '../../checkers/models/cas-register.ts'
import { register } from '../../checkers/models/register.ts'
import { linearizableMonitor } from '../../checkers/monitors/linearizable.ts'
import { twoPhaseCommit } from '../../impls/commit/two-phase-commit.ts'
import { paxos } from '../../impls/paxos/paxos.ts'
import { raft } from '../../impls/raft/raft.ts'
import { abd } from '../../impls/registers/abd.ts'
import { primaryCopy } from '../../impls/replication/primary-copy.ts'
import type { ComposeOptions } from '../../src/compose/index.ts'
import { compose } from '../../src/compose/index.ts'
import { explore } from '../../src/explore/index.ts'
import type { Program } from '../../src/node/index.ts'
import { exploreDirectly } from './direct.ts'

const propose = (value: string, node: number) => ({ asks: [{ f: 'propose', value }], at: [node] })
const write = { f: 'write', value: 1 }
const read = { f: 'read', value: null }

const cases: readonly (readonly [name: string, program: Program, options: ComposeOptions])[] = [
  [
    'Paxos, two proposers',
    paxos.make({ nak: false }),
    { nodes: 2, clients: [propose('a', 0), propose('b', 1)], loopback: 'at-once' },
  ],
  [
    'Paxos with a crash, its messages to itself on their way',
    paxos.make({ nak: false }),
    { nodes: 2, clients: [propose('a', 0)], crashes: 1 },
  ],
  [
    'a proposer with a slow disk',
    paxos.make({ nak: false }),
    { nodes: 1, clients: [propose('a', 0)], disk: 'slow', network: 'bag', crashes: 1 },
  ],
  [
    'Paxos over links that keep the order',
    paxos.make({}),
    {
      nodes: 2,
      clients: [propose('a', 0), propose('b', 1)],
      network: 'fifo',
      loopback: 'at-once',
      losses: 1,
    },
  ],
  [
    'Paxos, each message at most once, but one twice',
    paxos.make({}),
    { nodes: 2, clients: [propose('a', 0)], network: 'bag', losses: 1, duplicates: 1 },
  ],
  [
    'two-phase commit',
    twoPhaseCommit.make({}),
    {
      nodes: 3,
      clients: [{ asks: [{ f: 'add', value: 1 }], at: [0] }],
      timers: { votes: 1 },
      loopback: 'at-once',
    },
  ],
  [
    'ABD',
    abd.make({}),
    {
      nodes: 2,
      clients: [
        { asks: [write], at: [0] },
        { asks: [read], at: [1] },
      ],
      monitors: [linearizableMonitor(register)],
      loopback: 'at-once',
      giveUps: 1,
    },
  ],
  [
    'Paxos where half of the nodes are enough',
    paxos.make({ nak: false }, 'half-is-enough'),
    { nodes: 2, clients: [propose('a', 0), propose('b', 1)], loopback: 'at-once' },
  ],
  [
    'primary copy',
    primaryCopy.make({}),
    {
      nodes: 2,
      clients: [{ asks: [write, write] }, { asks: [read, read] }],
      repeats: 1,
      timers: 2,
      monitors: [linearizableMonitor(register)],
    },
  ],
  [
    'Raft, one election',
    raft.make({}),
    {
      nodes: 2,
      clients: [{ asks: [{ f: 'write', key: 'x', value: 1 }], at: [0] }],
      timers: { silence: 1, election: 1 },
      clock: 0,
      within: ({ term }) => (term as number) <= 1,
      invariants: [electionSafety],
      monitors: [linearizableMonitor(casRegister)],
      loopback: 'at-once',
    },
  ],
]

describe('a composed system is what its nodes do, one step after the other', () => {
  it.each(cases)('%s', async (_, program, options) => {
    const invariants = options.invariants ?? [agreement]
    const all = { ...options, invariants, recheck: 7 }
    const direct = exploreDirectly(program, all)
    const { outcome, distinctStates, depth, violations } = await explore(compose(program, all), {
      keepGoing: false,
    })
    expect(outcome).toBe(direct.wrong.length === 0 ? 'pass' : 'fail')
    expect({ states: distinctStates, depth }).toEqual({
      states: direct.states,
      depth: direct.depth,
    })
    if (outcome === 'fail') expect(direct.wrong).toContain(violations[0]!.name)
    expect(direct.states).toBeGreaterThan(5)
  })
})
