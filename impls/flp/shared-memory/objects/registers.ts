import type { Json } from '../../../../src/core/json.ts'
import type { ObjectType } from '../../../../src/node/index.ts'

/** `[0, 1, 2]` */
export function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, value) => value)
}

type Read = readonly ['read']
type Write = readonly ['write', Json]

/** The register of every computer: what was written last is read. */
export function register(values = 3): ObjectType<Json, Read | Write> {
  return {
    name: `register of ${values} values`,
    about: 'read answers what was written last',
    initial: upTo(values),
    operations: [['read'], ...upTo(values).map((value) => ['write', value] as const)],
    apply: (state, [name, value = null]) =>
      name === 'read' ? { state, response: state } : { state: value, response: null },
  }
}

/** A register in which nothing was written yet. */
export const empty = { type: register(), initial: null }

/** Keeps the greatest number that was written. */
export function maxRegister(values = 4): ObjectType<number, Read | readonly ['write', number]> {
  return {
    name: `max-register of ${values} values`,
    about: 'read answers the greatest number that was written',
    initial: [0],
    operations: [['read'], ...upTo(values).map((value) => ['write', value] as const)],
    apply: (state, [name, value = 0]) =>
      name === 'read'
        ? { state, response: state }
        : { state: Math.max(state, value), response: null },
  }
}

/** Counts, but does not say what it came to. */
export function counter(
  modulus = 8,
): ObjectType<number, Read | readonly ['increment'] | readonly ['decrement']> {
  return {
    name: `counter modulo ${modulus}`,
    about: 'increment and decrement answer nothing, read answers the count',
    initial: [0],
    operations: [['read'], ['increment'], ['decrement']],
    apply(state, [name]) {
      if (name === 'read') return { state, response: state }
      const change = name === 'increment' ? 1 : modulus - 1
      return { state: (state + change) % modulus, response: null }
    },
  }
}

type Bits = readonly number[]

/** One-bit registers as one object, which is no more than as many objects. */
export function bits(
  count: number,
): ObjectType<Bits, readonly ['read', number] | readonly ['write', number, number]> {
  return {
    name: count === 1 ? 'one-bit register' : `${count} one-bit registers`,
    about: 'each is read and written by itself',
    initial: [upTo(count).map(() => 0)],
    operations: upTo(count).flatMap((at) => [
      ['read', at] as const,
      ['write', at, 0] as const,
      ['write', at, 1] as const,
    ]),
    apply: (state, [name, at, value = 0]) =>
      name === 'read'
        ? { state, response: state[at] ?? 0 }
        : { state: state.with(at, value), response: null },
  }
}
