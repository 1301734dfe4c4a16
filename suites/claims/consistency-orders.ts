import type { Claim } from './claim.ts'
import {
  afterCompletion,
  eachAddressIsLess,
  isMap,
  isMerge,
  mostRecentIsUndefined,
  twoOrders,
  unansweredMatters,
} from './consistency-questions.ts'
import { satisfies, violates } from './drawn.ts'
import { isDefinition } from './register-questions.ts'

const HERLIHY =
  'Herlihy & Wing 1990, Linearizability: a correctness condition for concurrent objects'
const LAMPORT =
  'Lamport 1979, How to make a multiprocessor computer that correctly executes programs'

const OVERLAPPING = `
  a: [write 1       ]     [write 2    ]
  b:   [read -> 1]      [read -> 2]     [read -> 2]`

const SNAPSHOT_TOO_EARLY = `
  a: [write value=["u1", 5]] [read value=u1 -> 5] [read value=u2 -> null]
  b:                                                                       [write value=["u2", 7]]
  c:                                                                       [write value=["u3", 2]]
  ...
  d: [snapshot -> {"u1": 5, "u2": 7}]`

const CIRCLE = `
  a: [write value=["u1", 1]]
  b: [write value=["u2", 1]]
  c:                         [snapshot -> {"u1": 1}]
  d:                         [snapshot -> {"u2": 1}]`

const ACROSS_REGISTERS = `
  a: [write x 1] [write y 1]
  b:                         [read y -> 1] [read x -> null]`

const NEW_THEN_OLD = `
  a: [write 1] [write 2                           ]
  b:             [read -> 2]
  c:                         [read -> 1]`

