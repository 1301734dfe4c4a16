import { agreement } from '../../checkers/invariants/agreement.ts'
import { paxos } from '../../impls/paxos/paxos.ts'
import type { ComposedClient, ComposeOptions } from '../../src/compose/index.ts'
import type { Bug } from './bug.ts'
import { pinned } from './pinned.ts'

/** Each of these nodes, from 0, proposes a value of its own. */
const proposals = (...nodes: readonly number[]): readonly ComposedClient[] =>
  nodes.map((at) => ({ asks: [{ f: 'propose', value: `v${at + 1}` }], at: [at] }))

/** Node k of n begins with ballot k + n. */
const upTo =
  (ballot: number): NonNullable<ComposeOptions['within']> =>
  ({ promised }) =>
    (promised as number) <= ballot

const decided = {
  'somebody decides': (views: Parameters<NonNullable<ComposeOptions['sometimes']>[string]>[0]) =>
    views.some((view) => view?.['decided'] !== undefined),
}

/** Three nodes of which two propose, once each. */
const duel: ComposeOptions = {
  nodes: 3,
  within: upTo(4),
  clients: proposals(0, 1),
  loopback: 'at-once',
  invariants: [agreement],
  sometimes: decided,
}

/** Silent acceptors, as in the paper. */
const base = { protocol: paxos, options: { nak: false }, violated: 'agreement' } as const

const source = 'Lamport 2001, Paxos made simple'

export const paxosBugs: readonly Bug[] = [
  {
    ...base,
    id: 'PX-01',
    about: 'an acceptor accepts a ballot smaller than one that it has promised',
    source: `${source}, P1a`,
    mutant: 'promise-not-checked',
    bounds: duel,
    simulated: 'paxos/promise-not-checked',
    spec: { name: 'paxos', planted: 'accept-below-promise', depth: 12 },
    size: 'small',
    ...pinned(10, 3140, [5137, 19]),
  },
  {
    ...base,
    id: 'PX-02',
    about: 'a proposer always proposes its own value',
    source: `${source}, P2c`,
    mutant: 'reported-values-ignored',
    bounds: duel,
    simulated: 'paxos/reported-values-ignored',
    spec: { name: 'paxos', planted: 'ignore-votes', depth: 12 },
    size: 'small',
    ...pinned(10, 1575, [5137, 19]),
  },
  {
    ...base,
    id: 'PX-03',
    about: 'a proposer takes over a reported value of any ballot',
    source: `${source}, P2c`,
    mutant: 'any-reported-value',
    bounds: { ...duel, timers: { retry: 1 }, within: upTo(6) },
    simulated: 'paxos/any-reported-value',
    spec: { name: 'paxos', parameters: { ballot: 3 }, planted: 'any-vote', depth: 17 },
    size: 'small',
    ...pinned(13, 43661, [279216, 27]),
  },
  {
    ...base,
    id: 'PX-04',
    about: 'half of the nodes count as a majority',
    source: `${source}, section 2.2: any two majorities share an acceptor`,
    mutant: 'half-is-enough',
    bounds: { ...duel, nodes: 4, within: upTo(5) },
    simulated: 'paxos/half-is-enough',
    size: 'small',
    ...pinned(10, 19034, [267317, 30]),
  },
  {
    ...base,
    id: 'PX-05',
    about: 'an acceptor that restarts has forgotten its promise',
    source: `${source}, section 2.5`,
    mutant: 'promise-not-persisted',
    bounds: { ...duel, crashes: 1 },
    simulated: 'paxos/promise-not-persisted',
    spec: { name: 'paxos', planted: 'forget-promise', depth: 13 },
    size: 'small',
    ...pinned(12, 32081, [94197, 24]),
  },
  {
    ...base,
    id: 'PX-06',
    about: 'an acceptor that restarts has forgotten what it promised and accepted',
    source: 'Chandra, Griesemer, Redstone 2007, Paxos made live, section 5.1',
    mutant: 'disk-forgotten',
    bounds: { ...duel, crashes: 1 },
    spec: { name: 'paxos', planted: 'forget-all', depth: 13 },
    size: 'small',
    ...pinned(12, 39052, [94197, 24]),
  },
  {
    ...base,
    id: 'PX-07',
    about: 'a proposer that restarts uses a ballot again, for another value',
    source: `${source}, section 2.2: different proposals have different numbers`,
    mutant: 'ballot-reused',
    options: { nak: false, spread: 'acceptors' },
    bounds: {
      ...duel,
      within: upTo(3),
      clients: [{ asks: ['v1', 'v2'].map((value) => ({ f: 'propose', value })), at: [0] }],
      crashes: 1,
      giveUps: 1,
    },
    simulated: 'paxos/ballot-reused',
    spec: { name: 'paxos', parameters: { ballot: 1 }, planted: 'reuse-ballot', depth: 9 },
    ...pinned(10, 49403, [603973, 20]),
  },
  {
    ...base,
    id: 'PX-08',
    about: 'an acceptor refuses the very ballot that it has promised',
    source: `${source}, P1a taken too strictly`,
    mutant: 'strictly-greater',
    bounds: duel,
    violated: 'somebody decides',
    simulated: 'paxos/strictly-greater',
    spec: { name: 'paxos', planted: 'accept-only-higher', depth: 0 },
    size: 'small',
    ...pinned(10, 76, [5137, 19]),
  },
  {
    ...base,
    id: 'PX-09',
    about: 'a promise does not say what its acceptor has accepted',
    source: `${source}, P2c`,
    mutant: 'value-not-reported',
    bounds: duel,
    spec: { name: 'paxos', planted: 'promise-without-vote', depth: 12 },
    size: 'small',
    ...pinned(10, 762, [5137, 19]),
  },
]
