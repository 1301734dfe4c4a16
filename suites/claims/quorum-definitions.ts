import type { Claim } from './claim.ts'
import { askAllOrSome } from './message-costs.ts'
import { violates } from './drawn.ts'
import { lostWithItsReplica, oneAndAll } from './quorum-failure-questions.ts'
import {
  emptySetSlipsThrough,
  halvesNeedNotMeet,
  majoritiesMeet,
  minimalIsTheSame,
  nonEmptyIsEnough,
  readsMeetWrites,
  sizesThatMeet,
  twoExamples,
  writesMissEachOther,
} from './quorum-questions.ts'
import { acknowledgedIsLost } from './replica-questions.ts'

/** What a quorum system is, with one side and with two. */
export const quorumDefinitions: readonly Claim[] = [
  {
    id: 'QUO-01',
    name: 'Quorum of a parliament',
    kind: 'claim',
    says:
      'A quorum is the least attendance that counts: at least half of the members, such as 355 ' +
      'of 709.',
    source: 'lecture notes',
    verdict: 'holds with a correction',
    counterexamples: [halvesNeedNotMeet],
    instead:
      'For two quorums to meet it takes more than half of the members. With an odd number, as ' +
      '709, that is the same; with an even one it is not.',
    checks: [majoritiesMeet],
  },
  {
    id: 'QUO-02',
    name: 'Quorum system',
    kind: 'property',
    says: 'A quorum system is a family of sets of servers of which any two different ones meet.',
    source: 'Naor & Wool 1998, The load, capacity, and availability of quorum systems',
    verdict: 'holds with a correction',
    counterexamples: [emptySetSlipsThrough],
    instead: 'The sets must not be empty, or else each must meet itself as well.',
    checks: [nonEmptyIsEnough],
  },
  {
    id: 'QUO-03',
    name: 'Two examples on three replicas',
    kind: 'object',
    says:
      'On three replicas the pairs {p1, p2}, {p1, p3}, {p2, p3} are a quorum system, and so are ' +
      '{p1}, {p1, p3}, {p1, p2, p3}.',
    source: 'lecture notes',
    verdict: 'holds',
    checks: [twoExamples],
  },
  {
    id: 'QUO-04',
    name: 'Minimal quorum system',
    kind: 'property',
    says: 'A quorum system is minimal if none of its quorums contains another one.',
    source: 'Garcia-Molina & Barbara 1985, How to assign votes in a distributed system',
    verdict: 'holds',
    checks: [minimalIsTheSame, twoExamples],
  },
  {
    id: 'QUO-05',
    name: 'Read-write quorum system',
    kind: 'property',
    says: 'A read-write quorum system has two families: each read set meets each write set.',
    source: 'Gifford 1979, Weighted voting for replicated data',
    verdict: 'holds',
    checks: [
      readsMeetWrites,
      'specs/registers/abd/quorums-reads-a-and-b-writes-a-or-b-readers-2/claims',
      'specs/registers/abd/quorums-reads-a-or-b-writes-a-or-b/claims',
    ],
  },
  {
    id: 'QUO-06',
    name: 'R + W > N',
    kind: 'theorem',
    says: 'If R and W add up to more than N, reads of R and writes of W replicas are consistent.',
    source: 'Gifford 1979, Weighted voting for replicated data; lecture notes',
    verdict: 'holds with a correction',
    counterexamples: [
      writesMissEachOther,
      violates('a read after two writes of which the second took an older number', {
        history: `
          a: [write 1]
          b:           [write 2]
          c:                     [read -> 1]`,
        condition: 'regular',
      }),
      'protocols/abd/write-without-query',
    ],
    instead:
      'Each read set meets each write set exactly then. That is enough for one writer, and for ' +
      'many that first ask R replicas; writers that do not ask need 2 W > N, to be told apart.',
    checks: [sizesThatMeet, 'protocols/abd/claims', 'protocols/abd/single-writer'],
  },
  {
    id: 'QUO-07',
    name: 'The first answers form the quorum',
    kind: 'claim',
    says: 'Usually all replicas are asked, and those that answer first are the quorum.',
    source: 'lecture notes; DeCandia and others 2007, Dynamo, section 4.5',
    verdict: 'holds',
    checks: [askAllOrSome(0), askAllOrSome(1)],
  },
  {
    id: 'QUO-08',
    name: 'Read one, write all',
    kind: 'object',
    says: 'A read asks one replica, and a write all N of them.',
    source: 'Bernstein, Hadzilacos & Goodman 1987, Concurrency control and recovery, chapter 8',
    verdict: 'holds',
    checks: [oneAndAll, 'protocols/abd/read-one-write-all'],
  },
  {
    id: 'QUO-09',
    name: 'Read all, write one',
    kind: 'object',
    says: 'A write stores at one replica, and a read asks all N: writes survive N - 1 failures.',
    source: 'lecture notes',
    verdict: 'holds with a correction',
    counterexamples: [acknowledgedIsLost(1)],
    instead:
      'A write can be made while any replica is up, but what was acknowledged is lost with the ' +
      'one replica that has it. A write of W replicas survives the loss of W - 1.',
    checks: [lostWithItsReplica, acknowledgedIsLost(2)],
  },
]
