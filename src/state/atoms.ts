import type { AnyLayout, Layout } from './layout.ts'
import { isAtom } from './layout.ts'
import { notA, ofPart, shown } from './not-a-value.ts'
import { remembered } from './remembered.ts'

/** True or false. */
export function bool(): Layout<boolean> {
  return {
    shape: { kind: 'bool' },
    size: 2,
    encode: (value) => {
      if (typeof value !== 'boolean') throw notA('true or false', value)
      return value ? 1 : 0
    },
    decode: (code) => code === 1,
  }
}

/** A whole number from `low` to `high`, both included. */
export function int(low: number, high: number): Layout<number> {
  if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || high < low)
    throw new RangeError(`int(${low}, ${high}): give two whole numbers, the lower one first`)
  if (high - low > 0x7ffffffe)
    throw new RangeError(`int(${low}, ${high}): more than 2^31 - 1 numbers; narrow the range`)
  const allowed = `a whole number from ${low} to ${high}`
  return {
    shape: { kind: 'int', low, high },
    size: high - low + 1,
    encode: (value) => {
      if (!Number.isInteger(value) || value < low || value > high) throw notA(allowed, value)
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
  const allowed = `one of ${values.map(shown).join(', ')}`
  return {
    shape: { kind: 'oneOf', values },
    size: values.length,
    encode: (value) => {
      const code = codes.get(value)
      if (code === undefined) throw notA(allowed, value)
      return code
    },
    decode: (code) => values[code],
  }
}

/** One of the given values, for lists that are computed: quorums, pairs, permutations. */
export function among<T>(values: readonly T[]): Layout<T> {
  return oneOf<readonly T[]>(...values)
}

/** One of `count` things of a kind, numbered from 0 and printed as `name0`, `name1`, ... */
export function id(name: string, count: number): Layout<number> {
  if (!Number.isInteger(count) || count < 1 || count > 0x7fffffff)
    throw new RangeError(`id('${name}', ${count}): give a number of at least 1`)
  const allowed = `a number of a ${name}, 0 to ${count - 1}`
  return {
    shape: { kind: 'id', name, count },
    size: count,
    encode: (value) => {
      if (!Number.isInteger(value) || value < 0 || value >= count) throw notA(allowed, value)
      return value
    },
    decode: (code) => code,
  }
}

/** A value or `null`, and `null` first. Kept in one piece. */
export function option<T>(of: Layout<T, unknown>): Layout<T | null> {
  const { shape } = of
  if (shape.kind === 'option' || (shape.kind === 'oneOf' && shape.values.includes(null)))
    throw new RangeError('option(): null is among the values already')
  return {
    shape: { kind: 'option', of: of as AnyLayout },
    size: of.size + 1,
    encode: (value) => (value === null ? 0 : 1 + of.encode(value)),
    decode: (code) => (code === 0 ? null : of.decode(code - 1)),
  }
}

/** A fixed number of values of different kinds. Kept in one piece. */
export function tuple<const L extends readonly AnyLayout[]>(
  ...parts: L
): Layout<{ readonly [I in keyof L]: L[I] extends Layout<infer T, infer _> ? T : never }> {
  type Value = { readonly [I in keyof L]: L[I] extends Layout<infer T, infer _> ? T : never }
  const allowed = `a list of ${parts.length}`
  return {
    shape: { kind: 'tuple', parts },
    size: parts.reduce((size, part) => size * part.size, 1),
    encode: (value) => {
      const values: unknown = value
      if (!Array.isArray(values) || values.length !== parts.length) throw notA(allowed, value)
      let code = 0
      for (const [index, part] of parts.entries())
        code = code * part.size + encodePart(part, `[${index}]`, values[index])
      return code
    },
    decode: remembered((code) => {
      const values: unknown[] = []
      let rest = code
      for (const part of [...parts].reverse()) {
        values.unshift(part.decode(rest % part.size))
        rest = Math.floor(rest / part.size)
      }
      return Object.freeze(values) as unknown as Value
    }),
  }
}

/** The same values kept in one piece: read as a plain value, written as a whole. */
export function packed<T>(of: Layout<T, unknown>): Layout<T> {
  if (isAtom(of as AnyLayout)) return of as Layout<T>
  return {
    shape: { kind: 'packed', of: of as AnyLayout },
    size: of.size,
    encode: (value) => of.encode(value),
    decode: (code) => of.decode(code),
  }
}

/**
 * Anything that JSON can say, kept as a number that is given out when a value is first seen. Two
 * values are the same when their JSON is, with keys in any order. A variable starts at `first`.
 */
export function value<T>(first: T | null = null): Layout<T> {
  const refuse = () => {
    throw new TypeError('value() has no numbers of its own')
  }
  return { shape: { kind: 'value', first }, size: Infinity, encode: refuse, decode: refuse }
}

/** The code of a part of a value; what is wrong with it is told with the name of the part. */
export function encodePart(layout: AnyLayout, part: string, value: unknown): number {
  try {
    return layout.encode(value)
  } catch (error) {
    throw ofPart(part, error)
  }
}
