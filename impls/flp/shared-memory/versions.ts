import type { Json } from '../../../src/core/json.ts'
import { oneEach, sharedMemory } from '../../../src/node/index.ts'
import { empty } from './objects/registers.ts'
import { store } from './objects/stores.ts'

type Stat = { readonly value?: number; readonly version: number }

type Counting =
  | { readonly at: 'announce' | 'put' | 'get'; readonly input: Json }
  | { readonly at: 'look'; readonly other: number }
  | { readonly at: 'done'; readonly value: Json }

/**
 * A store in which nothing is conditional still lets two processes agree, if get answers how often
 * the value was replaced: of two puts the one that is there with version 1 was the second.
 */
export const versionInGet = sharedMemory<Counting>(
  'version-in-get',
  { about: 'Everybody puts its name and gets name and version, which tell two puts apart' },
  (processes) => ({
    objects: {
      key: { type: store(['version in get']), initial: { version: 0, children: [] } },
      ...oneEach('proposed', processes, empty),
    },
    start: (_, input) => ({ at: 'announce', input }),
    next: (local, self) => {
      switch (local.at) {
        case 'announce':
          return { object: `proposed[${self}]`, operation: ['write', local.input] }
        case 'put':
          return { object: 'key', operation: ['put', self] }
        case 'get':
          return { object: 'key', operation: ['get'] }
        case 'look':
          return { object: `proposed[${local.other}]`, operation: ['read'] }
        case 'done':
          return { decide: local.value }
      }
    },
    after: (local, response, self) => {
      const others = (from: number): number => (from === self ? from + 1 : from)
      switch (local.at) {
        case 'announce':
          return { at: 'put', input: local.input }
        case 'put':
          return { at: 'get', input: local.input }
        case 'get': {
          const { value, version } = response as Stat
          const first = version === 0 || value !== self
          return first ? { at: 'done', value: local.input } : { at: 'look', other: others(0) }
        }
        case 'look': {
          const next = others(local.other + 1)
          return response === null && next < processes
            ? { at: 'look', other: next }
            : { at: 'done', value: response }
        }
        case 'done':
          return local
      }
    },
  }),
)

type Leading =
  | { readonly at: 'shrink' | 'look'; readonly input: number }
  | { readonly at: 'done'; readonly value: Json }

const ALL = 2

/**
 * Kafka and BookKeeper keep in ZooKeeper which replicas count. Two that take themselves for the
 * leader each remove the other: the set that remains is what they decide.
 */
export const replicaSet = sharedMemory<Leading, 'unconditional'>(
  'replica-set',
  {
    about: 'Each leader sets the replicas to itself if nobody has changed them, or gives in',
    mutants: { unconditional: 'a leader sets the replicas whatever their version is' },
  },
  (_, planted) => ({
    objects: {
      replicas: {
        type: store(['version in get', 'conditional set']),
        initial: { value: ALL, version: 0, children: [] },
      },
    },
    start: (__, input) => ({ at: 'shrink', input: Number(input) }),
    next: (local) => {
      if (local.at === 'done') return { decide: local.value }
      if (local.at === 'look') return { object: 'replicas', operation: ['get'] }
      return planted('unconditional')
        ? { object: 'replicas', operation: ['put', local.input] }
        : { object: 'replicas', operation: ['set', local.input, 0] }
    },
    after: (local, response) => {
      if (local.at === 'done') return local
      if (local.at === 'look') return { at: 'done', value: (response as Stat).value ?? null }
      return response === false
        ? { at: 'look', input: local.input }
        : { at: 'done', value: local.input }
    },
  }),
)