/** Conditions that ask for one order of everything. */
export const orderConditions: readonly Claim[] = [
  {
    id: 'CON-01',
    name: 'Memory with snapshots',
    kind: 'object',
    says: 'A memory has cells that are written and read one by one, and a snapshot of all of them.',
    source: 'Afek and others 1993, Atomic snapshots of shared memory; lecture notes',
    verdict: 'holds',
    checks: [isMap],
  },
  {
    id: 'CON-02',
    name: 'Order of real time and of clients',
    kind: 'property',
    says:
      'An execution has two partial orders: operations that end before others begin, and the ' +
      'operations of each client one after the other.',
    source: HERLIHY,
    verdict: 'holds',
    checks: [twoOrders],
  },
  {
    id: 'CON-03',
    name: 'Linearizability',
    kind: 'property',
    says:
      'There is a legal sequential order of the same operations with the same results in which ' +
      'whatever ended before something else began comes first.',
    source: `lecture notes, after ${HERLIHY}`,
    verdict: 'holds with a correction',
    counterexamples: [unansweredMatters],
    instead:
      'Operations that never returned have no result: each of them may be put into the order ' +
      'with any result, or be left out.',
    checks: [
      isDefinition,
      satisfies('an unanswered write that was seen', {
        history: `
          a: [write 1
          b:   [read -> 1] [read -> 1]`,
        condition: 'linearizable',
      }),
      satisfies('an unanswered write that was never seen', {
        history: `
          a: [write 1
          b:   [read -> null] [read -> null]`,
        condition: 'linearizable',
      }),
      violates('an unanswered write that was seen and then was not', {
        history: `
          a: [write 1
          b:   [read -> 1] [read -> null]`,
        condition: 'linearizable',
      }),
    ],
  },
  {
    id: 'CON-04',
    name: 'Linearizability in plain words',
    kind: 'property',
    says: 'Operations look instantaneous, and every read gets the value of the most recent write.',
    source: 'lecture notes',
    verdict: 'holds with a correction',
    counterexamples: [mostRecentIsUndefined],
    instead:
      'Each operation happens at one moment between its call and its return. The most recent ' +
      'write is the one with the latest moment, which for overlapping operations is not given ' +
      'but may be chosen.',
    checks: [
      isDefinition,
      satisfies('a read of either of two overlapping writes', {
        history: `
          a: [write 1]
          b: [write 2]
          c:           [read -> 1]`,
        condition: 'linearizable',
      }),
    ],
  },
  {
    id: 'CON-05',
    name: 'Sequential consistency',
    kind: 'property',
    says: 'There is a legal sequential order of all operations, which keeps that of each client.',
    source: LAMPORT,
    verdict: 'holds',
    checks: [
      isMerge,
      satisfies('a read of the past', {
        history: `
          a: [write 1]
          b:           [read -> null]`,
        condition: 'sequential',
      }),
      violates('a client that does not see its own write', {
        history: `
          a: [write 1] [read -> null]`,
        condition: 'sequential',
      }),
    ],
  },
  {
    id: 'CON-06',
    name: 'Sequential consistency, address by address',
    kind: 'property',
    says:
      'Memory is sequentially consistent if every node sees the writes to each address in the ' +
      'same order.',
    source: 'lecture notes',
    verdict: 'refuted as worded',
    counterexamples: [
      eachAddressIsLess,
      violates('a history of which each register by itself is sequential', {
        history: ACROSS_REGISTERS,
        condition: 'sequential',
      }),
    ],
    instead:
      'That is coherence: each address by itself is sequentially consistent. Sequential ' +
      'consistency asks for one order of the operations on all addresses, which is strictly more.',
    checks: ['hierarchy/register-histories/two-registers'],
  },
  {
    id: 'CON-07',
    name: 'A linearizable execution',
    kind: 'claim',
    says:
      'An execution with overlapping reads and writes is linearizable if each operation has a ' +
      'moment within it such that all reads return what was written last.',
    source: 'lecture notes',
    verdict: 'holds',
    checks: [
      satisfies('reads during the writes, of their values,', {
        history: OVERLAPPING,
        condition: 'linearizable',
      }),
      violates('the same with the old value at the end', {
        history: OVERLAPPING.replace(/\[read -> 2\]$/, '[read -> 1]'),
        condition: 'linearizable',
      }),
    ],
  },
  {
    id: 'CON-08',
    name: 'Sequential, and not linearizable',
    kind: 'claim',
    says:
      'Set u1 to 5, read u1 as 5 and u2 as 0, set u2 to 7, snapshot, set u3 to 2: that is an ' +
      'order as each client sees it, although u3 was written before the snapshot was begun.',
    source: 'lecture notes',
    verdict: 'holds',
    checks: [
      satisfies('a snapshot without a write that had ended', {
        history: SNAPSHOT_TOO_EARLY,
        condition: 'sequential',
        model: 'snapshot',
      }),
      violates('a snapshot without a write that had ended', {
        history: SNAPSHOT_TOO_EARLY,
        condition: 'linearizable',
        model: 'snapshot',
      }),
    ],
  },
  {
    id: 'CON-09',
    name: 'Not sequential: a circle',
    kind: 'claim',
    says:
      'If one snapshot has the first of two writes only, and another one the second only, no ' +
      'order of all operations explains both.',
    source: 'lecture notes',
    verdict: 'holds',
    checks: [
      violates('two snapshots that see two writes in opposite orders', {
        history: CIRCLE,
        condition: 'sequential',
        model: 'snapshot',
      }),
      satisfies('two snapshots that see them in the same order', {
        history: CIRCLE.replace('{"u2": 1}', '{"u1": 1, "u2": 1}'),
        condition: 'sequential',
        model: 'snapshot',
      }),
    ],
  },
  {
    id: 'CON-10',
    name: 'Which of the two composes',
    kind: 'theorem',
    says:
      'Objects that are each sequentially consistent need not be so together; objects that are ' +
      'each linearizable are.',
    source: `${HERLIHY}, theorem 1`,
    verdict: 'holds',
    checks: [
      'hierarchy/register-histories/two-registers',
      violates('a history of which each register by itself is sequential', {
        history: ACROSS_REGISTERS,
        condition: 'sequential',
      }),
    ],
  },
  {
    id: 'CON-11',
    name: 'Strong consistency',
    kind: 'property',
    says: 'Once an update has completed, every later access returns the updated value.',
    source: 'Vogels 2009, Eventually consistent',
    verdict: 'holds with a correction',
    counterexamples: [
      afterCompletion,
      satisfies('the new value and then the old one, both during the update,', {
        history: NEW_THEN_OLD,
        condition: 'regular',
      }),
    ],
    instead:
      'This says nothing about accesses during an update: it is what a regular register gives. ' +
      'Linearizability also asks that no later access goes back behind an earlier one.',
    checks: [
      violates('the new value and then the old one, both during the update,', {
        history: NEW_THEN_OLD,
        condition: 'linearizable',
      }),
      'hierarchy/register-histories/2-writes-2-reads',
    ],
  },
]
