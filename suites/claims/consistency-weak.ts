import {
  commonOrderIsWrong,
  fullOrderIsCausal,
  rulesMissReads,
  valuesComeBack,
  writtenTwice,
} from './causal-questions.ts'
import type { Claim } from './claim.ts'
import { eachIsStronger, weakOnesDiffer } from './consistency-questions.ts'
import { satisfies, violates } from './drawn.ts'
import { prefixesAreNeverWrong, waitingCosts } from './eventual-questions.ts'

const VOGELS = 'Vogels 2009, Eventually consistent'
const TERRY = 'Terry and others 1994, Session guarantees for weakly consistent replicated data'
const AHAMAD = 'Ahamad and others 1995, Causal memory'
const BOUAJJANI = 'Bouajjani and others 2017, On verifying causal consistency'

const OPPOSITE_ORDERS = `
  a: [write x 1]
  b: [write x 2]
  c:             [read x -> 1] [read x -> 2]
  d:             [read x -> 2] [read x -> 1]`

/** Two writes at once, and everybody reads one of them in the end. */
const settledOn = (value: number): string => `
  a: [write 1]
  b: [write 2]
  c:           [read -> 1] [read -> ${value}] [read -> ${value}]
  d:           [read -> 2] [read -> ${value}] [read -> ${value}]`

const BY_TWO_ITEMS = `
  a: [write x 1] [write y 2]
  b:                         [read y -> 2] [read x -> null]`

const NEVER_TOLD = `
  a: [write 1] [read -> 1] [read -> 1] [read -> 1]
  b:                       [read -> null] [read -> null]`

/** One reader sees two writes flip back and forth. */
const FLIPPING = `
  a: [write x 1]
  b: [write x 2]
  c:             [read x -> 1] [read x -> 2] [read x -> 1]`

/** The first client's write of x comes before what the second has written and read. */
const LATE = `
  a: [write z 1] [write x 2] [write y 3]
  b:                                     [write x 4] [read z -> null] [read y -> 3] [read x -> 4]`

/** Only through two other writes does the last client know of the first one. */
const HOPS = `
  a: [write x 1] [write y 2]
  b:                         [read y -> 2] [write z 3]
  c:                                                   [read z -> 3] [read x -> null]`

