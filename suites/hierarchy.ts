import { assigning, assigningThree } from '../impls/flp/shared-memory/assigning.ts'
import { compareThenSet, waitingRegisters } from '../impls/flp/shared-memory/not-enough.ts'
import { replicaSet } from '../impls/flp/shared-memory/versions.ts'
import type { Outcome } from '../src/core/verdict.ts'
import type { SharedProtocol } from '../src/node/index.ts'
import { withRead } from '../src/valency/shared-memory/readable.ts'
import type { HierarchyEntry } from './entry.ts'
import type { HierarchyClaim } from './hierarchy-claim.ts'
import { objectTypes } from './object-types.ts'
import { featureSets, storeFor } from './store-lattice.ts'

/** Asked about so many processes. */
const MOST = 4

type Counts = Readonly<Record<string, number>>

function entry(
  name: string,
  claim: HierarchyClaim,
  expected: Outcome,
  because: string,
  expectedCounts: Counts = {},
): HierarchyEntry {
  return { type: 'hierarchy', name: `hierarchy/${name}`, claim, expected, expectedCounts, because }
}

/** Types that are not readable themselves are asked about with a read added. */
const NOT_READABLE = [
  ...['test-and-set', 'swap', 'fetch-and-add', 'fetch-and-add-3', 'fetch-and-or'],
  ...['queue', 'stack', 'peekable-queue', 'load-linked'],
]
/** Of these, with a read they can do more than without. */
const STRONGER_WITH_READ = ['queue', 'stack']

const numbers = objectTypes.flatMap(({ name, known, because, type }): HierarchyEntry[] => {
  const plain = type(MOST)
  const equals = known === 'any' || STRONGER_WITH_READ.includes(name) ? MOST : known
  const ask = (object: typeof plain): HierarchyClaim => {
    return { type: 'consensus number', object, most: MOST, equals }
  }
  if (!NOT_READABLE.includes(name))
    return [entry(`${name}/consensus-number`, ask(plain), 'pass', because)]
  const refused = 'no operation reads the whole state'
  return [
    entry(`${name}/consensus-number`, ask(plain), 'unknown', refused),
    entry(`readable-${name}/consensus-number`, ask(withRead(plain)), 'pass', because),
  ]
})

function runs(
  protocol: SharedProtocol,
  processes: number,
  expected: Outcome,
  because: string,
  counts: Counts = {},
  mutant?: string,
): HierarchyEntry {
  const { name } = protocol
  const what = mutant === undefined ? `${processes}-processes` : mutant
  const claim = { type: 'protocol', protocol, processes, ...(mutant && { mutant }) } as const
  return entry(`${name}/${what}`, claim, expected, because, counts)
}

const protocols = objectTypes.flatMap(({ known, protocol, because }): HierarchyEntry[] => {
  if (protocol === undefined) return []
  const most = known === 'any' ? 5 : known
  const good = Array.from({ length: most - 1 }, (_, at) => runs(protocol, at + 2, 'pass', because))
  const bad = known === 'any' ? [] : [runs(protocol, known + 1, 'fail', because)]
  const mutants = Object.entries(protocol.mutants).map(([mutant, about]) =>
    runs(protocol, 2, 'fail', about, {}, mutant),
  )
  return [...good, ...bad, ...mutants]
})

const others: readonly HierarchyEntry[] = [
  runs(assigning, 2, 'pass', 'Herlihy 1991: 2m - 2 with m = 2'),
  runs(assigning, 2, 'fail', 'two writes are not one', {}, 'writes-one-by-one'),
  runs(assigningThree, 3, 'pass', 'Herlihy 1991: m with m = 3'),
  runs(waitingRegisters, 2, 'fail', 'who waits for one that has crashed waits for ever'),
  runs(compareThenSet, 2, 'fail', 'between reading and writing somebody else may write'),
  runs(replicaSet, 2, 'pass', 'the second change finds another version'),
  runs(replicaSet, 2, 'fail', 'two leaders remove each other', {}, 'unconditional'),
]

