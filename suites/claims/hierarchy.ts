import { counted } from '../../src/core/wording.ts'
import type { ObjectType } from '../../src/node/index.ts'
import type { CriticalStep } from '../../src/valency/shared-memory/critical-steps.ts'
import { criticalSteps } from '../../src/valency/shared-memory/critical-steps.ts'
import type { TypeTable } from '../../src/valency/shared-memory/type-table.ts'
import { operationText, typeTable } from '../../src/valency/shared-memory/type-table.ts'
import { objectTypes } from '../object-types.ts'
import { storeFor } from '../store-lattice.ts'
import type { Question } from './check.ts'
import { answer, question } from './check.ts'
import type { ClaimGroup } from './claim.ts'

/** What objects that processes share can and cannot do. */
export const sharedMemoryHierarchy: ClaimGroup = {
  name: 'Shared-memory hierarchy',
  claims: [
    {
      id: 'HIE-01',
      name: 'Compare-and-set: consensus number n',
      kind: 'theorem',
      says: 'Compare-and-set has consensus number n: it lets n processes agree.',
      source: 'Herlihy 1991, Wait-free synchronization; as worded, lecture notes',
      verdict: 'holds with a correction',
      counterexamples: [
        'hierarchy/compare-and-set/3-processes',
        'hierarchy/compare-and-set/4-processes',
        'hierarchy/compare-and-set/5-processes',
      ],
      instead:
        'Its consensus number is infinite: whichever n is named, n + 1 processes agree too, with ' +
        'the same object.',
      checks: [
        'hierarchy/compare-and-set/consensus-number',
        'hierarchy/compare-and-set/2-processes',
        'hierarchy/compare-and-set/decides-its-own',
      ],
    },
    {
      id: 'HIE-02',
      name: 'Registers: consensus number 1',
      kind: 'theorem',
      says: 'With reads and writes alone not even two processes can agree without waiting.',
      source: 'Loui & Abu-Amara 1987; Herlihy 1991; Herlihy & Shavit 2008, chapter 5',
      verdict: 'holds',
      checks: [
        'hierarchy/register/consensus-number',
        'hierarchy/registers/2-processes',
        'hierarchy/one-bit/2-processes-3-steps',
        'hierarchy/two-bits/2-processes-2-steps',
        'hierarchy/three-bits/2-processes-2-steps',
        'hierarchy/write-and-read/2-processes-4-rounds',
        'hierarchy/immediate-snapshots/2-processes-8-rounds',
        'hierarchy/one-bit-and-test-and-set/2-processes-2-steps',
        neverSeen('register', typeNamed('register')),
      ],
    },
    {
      id: 'HIE-03',
      name: 'Key-value store: consensus number 1',
      kind: 'theorem',
      says:
        'A key-value store whose get, put and delete are unconditional is no stronger than ' +
        'registers: two processes cannot agree by it.',
      source: 'lecture notes; after Herlihy 1991',
      verdict: 'holds',
      checks: [
        'hierarchy/key-value/consensus-number',
        'hierarchy/store/plain',
        'hierarchy/key-value/2-processes',
        // It says nothing of whether a key existed; one that does say it is stronger.
        'hierarchy/telling-key-value/consensus-number',
      ],
    },
    {
      id: 'HIE-04',
      name: 'A stripped-down ZooKeeper is a store',
      kind: 'claim',
      says:
        'ZooKeeper without sequential nodes, with setData and delete made unconditional, is a ' +
        'plain key-value store, and cannot be used to agree.',
      source: 'lecture notes',
      verdict: 'holds with a correction',
      counterexamples: [
        'hierarchy/store/create-if-absent',
        'hierarchy/create-if-absent/2-processes',
        'hierarchy/create-if-absent/5-processes',
      ],
      instead:
        'That is so if create overwrites silently as well. A create that fails where the node ' +
        'exists lets any number of processes agree, and so does a sequential create or a ' +
        'setData that is conditional on the version.',
      checks: [
        'hierarchy/store/plain',
        'hierarchy/create-if-absent/overwrites',
        'hierarchy/store/version-in-get',
        'hierarchy/store/sequential-create',
        'hierarchy/store/version-in-get-and-conditional-set',
        'hierarchy/conditional-set/unconditional',
      ],
    },
    {
      id: 'HIE-05',
      name: 'Why a key-value store cannot agree',
      kind: 'theorem',
      says:
        'Two clients that propose 0 and 1 to a key-value store cannot agree: whatever their ' +
        'decisive operations are, they commute, or one hides the other.',
      source: 'Herlihy 1991, theorem 2, for a store as in lecture notes',
      verdict: 'holds',
      checks: [
        neverSeen('key-value store', storeFor([], 2)),
        'hierarchy/key-value/2-processes',
        seen('store with create-if-absent', storeFor(['create if absent'], 2)),
      ],
    },
    {
      id: 'HIE-06',
      name: 'The hierarchy of consensus numbers',
      kind: 'theorem',
      says:
        'Types of objects can be ranked by the number of processes that they let agree without ' +
        'waiting: registers 1; test-and-set, swap, fetch-and-add, queue and stack 2; ' +
        'compare-and-set any number.',
      source: 'Herlihy 1991; Ruppert 2000 for readable types',
      verdict: 'holds',
      checks: [
        'hierarchy/register/consensus-number',
        'hierarchy/max-register/consensus-number',
        'hierarchy/counter/consensus-number',
        'hierarchy/readable-test-and-set/consensus-number',
        'hierarchy/readable-swap/consensus-number',
        'hierarchy/readable-fetch-and-add/consensus-number',
        'hierarchy/readable-fetch-and-or/consensus-number',
        'hierarchy/queue/2-processes',
        'hierarchy/queue/3-processes-2-steps',
        'hierarchy/stack/2-processes',
        'hierarchy/sticky-bit/consensus-number',
        'hierarchy/compare-and-set/consensus-number',
        'hierarchy/create-if-absent/consensus-number',
        'hierarchy/conditional-set/consensus-number',
        // The criterion is for types that can be read: a queue that can be is another type.
        'hierarchy/queue/consensus-number',
        'hierarchy/readable-queue/consensus-number',
      ],
    },
    {
      id: 'HIE-07',
      name: 'Compare-and-set changes replica sets',
      kind: 'claim',
      says:
        'Systems that replicate without consensus change their set of replicas by a conditional ' +
        'update of a coordination service.',
      source: 'lecture notes, on Kafka and BookKeeper',
      verdict: 'holds',
      checks: ['hierarchy/replica-set/2-processes', 'hierarchy/replica-set/unconditional'],
    },
    {
      id: 'HIE-08',
      name: 'Consensus number: definition',
      kind: 'property',
      says:
        'The consensus number of a type is the largest number of processes for which objects of ' +
        'it, together with registers, solve consensus without waiting.',
      source: 'Herlihy 1991, section 3; Herlihy & Shavit 2008, section 5.1',
      verdict: 'holds',
      checks: [
        'hierarchy/readable-test-and-set/consensus-number',
        'hierarchy/test-and-set/2-processes',
        'hierarchy/test-and-set/3-processes',
        // Registers alone would do if processes could wait for each other.
        'hierarchy/waiting-registers/2-processes',
        // Without registers to say what is proposed the winner is known, and not its value.
        'hierarchy/test-and-set/announces-nothing',
      ],
    },
  ],
}