/** Conditions under which clients may see different things for a while. */
export const weakConditions: readonly Claim[] = [
  {
    id: 'CON-12',
    name: 'Weak consistency',
    kind: 'property',
    says: 'There is no guarantee that accesses after an update return the updated value.',
    source: VOGELS,
    verdict: 'holds',
    checks: [
      weakOnesDiffer,
      violates('a read of the past', {
        history: `
          a: [write x 1]
          b:             [read x -> null]`,
        condition: 'linearizable',
      }),
      'specs/replication/dynamo/r-1-w-2/claims',
      'protocols/tunable-store/one-answer',
    ],
  },
  {
    id: 'CON-13',
    name: 'Eventual consistency',
    kind: 'property',
    says: 'If there are no more updates, all accesses will at some time return the last value.',
    source: VOGELS,
    verdict: 'holds with a correction',
    counterexamples: [
      prefixesAreNeverWrong,
      satisfies('the first of two overlapping writes as the last value', {
        history: settledOn(1),
        condition: 'eventual',
      }),
      satisfies('the second of two overlapping writes as the last value', {
        history: settledOn(2),
        condition: 'eventual',
      }),
    ],
    instead:
      'What is promised is that all come to the same value, and no recording that ends can break ' +
      'that; which of overlapping writes is the last is left open. What can be checked at any ' +
      'time is that replicas that know the same updates are in the same state.',
    checks: [
      'specs/replication/gossip/claims',
      'specs/replication/gossip/told-once',
      'specs/replication/gossip/last-arrived-stays',
      'protocols/tunable-store/alone',
      'protocols/tunable-store/no-gossip',
    ],
  },
  {
    id: 'CON-14',
    name: 'Agreed past',
    kind: 'claim',
    says: 'Once conflicts are resolved clients agree on a past, and this past only grows.',
    source: 'Terry and others 1995, Managing update conflicts in Bayou; lecture notes',
    verdict: 'holds',
    checks: [
      'specs/replication/agreed-past/claims',
      'specs/replication/agreed-past/everybody-settles',
      'specs/replication/agreed-past/last-heard-stays',
    ],
  },
  {
    id: 'CON-15',
    name: 'Monotonic reads',
    kind: 'property',
    says: 'Once a process has seen a value, it never sees any of the values before it.',
    source: VOGELS,
    verdict: 'holds with a correction',
    counterexamples: [
      valuesComeBack,
      satisfies('a value that is written twice and read twice', {
        history: writtenTwice,
        condition: 'linearizable',
      }),
    ],
    instead: 'It is about versions, that is writes, and not about values, which may come back.',
    checks: [
      satisfies('a reader that goes on to the newer version', {
        history: `
          a: [write x 1] [write x 2]
          b:                         [read x -> 1] [read x -> 2]`,
        condition: 'monotonic-reads',
      }),
      violates('a reader that goes back to the older version', {
        history: `
          a: [write x 1] [write x 2]
          b:                         [read x -> 2] [read x -> 1]`,
        condition: 'monotonic-reads',
      }),
      'histories/etcd-ser-partition/monotonic-reads',
      'protocols/tunable-store/alone-monotonic-reads',
    ],
  },
  {
    id: 'CON-16',
    name: 'Monotonic writes',
    kind: 'property',
    says: 'The writes of one process to an item are done in its order.',
    source: `lecture notes; ${VOGELS}`,
    verdict: 'holds with a correction',
    counterexamples: [
      violates('the later write of a client to another item without the earlier one', {
        history: BY_TWO_ITEMS,
        condition: 'monotonic-writes',
      }),
    ],
    instead:
      'The session guarantee is about all items: whoever sees a write sees all earlier writes of ' +
      'the same client, whatever they were to. Item by item this history is right.',
    checks: [
      satisfies('the first item of it alone', {
        history: `
          a: [write x 1]
          b:             [read x -> null]`,
        condition: 'monotonic-writes',
      }),
      satisfies('the second item of it alone', {
        history: `
          a: [write y 2]
          b:             [read y -> 2]`,
        condition: 'monotonic-writes',
      }),
      satisfies('both writes seen in their order', {
        history: BY_TWO_ITEMS.replace('null', '1'),
        condition: 'monotonic-writes',
      }),
    ],
  },
  {
    id: 'CON-17',
    name: 'Read your writes',
    kind: 'property',
    says: 'After a process has updated an item it never sees an older value of it.',
    source: `${TERRY}; ${VOGELS}`,
    verdict: 'holds',
    checks: [
      satisfies('a client that sees its write', {
        history: `
          a: [write x 1] [read x -> 1]`,
        condition: 'read-your-writes',
      }),
      violates('a client that does not see its write', {
        history: `
          a: [write x 1] [read x -> null]`,
        condition: 'read-your-writes',
      }),
      'histories/zk-plain-partition/read-your-writes',
      'protocols/tunable-store/alone-read-your-writes',
    ],
  },
  {
    id: 'CON-18',
    name: 'Dependencies are seen',
    kind: 'property',
    says: 'Who sees an update also sees what its author had seen before.',
    source: `${TERRY}; lecture notes`,
    verdict: 'holds',
    checks: [
      satisfies('an answer together with what it answers', {
        history: `
          a: [write x 1]
          b:             [read x -> 1] [write y 2]
          c:                                       [read y -> 2] [read x -> 1]`,
        condition: 'writes-follow-reads',
      }),
      violates('an answer without what it answers', {
        history: `
          a: [write x 1]
          b:             [read x -> 1] [write y 2]
          c:                                       [read y -> 2] [read x -> null]`,
        condition: 'writes-follow-reads',
      }),
      'protocols/tunable-store/alone-writes-follow-reads',
    ],
  },
  {
    id: 'CON-19',
    name: 'Causal consistency',
    kind: 'property',
    says: 'Operations that are causally related are seen in the same order everywhere.',
    source: `lecture notes, after ${AHAMAD}`,
    verdict: 'holds with a correction',
    counterexamples: [commonOrderIsWrong],
    instead:
      'They must be seen in the causal order, and not only in a common one. What else is asked ' +
      'differs: plain causality (CC), with one order of all writes (CCv), or with one order for ' +
      'each client (causal memory, CM). No two of these are the same.',
    checks: [
      satisfies('two writes seen in opposite orders', {
        history: OPPOSITE_ORDERS,
        condition: 'causal-memory',
      }),
      violates('two writes seen in opposite orders', {
        history: OPPOSITE_ORDERS,
        condition: 'causal-convergence',
      }),
      satisfies('a client that learns of an earlier write late', at(LATE, 'causal-convergence')),
      violates('a client that learns of an earlier write late', at(LATE, 'causal-memory')),
      satisfies('two writes that flip back and forth', at(FLIPPING, 'causal')),
      violates('two writes that flip back and forth', at(FLIPPING, 'causal-memory')),
      violates('two writes that flip back and forth', at(FLIPPING, 'causal-convergence')),
    ],
  },
  {
    id: 'CON-20',
    name: 'Rules of causality',
    kind: 'property',
    says:
      'Causally related are two writes of a process, a read and a later write of the process, a ' +
      'write and a read of it, and what follows from these.',
    source: 'lecture notes',
    verdict: 'holds with a correction',
    counterexamples: [rulesMissReads],
    instead:
      'All operations of a process are related in their order, also a read after a read and a ' +
      'read after a write.',
    checks: [fullOrderIsCausal],
  },
  {
    id: 'CON-21',
    name: 'Causal, and not sequential',
    kind: 'claim',
    says:
      'If two clients write without knowing of each other, two others may see the writes in ' +
      'opposite orders under causal consistency, and not under sequential consistency.',
    source: `lecture notes; ${AHAMAD}`,
    verdict: 'holds',
    checks: [
      satisfies('two writes seen in opposite orders', at(OPPOSITE_ORDERS, 'causal')),
      satisfies('the same two writes', at(OPPOSITE_ORDERS, 'causal-memory')),
      violates('two writes seen in opposite orders', at(OPPOSITE_ORDERS, 'sequential')),
    ],
  },
  {
    id: 'CON-22',
    name: 'Hierarchy of conditions',
    kind: 'theorem',
    says:
      'Linearizability is stronger than sequential consistency, that is stronger than causal ' +
      'consistency, that than the session guarantees, and these than eventual consistency.',
    source: `lecture notes; ${BOUAJJANI}`,
    verdict: 'holds with a correction',
    counterexamples: [
      satisfies('two clients that never hear of each other', at(NEVER_TOLD, 'sequential')),
      violates('two clients that never hear of each other', at(NEVER_TOLD, 'eventual')),
      satisfies('two writes that flip back and forth', at(FLIPPING, 'causal')),
      violates('two writes that flip back and forth', at(FLIPPING, 'monotonic-reads')),
    ],
    instead:
      'The chain of safety goes from linearizability by sequential consistency and causal memory ' +
      'to the four session guarantees, each step strictly. Plain causal consistency (CC) does ' +
      'not give monotonic reads, and eventual consistency, a promise for the long run, follows ' +
      'from none of those that ignore real time: nobody need ever hear of anything.',
    checks: [
      eachIsStronger,
      'hierarchy/register-histories/two-registers',
      violates('a read of the past', {
        history: `
          a: [write x 1]
          b:             [read x -> null]`,
        condition: 'linearizable',
      }),
      satisfies('a read of the past', {
        history: `
          a: [write x 1]
          b:             [read x -> null]`,
        condition: 'sequential',
      }),
      violates('two writes seen in opposite orders', at(OPPOSITE_ORDERS, 'sequential')),
      satisfies('two writes seen in opposite orders', at(OPPOSITE_ORDERS, 'causal-memory')),
      ...['read-your-writes', 'monotonic-reads', 'monotonic-writes', 'writes-follow-reads'].map(
        (guarantee) => satisfies('what was written three hops away unseen', at(HOPS, guarantee)),
      ),
      violates('what was written three hops away unseen', at(HOPS, 'causal')),
      'specs/replication/gossip/told-once',
    ],
  },
  {
    id: 'CON-23',
    name: 'What users expect of a store',
    kind: 'claim',
    says:
      'A store should let a client read its own writes, never go back, and see what updates ' +
      'depend on; stores differ in that.',
    source: `${TERRY}; lecture notes`,
    verdict: 'holds',
    checks: [
      'histories/zk-plain-partition/read-your-writes',
      'histories/zk-plain-partition/monotonic-reads',
      'histories/zk-plain-partition/sequential',
      'histories/etcd-ser-partition/monotonic-reads',
      'protocols/tunable-store/alone-read-your-writes',
      'protocols/tunable-store/alone-monotonic-reads',
      'protocols/tunable-store/alone-writes-follow-reads',
    ],
  },
  {
    id: 'CON-24',
    name: 'Independent replicas are fast, and strange',
    kind: 'claim',
    says:
      'If replicas apply updates whenever they hear of them they are fast, and clients see what ' +
      'no order of all operations explains.',
    source: 'lecture notes; DeCandia and others 2007, Dynamo',
    verdict: 'holds',
    checks: [waitingCosts, 'protocols/tunable-store/alone-sequential', 'protocols/abd/claims'],
  },
]

function at(history: string, condition: string) {
  return { history, condition }
}