const lattice = featureSets.map((features) => {
  const isUniversal = features.some((feature) => feature !== 'version in get')
  const equals = isUniversal ? MOST : features.length + 1
  const words = features.map((feature) => feature.replaceAll(' ', '-'))
  return entry(
    `store/${words.length === 0 ? 'plain' : words.join('-and-')}`,
    { type: 'consensus number', object: storeFor(features, MOST), most: MOST, equals },
    'pass',
    isUniversal ? 'something in it tells who was first' : 'nothing in it is conditional',
  )
})

const TREES: readonly (readonly [
  object: Extract<HierarchyClaim, { type: 'no protocol' }>['object'],
  processes: number,
  steps: number,
  combinations: number,
  separating: number,
])[] = [
  ['one bit', 2, 1, 9, 0],
  ['one bit', 2, 2, 225, 0],
  ['one bit', 2, 3, 65_025, 0],
  ['two bits', 2, 2, 9216, 0],
  ['three bits', 2, 2, 88_209, 0],
  ['one bit and test-and-set', 2, 1, 16, 1],
  ['one bit and test-and-set', 2, 2, 1600, 484],
  ['queue', 3, 1, 27, 0],
  ['queue', 3, 2, 91_125, 0],
]

const bounded = TREES.map(([object, processes, steps, combinations, separating]) =>
  entry(
    `${object.replaceAll(' ', '-')}/${processes}-processes-${many(steps, 'step')}`,
    { type: 'no protocol', object, processes, steps },
    separating === 0 ? 'pass' : 'fail',
    separating === 0 ? 'nobody can tell who was first' : 'the control: with it one can',
    { combinations, separating },
  ),
)

const views = [
  ...[6, 70, 924, 12_870].map((count, at) => view('write and read', 2, at + 1, count)),
  ...[3, 9, 27, 81, 243, 729, 2187, 6561].map((count, at) =>
    view('immediate snapshots', 2, at + 1, count),
  ),
  ...[13, 169, 2197].map((count, at) => view('immediate snapshots', 3, at + 1, count)),
  ...[75, 5625].map((count, at) => view('immediate snapshots', 4, at + 1, count)),
]

function many(count: number, thing: string): string {
  return `${count}-${thing}${count === 1 ? '' : 's'}`
}

function view(
  of: Extract<HierarchyClaim, { type: 'views' }>['of'],
  processes: number,
  rounds: number,
  count: number,
): HierarchyEntry {
  return entry(
    `${of.replaceAll(' ', '-')}/${processes}-processes-${many(rounds, 'round')}`,
    { type: 'views', of, processes, rounds },
    'pass',
    'who sees everything that registers can show cannot tell who was first',
    { runs: count, components: 1 },
  )
}

/** Writes, reads, histories, and how many are safe, regular, atomic, ordered, ordered only. */
const REGISTERS = [
  [1, 1, 12, 10, 10, 10, 12, 2],
  [1, 2, 180, 127, 127, 123, 165, 42],
  [2, 1, 45, 39, 31, 31, 45, 14],
  [2, 2, 1890, 1434, 906, 890, 1680, 790],
  [1, 3, 3360, 2036, 2036, 1860, 2688, 828],
  [3, 2, 10_080, 8082, 3746, 3706, 8820, 5114],
] as const

const registers = [
  ...REGISTERS.map(
    ([writes, reads, histories, safe, regular, atomic, ordered, orderedOnly]): HierarchyEntry =>
      entry(
        `register-histories/${many(writes, 'write')}-${many(reads, 'read')}`,
        { type: 'registers', writes, reads },
        'pass',
        'no older value after a newer one makes a regular register atomic, but not any register',
        { histories, safe, regular, atomic, linearizable: atomic, ordered, orderedOnly },
      ),
  ),
  entry(
    'register-histories/two-registers',
    { type: 'composition' },
    'pass',
    'Herlihy and Wing 1990, theorem 1; sequential consistency is not local',
    {
      histories: 55_440,
      linearizable: 26_032,
      sequential: 36_960,
      eachSequential: 37_520,
      witnesses: 560,
    },
  ),
]

/** What is said of objects that processes share, and what comes out. */
export const hierarchy: readonly HierarchyEntry[] = [
  ...numbers,
  ...protocols,
  ...others,
  ...lattice,
  ...bounded,
  ...views,
  ...registers,
]
