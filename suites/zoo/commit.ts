import { atomicity, unanimity } from '../../checkers/invariants/atomic-commit.ts'
import { nonBlocking } from '../../checkers/invariants/non-blocking.ts'
import { threePhaseCommit } from '../../impls/commit/three-phase-commit.ts'
import { twoPhaseCommitTakeover } from '../../impls/commit/two-phase-commit-takeover.ts'
import { twoPhaseCommit } from '../../impls/commit/two-phase-commit.ts'
import type { ComposeOptions } from '../../src/compose/index.ts'
import type { Bug, MissingBug } from './bug.ts'
import { pinned } from './pinned.ts'

/** One transaction. */
const add = [{ asks: [{ f: 'add', value: 1 }], at: [0] }]

/** Half of the votes are yes, so that each vote is tried once. */
const options = { oneNoIn: 2 }

const somethingCommits = {
  'something is committed': (views: Views) => views.some((view) => view?.['elements'] === 1),
}
type Views = Parameters<NonNullable<ComposeOptions['sometimes']>[string]>[0]

const logged: ComposeOptions = {
  nodes: 2,
  clients: add,
  loopback: 'at-once',
  sometimes: somethingCommits,
}

/** Crashes are for ever, and messages leave one by one. */
const takeover = (nodes: number, crashes: number): ComposeOptions => ({
  nodes,
  clients: add,
  loopback: 'at-once',
  crashes,
  restarts: 0,
  timers: { send: Infinity, 'silent n1': Infinity, 'silent n2': Infinity, 'silent n3': Infinity },
  invariants: [atomicity],
  sometimes: somethingCommits,
})

/** Only who has crashed is taken for dead. */
const crashesAreSeen = {
  silenceOf: (timer: string) => (timer.startsWith('silent ') ? timer.slice(7) : undefined),
}

export const commitBugs: readonly Bug[] = [
  {
    id: 'AC-01',
    about: 'who has said yes and finds the coordinator and another participant dead is stuck',
    source: 'Skeen 1981, Nonblocking commit protocols',
    protocol: twoPhaseCommitTakeover,
    options,
    bounds: { ...takeover(3, 2), ...crashesAreSeen, invariants: [nonBlocking] },
    repaired: { protocol: threePhaseCommit },
    violated: nonBlocking.name,
    simulated: 'two-phase-commit-takeover/blocks',
    spec: { name: 'threepc', planted: 'uncertain-wait', depth: 4 },
    size: 'small',
    ...pinned(6, 1905, [17195, 29]),
  },
  {
    id: 'AC-02',
    about: 'two halves that take each other for dead end differently',
    source: 'Skeen 1981; Guerraoui 1995, on what three-phase commit assumes',
    protocol: threePhaseCommit,
    options,
    bounds: takeover(2, 0),
    repaired: { assuming: crashesAreSeen },
    violated: atomicity.name,
    simulated: 'three-phase-commit/partition',
    size: 'small',
    ...pinned(5, 106, [29, 10]),
  },
  {
    id: 'AC-03',
    about: 'a new coordinator that finds somebody prepared commits at once, and crashes',
    source: 'Skeen 1981, Nonblocking commit protocols, the termination protocol',
    protocol: threePhaseCommit,
    options,
    mutant: 'commits-without-preparing',
    bounds: { ...takeover(3, 2), ...crashesAreSeen },
    violated: atomicity.name,
    simulated: 'three-phase-commit/commits-without-preparing',
    spec: { name: 'threepc', planted: 'commit-unprepared', depth: 8 },
    size: 'small',
    ...pinned(14, 12073, [14010, 28]),
  },
  {
    id: 'AC-04',
    about: 'a yes is said before it is on the disk, and forgotten in a crash',
    source: 'Gray, Reuter 1993, Transaction processing, section 10.3',
    protocol: twoPhaseCommit,
    options,
    mutant: 'vote-not-forced',
    bounds: { ...logged, crashes: 1, invariants: [unanimity] },
    violated: unanimity.name,
    simulated: 'two-phase-commit/vote-not-forced',
    spec: { name: 'twophase', parameters: { rm: 2 }, planted: 'abort-after-prepare', depth: 7 },
    size: 'small',
    ...pinned(5, 136, [147, 8]),
  },
  {
    id: 'AC-05',
    about: 'the coordinator commits without the votes that do not come',
    source: 'Guerraoui 1995, Revisiting the relationship between NBAC and consensus (AC3)',
    protocol: twoPhaseCommit,
    options,
    mutant: 'silence-is-yes',
    bounds: { ...logged, crashes: 1, timers: { votes: 1 }, invariants: [unanimity] },
    violated: unanimity.name,
    simulated: 'two-phase-commit/silence-is-yes',
    spec: { name: 'twophase', planted: 'commit-without-all', depth: 5 },
    size: 'small',
    ...pinned(3, 75, [219, 8]),
  },
  {
    id: 'AC-06',
    about: 'who has reported to a new coordinator still does what the old one said',
    source: 'Skeen 1981, Nonblocking commit protocols, the termination protocol',
    protocol: twoPhaseCommitTakeover,
    options,
    mutant: 'old-coordinator-obeyed',
    bounds: { ...takeover(3, 1), ...crashesAreSeen },
    violated: atomicity.name,
    size: 'small',
    ...pinned(11, 6687, [4710, 20]),
  },
]

export const commitMissing: readonly MissingBug[] = [
  {
    id: 'AC-07',
    because: 'a database with snapshot isolation and transactions of several keys is not built',
  },
]
