import { commitIgnoringCrashed } from '../../specs/commit/ignore-crashed.ts'
import type { Claim } from './claim.ts'
import { always, reaches } from './spec-states.ts'
import {
  coordinatorLast,
  deadAborted,
  deadCommitted,
  diedBeforeVoting,
  firstIsHarmful,
  lastIsHarmless,
  oneCrash,
  oneTransaction,
  replays,
  slowOne,
  somebodyCommits,
  splitsUnforced,
  staysStuck,
  stuck,
  two,
} from './two-phase-questions.ts'

/** Two-phase commit, and what goes wrong with it. */
export const twoPhaseClaims: readonly Claim[] = [
  {
    id: 'TXN-01',
    name: 'Two-phase commit',
    kind: 'protocol',
    says:
      'A coordinator asks all to vote, decides to commit if all say yes and to abort otherwise, ' +
      'tells them, and they acknowledge.',
    source: 'Gray, Notes on Data Base Operating Systems, 1978, section 5.8.3',
    verdict: 'holds',
    checks: [
      'specs/commit/twophase/rm-3/claims',
      oneTransaction,
      'protocols/two-phase-commit/claims',
      'traces/two-phase-commit/claims',
      'specs/commit/twophase/commit-without-all',
    ],
  },
  {
    id: 'TXN-02',
    name: '2PC called an unsafe consensus protocol',
    kind: 'claim',
    says: 'Two-phase commit is the simplest consensus protocol, and an unsafe one.',
    source: 'lecture notes',
    verdict: 'refuted as worded',
    counterexamples: [
      'specs/commit/acp-sb/participant-2/claims',
      'specs/commit/twophase/rm-5/claims',
      'protocols/two-phase-commit/claims',
    ],
    instead:
      'It never lets one commit while another aborts; what it may do is wait for ever. And it ' +
      'solves another problem than consensus: a single no forces an abort.',
    checks: [stuck, staysStuck, 'valency/2pc/3-processes', 'valency/2pc-timeout/3-processes'],
  },
  {
    id: 'TXN-03',
    name: '2PC stops under simple failures',
    kind: 'claim',
    says: 'When the coordinator fails at the wrong moment nobody can go on.',
    source: 'Skeen, Nonblocking Commit Protocols, 1981',
    verdict: 'holds',
    checks: [stuck, staysStuck, 'specs/commit/threepc/uncertain-wait'],
  },
  {
    id: 'TXN-04',
    name: 'Recovery of the coordinator from its log',
    kind: 'protocol',
    says:
      'A coordinator that fails before it has decided aborts when it is back, and the client may ' +
      'try again; one that fails after it has decided tells the same decision again.',
    source: 'Mohan, Lindsay and Obermarck, Transaction Management in R*, 1986',
    verdict: 'holds',
    checks: [
      replays,
      splitsUnforced,
      'protocols/two-phase-commit/decision-not-forced',
      'protocols/two-phase-commit/vote-not-forced',
      'zoo/AC-04',
    ],
  },
  {
    id: 'TXN-05',
    name: 'One node that is down or slow forbids commit',
    kind: 'claim',
    says: 'If one node has crashed or is too slow to vote, the value cannot be committed.',
    source: 'Gray, Notes on Data Base Operating Systems, 1978, section 5.8.3',
    verdict: 'holds',
    checks: [
      always(
        'nobody commits what somebody has not voted for who died before',
        two,
        (s) => !(diedBeforeVoting(s) && somebodyCommits(s)),
      ),
      reaches(
        'a coordinator that does not mind the dead does commit it',
        { spec: commitIgnoringCrashed },
        (s) =>
          s.participants.some((one) => !one.up && one.is === 'working') &&
          s.participants.some((one) => one.is === 'committed'),
      ),
      slowOne,
      'protocols/two-phase-commit/silence-is-yes',
    ],
  },
  {
    id: 'TXN-06',
    name: 'Crashes are final, and seen at once',
    kind: 'claim',
    says:
      'The analysis takes it that who fails stops for ever, that everybody knows at once, and ' +
      'that a new coordinator is there at once.',
    source: 'Skeen, Nonblocking Commit Protocols, 1981',
    verdict: 'holds',
    checks: [
      'specs/commit/threepc/claims',
      oneCrash,
      'specs/commit/threepc/participant-2-crashes-0-partition-true/claims',
      'zoo/AC-02',
    ],
  },
  {
    id: 'TXN-07',
    name: 'The coordinator commits last',
    kind: 'protocol',
    says: 'The coordinator commits itself only when all others have acknowledged the commit.',
    source: 'lecture notes',
    verdict: 'holds',
    checks: [
      coordinatorLast,
      'protocols/two-phase-commit-takeover/claims',
      firstIsHarmful,
      lastIsHarmless,
    ],
  },
  {
    id: 'TXN-08',
    name: 'Who fails before voting may be ignored',
    kind: 'claim',
    says: 'A coordinator may go on without a participant that fails before it has voted.',
    source: 'lecture notes',
    verdict: 'holds with a correction',
    counterexamples: [
      'specs/commit/ignore-crashed/returns-true/claims',
      'protocols/two-phase-commit/silence-is-yes',
      'zoo/AC-05',
    ],
    instead:
      'That is sound only if it never comes back: who returns has not voted, and may have ' +
      'aborted by himself.',
    checks: [
      'specs/commit/ignore-crashed/claims',
      'specs/commit/ignore-crashed/crashes-2/claims',
      'specs/commit/ignore-crashed/ignore-silent',
    ],
  },
  {
    id: 'TXN-09',
    name: 'A new coordinator asks, and the old one is refused',
    kind: 'protocol',
    says:
      'Who takes over asks the others whether they have seen the commit, and they promise to ' +
      'obey the old coordinator no more.',
    source: 'Skeen, Nonblocking Commit Protocols, 1981',
    verdict: 'holds',
    checks: [
      'protocols/two-phase-commit-takeover/claims',
      'protocols/two-phase-commit-takeover/nobody-is-asked',
      'zoo/AC-06',
    ],
  },
  {
    id: 'TXN-10',
    name: 'Recovery works after a single failure',
    kind: 'claim',
    says: 'After one crash the others can always end the transaction, and all in the same way.',
    source: 'lecture notes',
    verdict: 'holds',
    checks: [
      oneCrash,
      'protocols/two-phase-commit-takeover/claims',
      'protocols/two-phase-commit-takeover/nobody-is-asked',
    ],
  },
  {
    id: 'TXN-11',
    name: 'Coordinator and a participant gone: stuck',
    kind: 'claim',
    says:
      'When the coordinator and one participant are gone, the others can safely neither commit ' +
      'nor abort.',
    source: 'Skeen, Nonblocking Commit Protocols, 1981',
    verdict: 'holds',
    checks: [deadCommitted, deadAborted, 'zoo/AC-01'],
  },
]
