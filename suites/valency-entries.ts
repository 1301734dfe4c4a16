import type { Claim } from '../src/valency/report.ts'
import type { AnyAsynchronous } from '../src/valency/process.ts'
import type { ValencyOptions } from '../src/valency/valency.ts'
import { asynchronousProtocols } from './valency.ts'

/** A protocol with so many processes, and what must come out. What is absent may be anything. */
export interface ValencyEntry {
  /** `paxos/2-processes/01` */
  readonly name: string
  readonly protocol: AnyAsynchronous
  readonly processes: number
  readonly options: ValencyOptions
  readonly expect: ValencyExpectation
  /** Where the expectation comes from, or why it is so. */
  readonly because: string
}

export interface ValencyExpectation {
  readonly configurations?: number
  readonly agreement?: Claim
  /** How many steps the shortest run to a disagreement has. */
  readonly disagreementDepth?: number
  readonly validity?: Claim
  /** `null`: unknown, as the graph is cut off. */
  readonly blocks?: number | null
  readonly bivalentInitial?: readonly string[]
  readonly critical?: number
  /** Pairs of a configuration and an event for which lemma 3 fails, and all pairs. */
  readonly lemma3?: readonly [failed: number, checked: number]
  readonly diamonds?: number
  /** A fair run without decision. */
  readonly lasso?: 'none' | 'bivalent' | 'undecided'
  /** How many configurations such runs come to again and again. */
  readonly component?: number
}

function entry(
  name: string,
  processes: number,
  expect: ValencyExpectation,
  because: string,
  options: ValencyOptions & { readonly as?: string } = {},
): ValencyEntry {
  const protocol = asynchronousProtocols.find((each) => each.name === name)
  if (protocol === undefined) throw new Error(`no protocol is called ${name}`)
  const { as, ...given } = options
  const called = `${name}/${processes}-processes${as === undefined ? '' : `/${as}`}`
  return { name: called, protocol, processes, options: given, expect, because }
}

const SAFE = { agreement: 'holds', validity: 'holds' } as const
const none: readonly string[] = []

const simple: readonly ValencyEntry[] = [
  entry(
    'wait-for-all',
    2,
    { ...SAFE, configurations: 28, bivalentInitial: none, critical: 0, lasso: 'none' },
    'one silent process is waited for without end',
  ),
  entry(
    'wait-for-all',
    3,
    {
      ...SAFE,
      configurations: 640,
      blocks: 168,
      bivalentInitial: none,
      critical: 0,
      diamonds: 7440,
      lasso: 'none',
    },
    'the flatmates: whoever waits for all waits for ever',
  ),
  entry(
    'own-value',
    2,
    {
      configurations: 32,
      agreement: 'violated',
      disagreementDepth: 2,
      validity: 'holds',
      blocks: 0,
      bivalentInitial: ['01', '10'],
      critical: 0,
      lasso: 'none',
    },
    'whoever does not wait may be wrong',
  ),
  entry(
    'wait-for-n-1',
    3,
    {
      configurations: 748,
      agreement: 'violated',
      disagreementDepth: 3,
      validity: 'holds',
      blocks: 0,
      bivalentInitial: ['011', '101', '110'],
      critical: 0,
      diamonds: 8268,
      lasso: 'none',
    },
    'two processes may hear two different pairs of inputs',
  ),
  entry(
    'fixed-leader',
    3,
    { ...SAFE, configurations: 104, bivalentInitial: none, critical: 0, lasso: 'none' },
    'everybody waits for the leader',
  ),
  entry(
    'leader-timeout',
    3,
    {
      configurations: 284,
      agreement: 'violated',
      disagreementDepth: 3,
      validity: 'holds',
      blocks: 0,
      bivalentInitial: ['010', '011', '100', '101'],
      critical: 0,
      lasso: 'none',
    },
    'a slow leader looks like a dead one',
  ),
]

