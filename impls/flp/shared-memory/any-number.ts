import type { Json } from '../../../src/core/json.ts'
import { sharedMemory } from '../../../src/node/index.ts'
import { peekableQueue } from './objects/collections.ts'
import { compareAndSet as cell, loadLinked, stickyBit as bit } from './objects/read-modify-write.ts'
import { store } from './objects/stores.ts'

const HERLIHY = 'Herlihy 1991, Wait-free synchronization, ACM TOPLAS 13(1), section 3'

type Local =
  | { readonly at: 'try' | 'look'; readonly input: Json }
  | { readonly at: 'done'; readonly value: Json }

const done = (value: Json): Local => ({ at: 'done', value })
const look = (input: Json): Local => ({ at: 'look', input })

export const compareAndSet = sharedMemory<Local, 'decides-its-own'>(
  'compare-and-set',
  {
    about: 'The value that is set first stays, and everybody is told it',
    source: HERLIHY,
    mutants: { 'decides-its-own': 'who was too late decides its own value all the same' },
  },
  (_, planted) => ({
    objects: { cell: { type: cell(), initial: null } },
    start: (__, input) => ({ at: 'try', input }),
    next: (local) =>
      local.at === 'done'
        ? { decide: local.value }
        : { object: 'cell', operation: ['compare-and-set', null, local.input] },
    after: (local, old) => {
      if (local.at === 'done') return local
      return done(old === null || planted('decides-its-own') ? local.input : old)
    },
  }),
)

export const stickyBit = sharedMemory<Local>(
  'sticky-bit',
  {
    about: 'The bit that is written first sticks, and everybody reads it',
    source: 'Plotkin 1989, Sticky bits and universality of consensus, PODC',
  },
  () => ({
    objects: { bit: { type: bit, initial: null } },
    start: (_, input) => ({ at: 'try', input }),
    next: (local) => {
      if (local.at === 'done') return { decide: local.value }
      return { object: 'bit', operation: local.at === 'try' ? ['write', local.input] : ['read'] }
    },
    after: (local, response) => (local.at === 'try' ? look(local.input) : done(response)),
  }),
)

type Linked = Local | { readonly at: 'link' | 'again'; readonly input: Json }

export const linked = sharedMemory<Linked, 'stores-without-looking'>(
  'load-linked',
  {
    about: 'The first store succeeds; whoever fails loads what was stored',
    source: HERLIHY,
    mutants: { 'stores-without-looking': 'a process stores whatever it has loaded before' },
  },
  (processes, planted) => ({
    objects: { cell: { type: loadLinked(2, processes), initial: { value: null, linked: [] } } },
    start: (_, input) => ({ at: 'link', input }),
    next: (local, self) => {
      if (local.at === 'done') return { decide: local.value }
      return local.at === 'try'
        ? { object: 'cell', operation: ['store-conditional', self, local.input] }
        : { object: 'cell', operation: ['load-linked', self] }
    },
    after: (local, response) => {
      switch (local.at) {
        case 'link':
          return response === null || planted('stores-without-looking')
            ? { at: 'try', input: local.input }
            : done(response)
        case 'try':
          return response === true ? done(local.input) : look(local.input)
        default:
          return done(response)
      }
    },
  }),
)

export const peeking = sharedMemory<Local, 'looks-first'>(
  'peekable-queue',
  {
    about: 'Everybody enqueues its value and decides the one at the head',
    source: HERLIHY,
    mutants: { 'looks-first': 'who finds the queue empty decides its own value' },
  },
  (processes, planted) => ({
    objects: { queue: { type: peekableQueue(processes, [0, 1]), initial: [] } },
    start: (_, input) => ({ at: planted('looks-first') ? 'look' : 'try', input }),
    next: (local) => {
      if (local.at === 'done') return { decide: local.value }
      return local.at === 'try'
        ? { object: 'queue', operation: ['enqueue', local.input] }
        : { object: 'queue', operation: ['peek'] }
    },
    after: (local, response) => {
      if (local.at === 'try') return planted('looks-first') ? done(local.input) : look(local.input)
      if (local.at === 'look' && planted('looks-first') && response === null)
        return { at: 'try', input: local.input }
      return done(response)
    },
  }),
)

type Stat = { readonly value?: Json; readonly version: number; readonly children: readonly Json[] }

export const createIfAbsent = sharedMemory<Local, 'overwrites'>(
  'create-if-absent',
  {
    about: 'The first one creates the key, and everybody else gets its value',
    source: 'Hunt, Konar, Junqueira, Reed 2010, ZooKeeper, USENIX ATC, section 2.2',
    mutants: { overwrites: 'the key is put, whether or not it exists' },
  },
  (_, planted) => ({
    objects: {
      key: { type: store(['create if absent']), initial: { version: 0, children: [] } },
    },
    start: (__, input) => ({ at: 'try', input }),
    next: (local) => {
      if (local.at === 'done') return { decide: local.value }
      if (local.at === 'look') return { object: 'key', operation: ['get'] }
      return { object: 'key', operation: [planted('overwrites') ? 'put' : 'create', local.input] }
    },
    after: (local, response) => {
      if (local.at === 'try') return response === true ? done(local.input) : look(local.input)
      return done((response as Stat).value ?? null)
    },
  }),
)

export const conditionalSet = sharedMemory<Local, 'unconditional'>(
  'conditional-set',
  {
    about: 'The first one to replace version 0 succeeds, and everybody else gets its value',
    source: 'Hunt, Konar, Junqueira, Reed 2010, ZooKeeper, USENIX ATC, section 2.2',
    mutants: { unconditional: 'the value is replaced whatever its version is' },
  },
  (_, planted) => ({
    objects: {
      key: {
        type: store(['version in get', 'conditional set']),
        initial: { value: 2, version: 0, children: [] },
      },
    },
    start: (__, input) => ({ at: 'try', input }),
    next: (local) => {
      if (local.at === 'done') return { decide: local.value }
      if (local.at === 'look') return { object: 'key', operation: ['get'] }
      const { input } = local
      return {
        object: 'key',
        operation: planted('unconditional') ? ['put', input] : ['set', input, 0],
      }
    },
    after: (local, response) => {
      if (local.at === 'try') return response === true ? done(local.input) : look(local.input)
      return done((response as Stat).value ?? null)
    },
  }),
)

export const sequentialCreate = sharedMemory<Local, 'takes-the-last'>(
  'sequential-create',
  {
    about: 'Everybody creates a numbered child, and decides the value of the one with number 0',
    source: 'Hunt, Konar, Junqueira, Reed 2010, ZooKeeper, USENIX ATC, section 2.4',
    mutants: { 'takes-the-last': 'everybody decides the value of the youngest child' },
  },
  (processes, planted) => ({
    objects: {
      key: {
        type: store(['sequential create'], { children: processes }),
        initial: { version: 0, children: [] },
      },
    },
    start: (_, input) => ({ at: 'try', input }),
    next: (local) => {
      if (local.at === 'done') return { decide: local.value }
      return { object: 'key', operation: local.at === 'try' ? ['append', local.input] : ['get'] }
    },
    after: (local, response) => {
      if (local.at === 'try') return look(local.input)
      return done((response as Stat).children.at(planted('takes-the-last') ? -1 : 0) ?? null)
    },
  }),
)
