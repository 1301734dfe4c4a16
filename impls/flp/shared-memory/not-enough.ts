import type { Json } from '../../../src/core/json.ts'
import { oneEach, sharedMemory } from '../../../src/node/index.ts'
import { snapshot } from './objects/arrays.ts'
import { empty, register } from './objects/registers.ts'
import { store } from './objects/stores.ts'

/**
 * Attempts with objects that cannot do it. Each is what one would write at first, and each has the
 * defect that the theorem promises.
 */

type Local =
  | { readonly at: 'write'; readonly input: number }
  | { readonly at: 'look'; readonly least: number; readonly other: number }
  | { readonly at: 'done'; readonly value: Json }

const least = (values: readonly Json[], input: number): number =>
  values.reduce<number>((a, b) => (typeof b === 'number' && b < a ? b : a), input)

export const registers = sharedMemory<Local>(
  'registers',
  { about: 'Everybody writes its value, reads those of the others, and decides the least' },
  (processes) => {
    const look = (self: number, value: number, other: number): Local => {
      const next = other === self ? other + 1 : other
      return next < processes ? { at: 'look', least: value, other: next } : { at: 'done', value }
    }
    return {
      objects: oneEach('proposed', processes, empty),
      start: (_, input) => ({ at: 'write', input: Number(input) }),
      next: (local, self) => {
        switch (local.at) {
          case 'write':
            return { object: `proposed[${self}]`, operation: ['write', local.input] }
          case 'look':
            return { object: `proposed[${local.other}]`, operation: ['read'] }
          case 'done':
            return { decide: local.value }
        }
      },
      after: (local, response, self) => {
        if (local.at === 'done') return local
        if (local.at === 'write') return look(self, local.input, 0)
        return look(self, least([response], local.least), local.other + 1)
      },
    }
  },
)

type Waiting =
  | { readonly at: 'write'; readonly input: number }
  | { readonly at: 'look'; readonly input: number }
  | { readonly at: 'done'; readonly value: number }

/** Safe, as nobody decides before it knows all values: and so nobody may crash. */
export const waitingRegisters = sharedMemory<Waiting>(
  'waiting-registers',
  { about: 'As registers, but a process reads again until the other one has written' },
  () => ({
    objects: oneEach('proposed', 2, empty),
    start: (_, input) => ({ at: 'write', input: Number(input) }),
    next: (local, self) => {
      switch (local.at) {
        case 'write':
          return { object: `proposed[${self}]`, operation: ['write', local.input] }
        case 'look':
          return { object: `proposed[${1 - self}]`, operation: ['read'] }
        case 'done':
          return { decide: local.value }
      }
    },
    after: (local, response) => {
      if (local.at === 'done') return local
      if (local.at === 'write' || response === null) return { at: 'look', input: local.input }
      return { at: 'done', value: least([response], local.input) }
    },
  }),
)

type Scanning =
  | { readonly at: 'update' | 'scan'; readonly input: number }
  | { readonly at: 'done'; readonly value: number }

export const snapshots = sharedMemory<Scanning>(
  'snapshot',
  { about: 'Everybody writes its value, sees all values of one moment, and decides the least' },
  (processes) => ({
    objects: {
      memory: { type: snapshot(processes), initial: Array.from({ length: processes }, () => null) },
    },
    start: (_, input) => ({ at: 'update', input: Number(input) }),
    next: (local, self) => {
      if (local.at === 'done') return { decide: local.value }
      const operation = local.at === 'scan' ? (['scan'] as const) : update(self, local.input)
      return { object: 'memory', operation }
    },
    after: (local, response) => {
      if (local.at === 'done') return local
      if (local.at === 'update') return { at: 'scan', input: local.input }
      return { at: 'done', value: least(response as readonly Json[], local.input) }
    },
  }),
)

const update = (self: number, input: number) => ['update', self, input] as const

type Trying =
  | { readonly at: 'compare' | 'set' | 'look'; readonly input: Json }
  | { readonly at: 'done'; readonly value: Json }

/** Compare-and-set in two steps, which is none. */
export const compareThenSet = sharedMemory<Trying>(
  'compare-then-set',
  { about: 'Whoever reads nothing writes its value; everybody decides what it reads then' },
  () => ({
    objects: { cell: { type: register(), initial: null } },
    start: (_, input) => ({ at: 'compare', input }),
    next: (local) => {
      if (local.at === 'done') return { decide: local.value }
      return { object: 'cell', operation: local.at === 'set' ? ['write', local.input] : ['read'] }
    },
    after: (local, response) => {
      if (local.at === 'done') return local
      if (local.at === 'compare' && response === null) return { at: 'set', input: local.input }
      if (local.at === 'set') return { at: 'look', input: local.input }
      return { at: 'done', value: response }
    },
  }),
)

type Stat = { readonly value?: Json }

/** The store to which the lectures strip ZooKeeper. */
export const keyValue = sharedMemory<Trying>(
  'key-value',
  { about: 'Whoever finds no value puts its own; everybody decides what it gets then' },
  () => ({
    objects: { key: { type: store([]), initial: { version: 0, children: [] } } },
    start: (_, input) => ({ at: 'compare', input }),
    next: (local) => {
      if (local.at === 'done') return { decide: local.value }
      return { object: 'key', operation: local.at === 'set' ? ['put', local.input] : ['get'] }
    },
    after: (local, response) => {
      if (local.at === 'done') return local
      if (local.at === 'set') return { at: 'look', input: local.input }
      const { value } = response as Stat
      if (local.at === 'compare' && value === undefined) return { at: 'set', input: local.input }
      return { at: 'done', value: value ?? null }
    },
  }),
)
