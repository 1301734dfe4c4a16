import { register } from '../../checkers/models/register.ts'
import { linearizableMonitor } from '../../checkers/monitors/linearizable.ts'
import { abd } from '../../impls/registers/abd.ts'
import type { ComposeOptions } from '../../src/compose/index.ts'
import type { Bug, MissingBug } from './bug.ts'
import { pinned } from './pinned.ts'

type Views = Parameters<NonNullable<ComposeOptions['sometimes']>[string]>[0]

const linearizable = linearizableMonitor(register)

const replicas = {
  nodes: 3,
  loopback: 'at-once',
  monitors: [linearizable],
  invariants: [],
  sometimes: {
    'a majority has what was written': (views: Views) =>
      2 * views.filter((view) => view?.['value'] === 1).length > views.length,
  },
} satisfies ComposeOptions

type Mutant = NonNullable<Parameters<typeof abd.make>[1]>

function bug(id: string, mutant: Mutant, about: Omit<Bug, 'id' | 'protocol' | 'mutant'>): Bug {
  return { id, protocol: abd, mutant, ...about }
}

const write = (value: number) => ({ f: 'write', value })
const read = { f: 'read', value: null }

export const registerBugs: readonly Bug[] = [
  bug('RG-01', 'read-without-write-back', {
    about: 'a read answers without storing what it found',
    source: 'Attiya, Bar-Noy, Dolev 1995, Sharing memory robustly in message-passing systems',
    options: { writers: 'one' },
    bounds: {
      ...replicas,
      clients: [
        { asks: [write(1)], at: [0] },
        { asks: [read, read], at: [1] },
      ],
    },
    violated: 'linearizable',
    ...pinned(7, 374, [48454, 23]),
    size: 'small',
    simulated: 'abd/read-without-write-back',
    spec: { name: 'abd', planted: 'no-write-back', depth: 9 },
  }),
  bug('RG-02', 'write-without-query', {
    about: 'a writer takes the tag after the newest one it knows itself',
    source: 'Lynch, Shvartsman 1997, Robust emulation of shared memory',
    options: { contact: 'quorum' },
    bounds: {
      ...replicas,
      // One after the other, each at either node.
      clients: [{ asks: [write(2), write(1), read], at: [0, 2] }],
    },
    violated: 'linearizable',
    ...pinned(11, 2041, [534727, 35]),
    simulated: 'abd/write-without-query',
  }),
  bug('RG-03', 'quorums-do-not-meet', {
    about: 'the first answer to a query is enough: R + W <= N',
    source: 'Gifford 1979, Weighted voting for replicated data',
    bounds: {
      ...replicas,
      clients: [
        { asks: [write(1)], at: [0] },
        { asks: [read], at: [2] },
      ],
    },
    violated: 'linearizable',
    ...pinned(6, 905, [11419, 19]),
    size: 'small',
    simulated: 'abd/quorums-do-not-meet',
    spec: { name: 'abd', planted: 'read-one', depth: 9 },
  }),
  bug('RG-06', 'tag-from-clock', {
    about: 'the last writer wins, by clocks: a later write is lost as its time is not later',
    source: 'Kingsbury 2013, Jepsen: Cassandra',
    options: { contact: 'quorum' },
    bounds: {
      ...replicas,
      // Two clocks that agree, and show the same time for a while.
      clock: 0,
      clients: [{ asks: [write(2), write(1), read], at: [0, 2] }],
    },
    violated: 'linearizable',
    ...pinned(15, 28777, [534727, 35]),
  }),
]

export const missingRegisterBugs: readonly MissingBug[] = [
  {
    id: 'RG-04',
    because:
      'a bug of a register of bounded tags over single-writer registers (Vitányi, Awerbuch), ' +
      'which is not among the protocols; unbounded tags need no such selection rule',
  },
  {
    id: 'RG-05',
    because:
      'a mistake in a definition and not in a protocol: the condition `linearizable` implies ' +
      '`regular`, which the checkers are tested for',
  },
]
