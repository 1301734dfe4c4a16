import { atomicity, unanimity } from '../../checkers/invariants/atomic-commit.ts'
import { threePhaseCommit } from '../../impls/commit/three-phase-commit.ts'
import { twoPhaseCommitTakeover } from '../../impls/commit/two-phase-commit-takeover.ts'
import { twoPhaseCommit } from '../../impls/commit/two-phase-commit.ts'
import type { Workload } from '../../src/node/index.ts'
import type { ProtocolEntry } from '../protocol-entry.ts'

/** Each add is a transaction of all nodes; who reads sees what one node has committed. */
export const transactionsWorkload: Workload = {
  name: 'transactions',
  about: 'adds to a set that all nodes have, and reads of it at one node',
  condition: 'set-full',
  client({ client, random }) {
    let added = 0
    return {
      next: () =>
        random.chance(1, 4)
          ? { f: 'read', value: null }
          : { f: 'add', value: (client + 1) * 10_000 + ++added },
      last: () => ({ f: 'read', value: null }),
    }
  },
}

const common = {
  // Nodes hear of a commit one after another, so what one of them answers may be behind.
  condition: 'none',
  nodes: 4,
  workload: transactionsWorkload,
  invariants: [atomicity, unanimity],
} satisfies Partial<ProtocolEntry>

const two = { ...common, protocol: twoPhaseCommit } satisfies Partial<ProtocolEntry>

const twoEntries: readonly ProtocolEntry[] = [
  {
    ...two,
    name: 'two-phase-commit',
    expect: { outcome: 'pass' },
    because: 'two-phase commit never splits, whatever fails (rows TXN-01, TXN-02, TXN-04)',
    size: 'small',
  },
  {
    ...two,
    name: 'two-phase-commit/vote-not-forced',
    mutant: 'vote-not-forced',
    nodes: 2,
    faults: ['crash', 'disk-slow'],
    invariants: [unanimity],
    expect: { outcome: 'fail', violated: 'unanimity' },
    because: 'a participant that has forgotten its yes commits what it knows nothing of (AC-04)',
  },
  {
    ...two,
    name: 'two-phase-commit/decision-not-forced',
    mutant: 'decision-not-forced',
    nodes: 2,
    faults: ['crash', 'disk-slow'],
    expect: { outcome: 'fail', violated: 'atomicity' },
    because: 'a coordinator that has forgotten its commit says that it was aborted (row TXN-04)',
  },
  {
    ...two,
    name: 'two-phase-commit/silence-is-yes',
    mutant: 'silence-is-yes',
    invariants: [unanimity],
    expect: { outcome: 'fail', violated: 'unanimity' },
    because: 'a participant that was down comes back and has not said yes (AC-05, row TXN-08)',
    size: 'small',
  },
  {
    ...two,
    name: 'two-phase-commit/doubt-ends-in-abort',
    mutant: 'doubt-ends-in-abort',
    expect: { outcome: 'fail', violated: 'atomicity' },
    because: 'who has said yes may not abort by himself',
    size: 'small',
  },
]

const takeover = {
  ...common,
  protocol: twoPhaseCommitTakeover,
  faults: ['crash'],
} satisfies Partial<ProtocolEntry>

const takeoverEntries: readonly ProtocolEntry[] = [
  {
    ...takeover,
    name: 'two-phase-commit-takeover',
    expect: { outcome: 'pass' },
    because: 'a new coordinator goes on after a single crash (rows TXN-09, TXN-10)',
    size: 'small',
  },
  {
    ...takeover,
    name: 'two-phase-commit-takeover/blocks',
    options: { claims: 'any' },
    expect: { outcome: 'fail', violated: 'recovers' },
    because: 'without the coordinator and one participant the rest is stuck (rows TXN-03, TXN-11)',
  },
  {
    ...takeover,
    name: 'two-phase-commit-takeover/nobody-is-asked',
    mutant: 'nobody-is-asked',
    expect: { outcome: 'fail', violated: 'atomicity' },
    because: 'the new coordinator aborts what another one has seen committed (row TXN-09)',
  },
  {
    ...takeover,
    name: 'two-phase-commit-takeover/coordinator-commits-first',
    mutant: 'coordinator-commits-first',
    expect: { outcome: 'fail', violated: 'atomicity' },
    because: 'the coordinator takes its commit with it, and the others abort (row TXN-07)',
  },
  {
    ...takeover,
    name: 'two-phase-commit-takeover/the-dead-are-forgotten',
    mutant: 'the-dead-are-forgotten',
    options: { claims: 'any' },
    expect: { outcome: 'fail', violated: 'atomicity' },
    because: 'the participant that crashed with the coordinator had committed (row TXN-11)',
  },
]

const three = {
  ...common,
  protocol: threePhaseCommit,
  faults: ['crash'],
} satisfies Partial<ProtocolEntry>

/**
 * Telling takes long, so that crashes often fall between two messages; then more is asked for than
 * can be served.
 */
const slowly = { nodes: 3, options: { spreadMs: 1000 }, recovers: false }

const threeEntries: readonly ProtocolEntry[] = [
  {
    ...three,
    name: 'three-phase-commit',
    expect: { outcome: 'pass' },
    because: 'Skeen 1981: whoever is left can go on (rows TXN-12, TXN-13, TXN-14)',
    size: 'small',
  },
  {
    ...three,
    name: 'three-phase-commit/partition',
    faults: ['partition'],
    recovers: false,
    expect: { outcome: 'fail', violated: 'atomicity' },
    because: 'two halves that take each other for dead end differently (AC-02, row TXN-15)',
  },
  {
    ...three,
    name: 'three-phase-commit/commits-without-preparing',
    ...slowly,
    mutant: 'commits-without-preparing',
    expect: { outcome: 'fail', violated: 'atomicity' },
    because: 'a new coordinator that commits at once and crashes leaves others in doubt (AC-03)',
  },
  {
    ...three,
    name: 'three-phase-commit/does-not-wait',
    mutant: 'does-not-wait',
    expect: { outcome: 'fail', violated: 'atomicity' },
    because: 'without waiting it is two-phase commit, which cannot tell what the dead have done',
  },
  {
    ...three,
    name: 'three-phase-commit/prepared-means-abort',
    mutant: 'prepared-means-abort',
    expect: { outcome: 'fail', violated: 'atomicity' },
    because: 'the coordinator that crashed had committed when all were prepared (row TXN-14)',
  },
  {
    ...three,
    name: 'three-phase-commit/yes-means-commit',
    mutant: 'yes-means-commit',
    expect: { outcome: 'fail', violated: 'atomicity' },
    because: 'a participant that crashed had said no',
  },
]

export const commitEntries: readonly ProtocolEntry[] = [
  ...twoEntries,
  ...takeoverEntries,
  ...threeEntries,
]