const commits: readonly ValencyEntry[] = [
  entry(
    '2pc',
    3,
    {
      ...SAFE,
      configurations: 128,
      blocks: 176,
      bivalentInitial: none,
      critical: 0,
      lasso: 'none',
    },
    'the coordinator and every vote are waited for',
  ),
  entry(
    '2pc-timeout',
    3,
    {
      configurations: 300,
      agreement: 'holds',
      validity: 'violated',
      blocks: 96,
      bivalentInitial: ['111'],
      critical: 2,
      lemma3: [10, 46],
      lasso: 'none',
    },
    'all vote 1 and 0 is decided, which is right for commit and wrong for consensus; the ' +
      'coordinator with two votes and the third on its way is the decider',
  ),
  entry(
    '3pc-timeouts',
    3,
    {
      configurations: 749,
      agreement: 'violated',
      disagreementDepth: 6,
      bivalentInitial: ['111'],
      lasso: 'none',
    },
    'one has heard that it may commit and the other has not, and both lose patience',
  ),
]

const synods: readonly ValencyEntry[] = [
  entry(
    'paxos',
    3,
    { agreement: 'unknown', configurations: 87, blocks: 74, bivalentInitial: none, critical: 0 },
    'only one process ever proposes',
    {
      as: 'one-proposer-010',
      options: { proposers: 1 },
      inputs: [[0, 1, 0]],
      bounds: { untilDecided: true },
    },
  ),
  entry(
    'paxos',
    2,
    {
      agreement: 'unknown',
      configurations: 429,
      blocks: 606,
      bivalentInitial: ['01'],
      critical: 0,
      lasso: 'bivalent',
      component: 6,
    },
    'two proposers refuse each other in turn; a majority of two is both',
    { as: '01-until-decided', inputs: [[0, 1]], bounds: { untilDecided: true } },
  ),
  entry(
    'paxos',
    2,
    { ...SAFE, configurations: 1448, bivalentInitial: ['01', '10'], lasso: 'bivalent' },
    'the same to the end, for all inputs',
  ),
  entry('paxos', 2, { ...SAFE, lasso: 'none' }, 'an oracle that names one leader ends the duel', {
    as: 'omega',
    omega: true,
  }),
  entry(
    'paxos',
    2,
    { ...SAFE, lasso: 'none' },
    'messages that are faster than timeouts end the duel',
    { as: 'gst', gst: true },
  ),
  entry(
    'paxos',
    3,
    { agreement: 'unknown', blocks: null, bivalentInitial: ['010'], lasso: 'bivalent' },
    'the duel of two proposers among three; the whole graph has millions of configurations',
    { as: '010', inputs: [[0, 1, 0]], bounds: { states: 20_000 }, lemmas: 0 },
  ),
  entry(
    'rotating-coordinator',
    3,
    { ...SAFE, lasso: 'undecided' },
    'after the last round nobody does anything',
  ),
]

const waysRound: readonly ValencyEntry[] = [
  entry(
    'wait-for-n-1',
    3,
    { ...SAFE, blocks: 0, lasso: 'none' },
    'with one crash two values are within reach (Chaudhuri 1993): k > f',
    { as: 'k-2', agree: 2 },
  ),
  entry(
    'ben-or-received',
    2,
    {
      agreement: 'violated',
      disagreementDepth: 4,
      validity: 'holds',
      blocks: 0,
      bivalentInitial: ['01', '10'],
      lasso: 'none',
    },
    'a majority of the votes that came is no majority',
  ),
  entry(
    'ben-or',
    2,
    { agreement: 'unknown', blocks: null, bivalentInitial: none, lasso: 'undecided' },
    'with two processes and one fault no majority is ever heard: it never decides',
  ),
]

/** Small enough to be looked at in seconds, in the order in which they are printed. */
export const valencyEntries: readonly ValencyEntry[] = [
  ...simple,
  ...commits,
  ...synods,
  ...waysRound,
]
