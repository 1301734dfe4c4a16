import type { AnyLayout, Layout } from './layout.ts'
import { isAtom } from './layout.ts'
import { NotAValue } from './not-a-value.ts'
import { remembered } from './remembered.ts'

/** True or false. */
export function bool(): Layout<boolean> {
  return {
    shape: { kind: 'bool' },
    size: 2,
    encode: (value) => {
      if (typeof value !== 'boolean') throw new NotAValue(value, 'true or false')
      return value ? 1 : 0
    },
    decode: (code) => code === 1,
  }
}

/** A whole number from `low` to `high`, both included. */
export function int(low: number, high: number): Layout<number> {
  if (!Number.isInteger(low) || !Number.isInteger(high) || high < low || high - low > 0x7fffffff)
    throw new RangeError(`int(${String(low)}, ${String(high)}): give two whole numbers, low first`)
  const allowed = `a whole number from ${String(low)} to ${String(high)}`
  return {
    shape: { kind: 'int', low, high },
    size: high - low + 1,
    encode: (value) => {
      if (!Number.isInteger(value) || value < low || value > high)
        throw new NotAValue(value, allowed)
      return value - low
    },
    decode: (code) => code + low,
  }
}

/** One of the listed values, which may be anything; they are told apart by `===`. */
export function oneOf<const Values extends readonly unknown[]>(
  ...values: Values
): Layout<Values[number]> {
  if (values.length === 0) throw new RangeError('oneOf() needs at least one value')
  const codes = new Map<unknown, number>(values.map((value, code) => [value, code]))
  if (codes.size !== values.length) throw new RangeError('oneOf(): a value is listed twice')
  const allowed = `one of ${values.map((value) => JSON.stringify(value)).join(', ')}`
  return {
    shape: { kind: 'oneOf', values },
    size: values.length,
    encode: (value) => {
      const code = codes.get(value)
      if (code === undefined) throw new NotAValue(value, allowed)
      return code
    },
    decode: (code) => values[code] as Values[number],
  }
}

/** One of the given values, for lists that are computed: quorums, pairs, permutations. */
export function among<T>(values: readonly T[]): Layout<T> {
  return oneOf(...values) as Layout<T>
}

/** One of `count` things of a kind, numbered from 0 and printed as `name0`, `name1`, ... */
export function id(name: string, count: number): Layout<number> {
  if (!Number.isInteger(count) || count < 1)
    throw new RangeError(`id('${name}', ${String(count)}): give a number of at least 1`)
  const allowed = `a number of a ${name}, 0 to ${String(count - 1)}`
  return {
    shape: { kind: 'id', name, count },
    size: count,
    encode: (value) => {
      if (!Number.isInteger(value) || value < 0 || value >= count)
        throw new NotAValue(value, allowed)
      return value
    },
    decode: (code) => code,
  }
}

/** A value or `null`, and `null` first. Kept in one piece. */
export function option<T>(of: Layout<T, unknown>): Layout<T | null> {
  return {
    shape: { kind: 'option', of: of as AnyLayout },
    size: of.size + 1,
    encode: (value) => (value === null ? 0 : 1 + of.encode(value)),
    decode: (code) => (code === 0 ? null : of.decode(code - 1)),
  }
}

/** The same values kept in one piece: read as a plain value, written as a whole. */
export function packed<T>(of: Layout<T, unknown>): Layout<T> {
  if (isAtom(of as AnyLayout)) return of as Layout<T>
  return {
    shape: { kind: 'packed', of: of as AnyLayout },
    size: of.size,
    encode: (value) => of.encode(value),
    decode: remembered((code) => of.decode(code)),
  }
}

/**
 * Anything that JSON can say, kept as a number that is given out when a value is first seen. Two
 * values are the same when their JSON is, with keys in any order.
 */
export function value<T>(): Layout<T> {
  const refuse = () => {
    throw new TypeError('value() has no numbers of its own')
  }
  return { shape: { kind: 'value' }, size: Infinity, encode: refuse, decode: refuse }
}
