import { atomicity } from '../../checkers/invariants/atomic-commit.ts'
import { threePhaseCommit as threePhaseCode } from '../../impls/commit/three-phase-commit.ts'
import { threePhaseCommit } from '../../specs/commit/threepc.ts'
import { transactionsWorkload } from '../protocols/commit.ts'
import type { Claim } from './claim.ts'
import type { StateOf } from './spec-states.ts'
import { always, reaches } from './spec-states.ts'
import { someWrong } from './many-runs.ts'

type S = StateOf<ReturnType<typeof threePhaseCommit.make>>

const some = (s: S, is: string): boolean => s.participants.some((one) => one.up && one.is === is)
const afterCommit = (s: S): boolean =>
  !some(s, 'committed') || (!some(s, 'uncertain') && !some(s, 'working') && !some(s, 'aborted'))
const afterAbort = (s: S): boolean =>
  !some(s, 'aborted') || (!some(s, 'prepared') && !some(s, 'committed'))

/** What the coordinator says comes late for a while, as if it had gone away and come back. */
const lateCoordinator = {
  nodes: 4,
  workload: transactionsWorkload,
  invariants: [atomicity],
  recovers: false,
  seeds: 200,
  given: { faults: [1, 2, 3].map((n) => late(n * 1000)), forMs: 4500 },
} as const

function late(at: number) {
  return {
    type: 'clog',
    from: ['n1'],
    to: ['n2', 'n3', 'n4'],
    at,
    until: at + 800,
  } as const
}

/** Three-phase commit, and what can be reached at all. */
export const threePhaseClaims: readonly Claim[] = [
  {
    id: 'TXN-12',
    name: 'Three-phase commit',
    kind: 'protocol',
    says: 'Between the votes and the commit everybody is told to prepare, and says that it has.',
    source: 'Skeen, Nonblocking Commit Protocols, 1981',
    verdict: 'holds',
    checks: [
      'specs/commit/threepc/claims',
      'protocols/three-phase-commit/claims',
      'specs/commit/threepc/commit-after-votes',
      'protocols/three-phase-commit/does-not-wait',
    ],
  },
  {
    id: 'TXN-13',
    name: '3PC does not block',
    kind: 'claim',
    says:
      'Three-phase commit solves the blocking of two-phase commit: everybody knows that all are ' +
      'ready before anybody commits.',
    source: 'Skeen, Nonblocking Commit Protocols, 1981',
    verdict: 'holds with a correction',
    counterexamples: [
      'specs/commit/threepc/participant-2-crashes-0-partition-true/claims',
      'zoo/AC-02',
      'valency/3pc-timeouts/3-processes',
    ],
    instead:
      'It does not block where crashes are told apart from silence. Where they are not, it does ' +
      'not block either: it goes wrong.',
    checks: ['specs/commit/threepc/claims', 'specs/commit/threepc/uncertain-wait'],
  },
  {
    id: 'TXN-14',
    name: 'Why the recovery of 3PC is right',
    kind: 'theorem',
    says:
      'If somebody has committed, all that are up have prepared; if somebody has aborted, none ' +
      'of them has.',
    source: 'Bernstein, Hadzilacos and Goodman 1987, section 7.5',
    verdict: 'holds',
    checks: [
      always(
        'where one that is up has committed, all that are up have prepared or committed',
        { spec: threePhaseCommit },
        afterCommit,
      ),
      always(
        'where one that is up has aborted, none that is up has prepared or committed',
        { spec: threePhaseCommit },
        afterAbort,
      ),
      reaches(
        'a successor that commits before all are prepared breaks the first',
        { spec: threePhaseCommit, mutant: 'commit-unprepared' },
        (s) => !afterCommit(s),
      ),
      reaches(
        'two sides of a partition break the second',
        { spec: threePhaseCommit, size: { participant: 2, crashes: 0, partition: true } },
        (s) => !afterAbort(s),
      ),
      'zoo/AC-03',
    ],
  },
  {
    id: 'TXN-15',
    name: '3PC breaks when nodes disagree on who failed',
    kind: 'claim',
    says:
      'If some take the coordinator for dead and others do not, three-phase commit goes wrong: ' +
      'to agree one has to agree first.',
    source: 'lecture notes',
    verdict: 'holds',
    checks: [
      'specs/commit/threepc/participant-2-crashes-0-partition-true/claims',
      'zoo/AC-02',
      'specs/commit/threepc/participant-2-crashes-1/claims',
    ],
  },
  {
    id: 'TXN-16',
    name: 'A coordinator that returns',
    kind: 'claim',
    says:
      'If failures pass, the coordinator that was replaced comes back, and then there are two ' +
      'of them.',
    source: 'lecture notes',
    verdict: 'holds',
    checks: [
      someWrong(
        'in 3PC a coordinator that was only late and its successor end a transaction differently',
        { ...lateCoordinator, protocol: threePhaseCode },
        atomicity.name,
      ),
      'zoo/AC-06',
    ],
  },
  {
    id: 'TXN-17',
    name: 'Transactions and asynchronous systems',
    kind: 'claim',
    says: 'In an asynchronous system transactions cannot be had, in theory.',
    source: 'lecture notes, after Fischer, Lynch and Paterson 1985',
    verdict: 'holds with a correction',
    counterexamples: [
      'protocols/two-phase-commit/claims',
      'specs/commit/acp-sb/participant-2/claims',
    ],
    instead:
      'What cannot be had is that they end: it is always possible that none splits. Atomic ' +
      'commit is not easier than consensus, and a protocol that never splits can be made to wait.',
    checks: [
      'valency/2pc/3-processes',
      'valency/3pc-timeouts/3-processes',
      'specs/commit/paxos-commit/rm-1/claims',
    ],
  },
]
