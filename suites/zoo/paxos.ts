import { agreement } from '../../checkers/invariants/agreement.ts'
import { paxos } from '../../impls/paxos/paxos.ts'
import type { ComposedClient, ComposeOptions } from '../../src/compose/index.ts'
import type { Bug } from './bug.ts'

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
    depth: 0, states: 0, twin: { states: 0, depth: 0 },
  },
  {
    ...base,
    id: 'PX-02',
    about: 'a proposer always proposes its own value',
    source: `${source}, P2c`,
    mutant: 'reported-values-ignored',
    bounds: duel,
    depth: 0, states: 0, twin: { states: 0, depth: 0 },
  },
  {
    ...base,
    id: 'PX-03',
    about: 'a proposer takes over a reported value of any ballot',
    source: `${source}, P2c`,
    mutant: 'any-reported-value',
    bounds: { ...duel, timers: { retry: 1 }, within: upTo(6) },
    depth: 0, states: 0, twin: { states: 0, depth: 0 },
  },
  {
    ...base,
    id: 'PX-04',
    about: 'half of the nodes count as a majority',
    source: `${source}, section 2.2: any two majorities share an acceptor`,
    mutant: 'half-is-enough',
    bounds: { ...duel, nodes: 4, within: upTo(5) },
    depth: 0, states: 0, twin: { states: 0, depth: 0 },
  },
  {
    ...base,
    id: 'PX-05',
    about: 'an acceptor that restarts has forgotten its promise',
    source: `${source}, section 2.5`,
    mutant: 'promise-not-persisted',
    bounds: { ...duel, crashes: 1 },
    depth: 0, states: 0, twin: { states: 0, depth: 0 },
  },
  {
    ...base,
    id: 'PX-06',
    about: 'an acceptor that restarts has forgotten what it promised and accepted',
    source: 'Chandra, Griesemer, Redstone 2007, Paxos made live, section 5.1',
    mutant: 'disk-forgotten',
    bounds: { ...duel, crashes: 1 },
    depth: 0, states: 0, twin: { states: 0, depth: 0 },
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
    depth: 0, states: 0, twin: { states: 0, depth: 0 },
  },
  {
    ...base,
    id: 'PX-08',
    about: 'an acceptor refuses the very ballot that it has promised',
    source: `${source}, P1a taken too strictly`,
    mutant: 'strictly-greater',
    bounds: duel,
    violated: 'somebody decides',
    depth: 0, states: 0, twin: { states: 0, depth: 0 },
  },
  {
    ...base,
    id: 'PX-09',
    about: 'a promise does not say what its acceptor has accepted',
    source: `${source}, P2c`,
    mutant: 'value-not-reported',
    bounds: duel,
    depth: 0, states: 0, twin: { states: 0, depth: 0 },
  },
]
