import type { ObjectType } from '../../../../src/node/index.ts'
import { upTo } from './registers.ts'

/** What a store can do besides get, put and delete, none of which asks about what is there. */
export const storeFeatures = {
  'version in get': 'get answers how often the value was replaced since the key was created',
  'create if absent': 'create fails, and says so, if the key exists',
  'conditional set': 'set fails, and says so, if the version is not the expected one',
  'sequential create': 'append creates a further child whose name is a number, and get lists them',
} as const

export type StoreFeature = keyof typeof storeFeatures

type Store = {
  /** Absent: the key does not exist. */
  readonly value?: number
  /** How often the value was replaced; 0 where the store does not count. */
  readonly version: number
  readonly children: readonly number[]
}

type StoreOperation =
  | readonly ['get']
  | readonly ['delete']
  | readonly ['put' | 'create' | 'append', number]
  | readonly ['set', number, number]

export interface StoreSize {
  readonly values?: number
  readonly children?: number
  /**
   * Versions begin again after so many. With at least 2n + 2 of them n steps do nothing that
   * they could not do without an end: from the middle none begins again, or is mistaken for one
   * after a delete.
   */
  readonly versions?: number
}

const ABSENT: Store = { version: 0, children: [] }

/**
 * One key of ZooKeeper, as far as clients that do not crash see it, with some of its features.
 * Without any it is the key-value store to which the lectures strip it: put and delete always
 * succeed and answer nothing. A conditional set is of no use without a version in get, and is only
 * made with it.
 */
export function store(
  features: readonly StoreFeature[],
  { values = 3, children = 4, versions = 8 }: StoreSize = {},
): ObjectType<Store, StoreOperation> {
  const has = (feature: StoreFeature): boolean => features.includes(feature)
  const counts = has('version in get')
  const counted = (version: number): number => (counts ? version % versions : 0)
  const each = upTo(values)
  return {
    name: features.length === 0 ? 'key-value store' : `store with ${features.join(', ')}`,
    about: 'get, put and delete, and what the features add',
    initial: [ABSENT],
    operations: [
      ['get'],
      ['delete'],
      ...each.map((value) => ['put', value] as const),
      ...(has('create if absent') ? each.map((value) => ['create', value] as const) : []),
      ...(has('conditional set')
        ? upTo(versions).flatMap((version) => each.map((value) => ['set', value, version] as const))
        : []),
      ...(has('sequential create') ? each.map((value) => ['append', value] as const) : []),
    ],
    apply(state, [name, value = 0, expected]) {
      const exists = state.value !== undefined
      const replaced = { ...state, value, version: exists ? counted(state.version + 1) : 0 }
      switch (name) {
        case 'get':
          return { state, response: state }
        case 'delete':
          return { state: { version: 0, children: state.children }, response: null }
        case 'put':
          return { state: replaced, response: null }
        case 'create':
          return exists ? { state, response: false } : { state: replaced, response: true }
        case 'set':
          return exists && state.version === expected
            ? { state: replaced, response: true }
            : { state, response: false }
        case 'append': {
          // The real one never ends; here it is full after a while, and says so.
          if (state.children.length >= children) return { state, response: null }
          const added = [...state.children, value]
          return { state: { ...state, children: added }, response: state.children.length }
        }
      }
    },
  }
}

/** A store whose put and delete answer whether the key existed. */
export function tellingStore(values = 3): ObjectType<Store, StoreOperation> {
  const silent = store([], { values })
  return {
    ...silent,
    name: 'key-value store that tells whether the key existed',
    about: 'put and delete always succeed, and answer whether the key was there',
    apply(state, operation) {
      if (operation[0] === 'get') return { state, response: state }
      const [after] = [silent.apply(state, operation)].flat()
      return { state: after?.state ?? state, response: state.value !== undefined }
    },
  }
}
