import type { ClaimGroup } from './claim.ts'
import { oneLog } from './one-log.ts'
import {
  deliveredInOrder,
  deltasDoNotCommute,
  deltasNotCommands,
  manyOutstanding,
  nineMessages,
  onlyWhatIsMissing,
  paxosSkipsOne,
  promiseIsCarried,
  synchronisesFirst,
} from './zab-questions.ts'

const SAFE = 'specs/log/zab/epoch-2/claims'
const CODE = 'protocols/zab/claims'
const PAPER = 'Junqueira, Reed and Serafini 2011'

/** Zab, the broadcast of ZooKeeper. */
export const zabGroup: ClaimGroup = {
  name: 'Zab',
  claims: [
    {
      id: 'ZAB-01',
      name: 'The messages of Zab',
      kind: 'protocol',
      says:
        'Followers introduce themselves, promise a new epoch and send their history, take over ' +
        'that of the leader, and then log and commit what it proposes.',
      source: `${PAPER}, section 4`,
      verdict: 'holds',
      checks: [nineMessages, SAFE, CODE, 'specs/log/zab/own-history'],
    },
    {
      id: 'ZAB-02',
      name: 'CEPOCH carries the last promise',
      kind: 'spec',
      says: 'Who follows a leader tells it the last epoch that it has promised.',
      source: `${PAPER}, section 4.1`,
      verdict: 'holds',
      checks: [promiseIsCarried, 'specs/log/zab/promise-again', SAFE],
    },
    {
      id: 'ZAB-03',
      name: 'Atomic broadcast with recovery, for primary and backups',
      kind: 'protocol',
      says: 'It is an atomic broadcast for a primary and its backups that crash and come back.',
      source: `${PAPER}, section 1`,
      verdict: 'holds',
      checks: [CODE, 'protocols/zab/five', SAFE, 'protocols/zab/not-truncated'],
    },
    {
      id: 'ZAB-04',
      name: 'Changes come after those they depend on',
      kind: 'property',
      says: 'Whoever delivers a change has delivered all changes before that it depends on.',
      source: `${PAPER}, section 3.2`,
      verdict: 'holds',
      checks: [CODE, SAFE, 'protocols/zab/delivers-uncommitted', paxosSkipsOne],
    },
    {
      id: 'ZAB-05',
      name: 'Several operations under way',
      kind: 'claim',
      says: 'Many operations can be under way at the same time.',
      source: `${PAPER}, section 2`,
      verdict: 'holds',
      checks: [manyOutstanding, CODE],
    },
    {
      id: 'ZAB-06',
      name: 'One primary broadcasts',
      kind: 'property',
      says: 'At any time at most one process can broadcast as the primary of an epoch.',
      source: `${PAPER}, section 3`,
      verdict: 'holds',
      checks: [SAFE, CODE, 'specs/log/zab/promise-again'],
    },
    {
      id: 'ZAB-07',
      name: 'First synchronised, then broadcast',
      kind: 'property',
      says: 'A new primary broadcasts nothing before the synchronisation is over.',
      source: `${PAPER}, section 4.1`,
      verdict: 'holds',
      checks: [
        synchronisesFirst,
        'specs/log/zab/broadcast-early',
        'protocols/zab/broadcasts-before-synchronised',
      ],
    },
    {
      id: 'ZAB-08',
      name: 'Numbers show what is missing',
      kind: 'protocol',
      says: 'Transactions are numbered so that it is easy to find which of them a process lacks.',
      source: `${PAPER}, section 2`,
      verdict: 'holds',
      checks: [onlyWhatIsMissing, 'protocols/zab/not-truncated', 'zoo/ZB-02'],
    },
    {
      id: 'ZAB-09',
      name: 'Not a state machine like Paxos or Raft',
      kind: 'claim',
      says: 'Zab does not replicate a state machine as Paxos and Raft do.',
      source: 'lecture notes',
      verdict: 'holds with a correction',
      counterexamples: [oneLog],
      instead:
        'It replicates a log as well. What differs is what is in it: not commands, but what they ' +
        'have changed at the primary.',
      checks: [deltasNotCommands],
    },
    {
      id: 'ZAB-10',
      name: 'ZooKeeper uses Paxos',
      kind: 'claim',
      says: 'ZooKeeper is built on a variation of Paxos.',
      source: 'lecture notes',
      verdict: 'holds with a correction',
      counterexamples: [paxosSkipsOne],
      instead:
        'It uses Zab, which delivers what a primary has broadcast in its order and without gaps. ' +
        'Paxos alone does not, when several proposals are under way.',
      checks: [SAFE, CODE],
    },
    {
      id: 'ZAB-11',
      name: 'Deltas do not commute',
      kind: 'claim',
      says: 'Zab deals with changes of state, which cannot be applied in another order.',
      source: `${PAPER}, section 1`,
      verdict: 'holds',
      checks: [deltasDoNotCommute],
    },
    {
      id: 'ZAB-12',
      name: 'Updates are strictly ordered everywhere',
      kind: 'property',
      says: 'Also those that do not lead apply updates in one strict order.',
      source: `${PAPER}, section 3`,
      verdict: 'holds',
      checks: [deliveredInOrder, CODE, 'protocols/zab/gap-accepted'],
    },
  ],
}
