import { regular } from '../../checkers/regular.ts'
import { safe } from '../../checkers/safe.ts'
import { abd } from '../../impls/registers/abd.ts'
import type { ClaimGroup } from './claim.ts'
import { satisfies, violates } from './drawn.ts'
import {
  decidedAs,
  keeps,
  lastBegun,
  lastEnded,
  regularRead,
  safeRead,
} from './register-definitions.ts'
import {
  isAmbiguous,
  isDefinition,
  isIntervalOrder,
  isNotEnoughAlone,
  isOneAtATime,
  isVariable,
} from './register-questions.ts'
import { staysAtomic, tagsAreUnique, terminates } from './register-machines.ts'
import {
  answeredIsEnough,
  answersAfter,
  commonMayBeFaulty,
  exercise,
  isOnlyChoice,
} from './replica-questions.ts'

const CACHIN = 'Cachin, Guerraoui & Rodrigues 2011, chapter 4'
const LAMPORT = 'Lamport 1986, On interprocess communication, part II'
const ATTIYA = 'Attiya, Bar-Noy & Dolev 1995, Sharing memory robustly in message-passing systems'

const WRITE_THEN_READ = `
  a: [write 1]
  b:           [read -> 1]`

const READ_DURING_WRITE = `
  a: [write 0] [write 1          ]
  b:             [read -> 0]        [read -> 1]`

const STALE_READ = `
  a: [write 0] [write 1]
  b:                     [read -> 0]`

const NEW_THEN_OLD = `
  a: [write 0] [write 1                         ]
  b:             [read -> 1]
  c:                          [read -> 0]`

const OPPOSITE_ORDERS = `
  a: [write 1                  ]
  b: [write 2                  ]
  c:   [read -> 1]  [read -> 2]
  d:   [read -> 2]  [read -> 1]`