/** Herlihy's argument: after no two operations, in whatever state, both callers know the order. */
export function neverSeen(what: string, type: ObjectType): Question {
  const asks = `whatever two operations on a ${what} are next, one caller cannot tell their order`
  return question('enumeration', asks, () => {
    const table = typeTable(type)
    const { pairs, counts, told } = criticalSteps(table)
    const open = pairs - counts.unseen
    const sentence =
      `${counts.unseen} of ${counted(pairs, 'pair')} of operations in ` +
      `${counted(table.states.length, 'state')} commute unseen, or one hides the other`
    if (told === undefined) return answer(table.complete && open === 0, sentence)
    return answer(false, sentence, [stepText(table, told)])
  })
}

/** The opposite: the order of two operations is seen by all, so that the argument stops. */
export function seen(what: string, type: ObjectType): Question {
  const asks = `two operations on a ${what} may show everybody which of them was first`
  return question('enumeration', asks, () => {
    const table = typeTable(type)
    const found = criticalSteps(table)
    const sentence =
      `after ${found.counts.seen} of ${counted(found.pairs, 'pair')} of operations everybody can ` +
      'tell which was first'
    const shown = found.seen === undefined ? [] : [stepText(table, found.seen)]
    return answer(found.seen !== undefined, sentence, shown)
  })
}

function stepText(
  { states, operations }: TypeTable,
  { state, first, second }: CriticalStep,
): string {
  const text = (at: number): string => operationText(operations[at] ?? ['?'])
  return `in state ${JSON.stringify(states[state])}: ${text(first)} and ${text(second)}`
}

function typeNamed(name: string): ObjectType {
  const found = objectTypes.find((each) => each.name === name)
  if (found === undefined) throw new Error(`there is no type called ${name}`)
  return found.type(2)
}
