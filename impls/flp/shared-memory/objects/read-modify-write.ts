import type { Json } from '../../../../src/core/json.ts'
import type { ObjectType } from '../../../../src/node/index.ts'
import { upTo } from './registers.ts'

/** The first caller is told 0, all others 1. */
export const testAndSet: ObjectType<number, readonly ['test-and-set']> = {
  name: 'test-and-set',
  about: 'sets a bit and answers what it was',
  initial: [0],
  operations: [['test-and-set']],
  apply: (state) => ({ state: 1, response: state }),
}

/** Writes and answers what was there before. */
export function swap(values = 4): ObjectType<Json, readonly ['swap', Json]> {
  return {
    name: `swap of ${values} values`,
    about: 'writes a value and answers the one before',
    initial: upTo(values),
    operations: upTo(values).map((value) => ['swap', value] as const),
    apply: (state, [, value]) => ({ state: value, response: state }),
  }
}

/** Adds and answers the sum before. */
export function fetchAndAdd(
  modulus = 8,
  amounts: readonly number[] = [1, 2],
): ObjectType<number, readonly ['add', number]> {
  return {
    name: `fetch-and-add modulo ${modulus}`,
    about: 'adds a number and answers the sum before',
    initial: [0],
    operations: amounts.map((amount) => ['add', amount] as const),
    apply: (state, [, amount]) => ({ state: (state + amount) % modulus, response: state }),
  }
}

/** Sets bits and answers those that were set before. */
export function fetchAndOr(width = 2): ObjectType<number, readonly ['or', number]> {
  return {
    name: `fetch-and-or of ${width} bits`,
    about: 'sets bits and answers which were set before',
    initial: [0],
    operations: upTo(2 ** width)
      .slice(1)
      .map((mask) => ['or', mask] as const),
    apply: (state, [, mask]) => ({ state: state | mask, response: state }),
  }
}

/** Writes a value if the old one is as expected; answers the old one in any case. */
export function compareAndSet(
  values = 3,
): ObjectType<Json, readonly ['compare-and-set', Json, Json]> {
  return {
    name: `compare-and-set of ${values} values`,
    about: 'writes a value if the one before is as expected, and answers the one before',
    initial: upTo(values),
    operations: upTo(values).flatMap((expected) =>
      upTo(values).map((value) => ['compare-and-set', expected, value] as const),
    ),
    apply: (state, [, expected, value]) => ({
      state: state === expected ? value : state,
      response: state,
    }),
  }
}

/** Keeps what was written first (Plotkin 1989, Sticky bits and universality of consensus). */
export const stickyBit: ObjectType<Json, readonly ['read'] | readonly ['write', Json]> = {
  name: 'sticky bit',
  about: 'read answers what was written first',
  initial: [null],
  operations: [['read'], ['write', 0], ['write', 1]],
  apply: (state, [name, value = null]) =>
    name === 'read'
      ? { state, response: state }
      : { state: state === null ? value : state, response: null },
}

type Linked = { readonly value: Json; readonly linked: readonly number[] }

/**
 * Load-linked and store-conditional: a store succeeds if nobody has stored since the same process
 * loaded. Who is linked is part of the state, and nobody can read it.
 */
export function loadLinked(
  values = 2,
  processes = 2,
): ObjectType<
  Linked,
  readonly ['load-linked', number] | readonly ['store-conditional', number, Json]
> {
  return {
    name: `load-linked and store-conditional of ${values} values, ${processes} processes`,
    about: 'a store succeeds if nobody stored since the same process loaded',
    initial: upTo(values).map((value) => ({ value, linked: [] })),
    operations: upTo(processes).flatMap((self) => [
      ['load-linked', self] as const,
      ...upTo(values).map((value) => ['store-conditional', self, value] as const),
    ]),
    apply(state, [name, self, value = null]) {
      const isLinked = state.linked.includes(self)
      if (name === 'load-linked') {
        const linked = isLinked ? state.linked : [...state.linked, self].sort((a, b) => a - b)
        return { state: { value: state.value, linked }, response: state.value }
      }
      return isLinked
        ? { state: { value, linked: [] }, response: true }
        : { state, response: false }
    },
  }
}