/** What a register is, the three qualities that it can have, and how replicas make one. */
export const registers: ClaimGroup = {
  name: 'Registers',
  claims: [
    {
      id: 'REG-01',
      name: 'Register',
      kind: 'object',
      says: 'A register holds one whole number, 0 at first, and offers a read and a write.',
      source: `${CACHIN}; Lynch 1996, Distributed Algorithms`,
      verdict: 'holds',
      checks: [isVariable],
    },
    {
      id: 'REG-02',
      name: 'Operations of a process are sequential',
      kind: 'property',
      says: 'A process calls its next operation only after the one before has returned.',
      source: 'Herlihy & Wing 1990, Linearizability, section 2',
      verdict: 'holds',
      checks: [isOneAtATime],
    },
    {
      id: 'REG-03',
      name: 'Precedence of operations',
      kind: 'property',
      says: 'An operation precedes another one if it has ended before the other has begun.',
      source: `${CACHIN}; ${LAMPORT}`,
      verdict: 'holds',
      checks: [isIntervalOrder],
    },
    {
      id: 'REG-04',
      name: 'Liveness of a register',
      kind: 'property',
      says: 'Each operation that a correct process begins ends at some time.',
      source: `${CACHIN}; ${ATTIYA}`,
      verdict: 'holds',
      checks: [
        terminates(0),
        terminates(1),
        terminates(2),
        answersAfter(abd, 2),
        answersAfter(abd, 3),
      ],
    },
    {
      id: 'REG-05',
      name: 'Register: a read yields the last write',
      kind: 'property',
      says: 'A read returns the value that was written last.',
      source: 'lecture notes',
      verdict: 'holds with a correction',
      counterexamples: [isAmbiguous({ 'last ended': lastEnded, 'last begun': lastBegun })],
      instead:
        'What the last write is has to be said for reads that overlap a write: it is anything ' +
        '(safe), the last one before or one that overlaps (regular), or the last one in one ' +
        'order of all operations that keeps precedence (atomic).',
      checks: [
        'hierarchy/register-histories/2-writes-2-reads',
        'hierarchy/register-histories/3-writes-2-reads',
      ],
    },
    {
      id: 'REG-06',
      name: 'Safe register, one writer',
      kind: 'property',
      says:
        'A read that overlaps no write returns the value of the last write before it; one that ' +
        'does may return any value of the domain.',
      source: LAMPORT,
      verdict: 'holds',
      checks: [
        decidedAs(safe, (operations) => keeps(safeRead, operations)),
        'specs/registers/safe-register/claims',
        'protocols/safe-register/claims',
        'protocols/safe-register/half-a-write',
      ],
    },
    {
      id: 'REG-07',
      name: 'Regular register, one writer',
      kind: 'property',
      says: 'A read returns the value of a write that it overlaps, or of the last one before it.',
      source: `${LAMPORT}; ${CACHIN}`,
      verdict: 'holds',
      checks: [
        decidedAs(regular, (operations) => keeps(regularRead, operations)),
        'specs/registers/regular-register/claims',
        'specs/registers/regular-register/safe-only',
        'protocols/regular-register/claims',
        'protocols/regular-register/two-answers',
      ],
    },
    {
      id: 'REG-08',
      name: 'Atomic register, one writer',
      kind: 'property',
      says:
        'A register is atomic if, whenever a read returns one value and a later read another, ' +
        'the write of the second value does not precede that of the first.',
      source: `lecture notes, after ${CACHIN}`,
      verdict: 'holds with a correction',
      counterexamples: [
        isNotEnoughAlone,
        violates('a register that always returns what it held at first', {
          history: `
            a: [write 1] [write 2]
            b:                     [read -> null] [read -> null]`,
          condition: 'atomic',
        }),
      ],
      instead:
        'A register with one writer is atomic if it is regular and keeps this condition; the ' +
        'condition alone is kept by one that never changes.',
      checks: [
        'hierarchy/register-histories/1-write-3-reads',
        'hierarchy/register-histories/2-writes-2-reads',
        'hierarchy/register-histories/3-writes-2-reads',
        'specs/registers/atomic-register/claims',
        'specs/registers/atomic-register/regular-only',
      ],
    },
    {
      id: 'REG-09',
      name: 'Atomic register, many writers',
      kind: 'property',
      says:
        'Each operation appears to happen at one moment between its call and its return; for ' +
        'registers this is the same as linearizability.',
      source: `Herlihy & Wing 1990; ${CACHIN}`,
      verdict: 'holds',
      checks: [isDefinition, 'protocols/abd/claims'],
    },
    {
      id: 'REG-10',
      name: 'A read after a write',
      kind: 'claim',
      says: 'A write of 1 that has ended, and then a read of 1, suits each of the three registers.',
      source: 'lecture notes',
      verdict: 'holds',
      checks: [
        satisfies('a read after the write, of its value,', at(WRITE_THEN_READ, 'safe')),
        satisfies('a read after the write, of its value,', at(WRITE_THEN_READ, 'regular')),
        satisfies('a read after the write, of its value,', at(WRITE_THEN_READ, 'atomic')),
        violates('a read after the write, of another value,', {
          history: WRITE_THEN_READ.replace('-> 1', '-> 2'),
          condition: 'safe',
        }),
      ],
    },
    {
      id: 'REG-11',
      name: 'A read during a write',
      kind: 'claim',
      says:
        'A read that overlaps a write of 1 and still returns the old value, and a read of 1 ' +
        'afterwards, suit each of the three registers.',
      source: 'lecture notes',
      verdict: 'holds',
      checks: [
        satisfies('the old value during a write', at(READ_DURING_WRITE, 'safe')),
        satisfies('the old value during a write', at(READ_DURING_WRITE, 'regular')),
        satisfies('the old value during a write', at(READ_DURING_WRITE, 'atomic')),
        satisfies('the new value during the write', {
          history: READ_DURING_WRITE.replace('-> 0', '-> 1'),
          condition: 'atomic',
        }),
        violates('the old value after the write', {
          history: READ_DURING_WRITE.replace('-> 1', '-> 0'),
          condition: 'safe',
        }),
      ],
    },
    {
      id: 'REG-12',
      name: 'An execution that is not valid',
      kind: 'claim',
      says: 'An execution in which a read returns the old value is not valid.',
      source: 'lecture notes',
      verdict: 'holds with a correction',
      counterexamples: [
        satisfies(
          'the old value after the new one, both during the write,',
          at(NEW_THEN_OLD, 'safe'),
        ),
        satisfies(
          'the old value after the new one, both during the write,',
          at(NEW_THEN_OLD, 'regular'),
        ),
      ],
      instead:
        'The old value after the write has ended suits none of the three registers; the old ' +
        'value after the new one, both during the write, is wrong for an atomic register only.',
      checks: [
        violates('the old value after the write', at(STALE_READ, 'safe')),
        violates('the old value after the write', at(STALE_READ, 'regular')),
        violates('the old value after the write', at(STALE_READ, 'atomic')),
        violates(
          'the old value after the new one, both during the write,',
          at(NEW_THEN_OLD, 'atomic'),
        ),
      ],
    },
    {
      id: 'REG-13',
      name: 'Two writers without an order',
      kind: 'claim',
      says:
        'If two readers see two overlapping writes in opposite orders, no order of all ' +
        'operations explains what they saw.',
      source: 'lecture notes; Herlihy & Wing 1990',
      verdict: 'holds',
      checks: [
        violates('two writes seen in opposite orders', at(OPPOSITE_ORDERS, 'linearizable')),
        violates('two writes seen in opposite orders', at(OPPOSITE_ORDERS, 'sequential')),
        satisfies('two writes seen in the same order', {
          history: OPPOSITE_ORDERS.replace('[read -> 2]  [read -> 1]', '[read -> 1]  [read -> 2]'),
          condition: 'linearizable',
        }),
      ],
    },
    {
      id: 'REG-14',
      name: 'Register of 5 replicas',
      kind: 'protocol',
      says:
        'A register that survives 2 crashes of 5 replicas: write to 3, read from 3, and return ' +
        'the value with the highest number.',
      source: `lecture notes, after ${ATTIYA}, section 3`,
      verdict: 'holds with a correction',
      counterexamples: [
        'zoo/RG-01',
        'specs/registers/abd/no-write-back',
        'protocols/abd/read-without-write-back',
        'protocols/abd/write-without-query',
      ],
      instead:
        'This is a regular register for one writer. It is atomic if a read stores what it found ' +
        'at 3 replicas before it returns, and takes many writers if each first asks 3 for the ' +
        'highest number.',
      checks: [
        'protocols/regular-register/claims',
        'specs/registers/abd/write-back-false/claims',
        'specs/registers/abd/claims',
        'protocols/abd/claims',
      ],
    },
    {
      id: 'REG-15',
      name: 'How many acknowledgements',
      kind: 'metric',
      says: 'With 5 replicas of which 2 may crash, a write and a read have to wait for 3 each.',
      source: `lecture notes; ${ATTIYA}`,
      verdict: 'holds',
      checks: [
        isOnlyChoice(5, 2),
        'protocols/regular-register/claims',
        'protocols/regular-register/two-answers',
        'protocols/regular-register/two-acknowledgements',
      ],
    },
    {
      id: 'REG-16',
      name: 'Only replicas that stay are awaited',
      kind: 'claim',
      says:
        'The register is live with at most 2 crashes of 5, as no operation waits for more ' +
        'answers than the replicas that never crash can give.',
      source: `lecture notes; ${ATTIYA}`,
      verdict: 'holds',
      checks: [answersAfter(exercise, 2), answersAfter(exercise, 3)],
    },
    {
      id: 'REG-17',
      name: 'Read and write sets share a correct replica',
      kind: 'claim',
      says: 'The 3 replicas of a write and the 3 of a read have a correct one in common.',
      source: 'lecture notes',
      verdict: 'holds with a correction',
      counterexamples: [commonMayBeFaulty],
      instead:
        'They have one in common that has answered both, 3 + 3 - 5 = 1, and that is enough: it ' +
        'need not be correct, as it may crash once its answer is on its way.',
      checks: [answeredIsEnough, staysAtomic],
    },
    {
      id: 'REG-18',
      name: 'Each write has an identity',
      kind: 'claim',
      says: 'With many writers a value is stored with a number and the name of its writer.',
      source: 'Lynch & Shvartsman 1997, Robust emulation of shared memory',
      verdict: 'holds',
      checks: [tagsAreUnique, 'protocols/abd/claims', 'protocols/abd/tag-without-writer'],
    },
  ],
}

function at(history: string, condition: string) {
  return { history, condition }
}
