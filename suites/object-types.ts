import {
  compareAndSet,
  conditionalSet,
  createIfAbsent,
  linked,
  peeking,
  sequentialCreate,
  stickyBit,
} from '../impls/flp/shared-memory/any-number.ts'
import { registers, keyValue, snapshots } from '../impls/flp/shared-memory/not-enough.ts'
import * as two from '../impls/flp/shared-memory/two-processes.ts'
import { versionInGet } from '../impls/flp/shared-memory/versions.ts'
import { snapshot } from '../impls/flp/shared-memory/objects/arrays.ts'
import { peekableQueue, queue, stack } from '../impls/flp/shared-memory/objects/collections.ts'
import * as atomic from '../impls/flp/shared-memory/objects/read-modify-write.ts'
import { counter, maxRegister, register } from '../impls/flp/shared-memory/objects/registers.ts'
import { store, tellingStore } from '../impls/flp/shared-memory/objects/stores.ts'
import type { ObjectType, SharedProtocol } from '../src/node/index.ts'

/** How many processes an object lets agree, as the literature has it. */
export type KnownNumber = number | 'any'

/** A type of objects in Herlihy's hierarchy. */
export interface HierarchyType {
  /** As on the command line. */
  readonly name: string
  readonly known: KnownNumber
  /** Where that is known from, or what has to be remembered. */
  readonly because: string
  /** The type with room for so many processes. */
  type(processes: number): ObjectType
  /** How it is done, or what is tried in vain. */
  readonly protocol?: SharedProtocol
}

const HERLIHY = 'Herlihy 1991'
const COMMON2 = 'Herlihy 1991, read-modify-write with interfering functions'

/** The weakest first. */
export const objectTypes: readonly HierarchyType[] = [
  {
    name: 'register',
    known: 1,
    because: 'Loui and Abu-Amara 1987; Herlihy 1991',
    type: (n) => register(n + 1),
    protocol: registers,
  },
  { name: 'max-register', known: 1, because: 'writes commute', type: (n) => maxRegister(n + 1) },
  { name: 'counter', known: 1, because: 'Aspnes and Herlihy 1990', type: () => counter() },
  {
    name: 'snapshot',
    known: 1,
    because: 'it can be made of registers (Afek et al. 1993)',
    type: () => snapshot(),
    protocol: snapshots,
  },
  {
    name: 'key-value',
    known: 1,
    because: 'put, delete and create that overwrite and answer nothing are writes',
    type: (n) => store([], { values: n + 1 }),
    protocol: keyValue,
  },
  {
    name: 'test-and-set',
    known: 2,
    because: COMMON2,
    type: () => atomic.testAndSet,
    protocol: two.testAndSet,
  },
  { name: 'swap', known: 2, because: COMMON2, type: () => atomic.swap(), protocol: two.swapping },
  {
    name: 'fetch-and-add',
    known: 2,
    because: COMMON2,
    type: () => atomic.fetchAndAdd(),
    protocol: two.fetchingAndAdding,
  },
  {
    name: 'fetch-and-add-3',
    known: 2,
    because: 'the same where it counts modulo 3',
    type: () => atomic.fetchAndAdd(3),
    protocol: two.fetchingAndAddingThree,
  },
  {
    name: 'fetch-and-or',
    known: 2,
    because: COMMON2,
    type: () => atomic.fetchAndOr(),
    protocol: two.fetchingAndOring,
  },
  {
    name: 'queue',
    known: 2,
    because: `${HERLIHY}: a queue that can be read as a whole is another type`,
    type: (n) => queue(Math.max(n, 2)),
    protocol: two.dequeuing,
  },
  {
    name: 'stack',
    known: 2,
    because: `${HERLIHY}: a stack that can be read as a whole is another type`,
    type: (n) => stack(Math.max(n, 2)),
    protocol: two.popping,
  },
  {
    name: 'telling-key-value',
    known: 2,
    because: 'put and delete that answer whether the key existed tell who was first',
    type: (n) => tellingStore(n + 1),
  },
  {
    name: 'version-in-get',
    known: 2,
    because: 'of two puts the one that is there with version 1 was the second',
    type: (n) => store(['version in get'], { values: n + 1, versions: 2 * n + 2 }),
    protocol: versionInGet,
  },
  {
    name: 'peekable-queue',
    known: 'any',
    because: 'Herlihy 1991, augmented queue',
    type: (n) => peekableQueue(Math.max(n, 2)),
    protocol: peeking,
  },
  {
    name: 'compare-and-set',
    known: 'any',
    because: `${HERLIHY}: not a number n, but every n`,
    type: () => atomic.compareAndSet(),
    protocol: compareAndSet,
  },
  {
    name: 'sticky-bit',
    known: 'any',
    because: 'Plotkin 1989',
    type: () => atomic.stickyBit,
    protocol: stickyBit,
  },
  {
    name: 'load-linked',
    known: 'any',
    because: HERLIHY,
    type: (n) => atomic.loadLinked(2, n),
    protocol: linked,
  },
  {
    name: 'create-if-absent',
    known: 'any',
    because: 'a sticky bit: the first one stays',
    type: () => store(['create if absent']),
    protocol: createIfAbsent,
  },
  {
    name: 'conditional-set',
    known: 'any',
    because: 'compare-and-set of the version',
    type: (n) => store(['version in get', 'conditional set'], { values: 2, versions: n + 1 }),
    protocol: conditionalSet,
  },
  {
    name: 'sequential-create',
    known: 'any',
    because: 'who has number 0 was first, and get tells',
    type: (n) => store(['sequential create'], { values: 2, children: n }),
    protocol: sequentialCreate,
  },
]
