import { encodePart } from './atoms.ts'
import type { AnyLayout, Layout } from './layout.ts'
import { isListed } from './layout.ts'
import { notA } from './not-a-value.ts'
import type { BagPlace, MapPlace, SeqPlace, SetPlace } from './places.ts'
import { remembered, unchanging } from './remembered.ts'

/** A value for each key. With more keys than can be listed: for each key that was ever written. */
export function mapOf<K, T, P>(
  keys: Layout<K, unknown>,
  of: Layout<T, P>,
): Layout<ReadonlyMap<K, T>, MapPlace<K, T, P>> {
  const one = of as AnyLayout
  return {
    shape: { kind: 'mapOf', keys: keys as AnyLayout, of: one },
    // With keys of which only those that were seen are kept, nobody numbers the maps.
    size: isListed(keys as AnyLayout) ? of.size ** keys.size : Infinity,
    encode: (value: unknown) => {
      if (!(value instanceof Map) || value.size !== keys.size)
        throw notA(`a map of ${keys.size} keys`, value)
      const values = byCode(keys, value as ReadonlyMap<K, unknown>)
      let code = 0
      for (let key = 0; key < keys.size; key++)
        code = code * of.size + encodePart(one, `[${key}]`, values.get(key))
      return code
    },
    decode: remembered((code) => {
      const codes: number[] = []
      let rest = code
      for (let key = 0; key < keys.size; key++) {
        codes.unshift(rest % of.size)
        rest = Math.floor(rest / of.size)
      }
      return unchanging(new Map(codes.map((one, key) => [keys.decode(key), of.decode(one)])))
    }),
  }
}

/** The entries of a map by the codes of their keys; equal keys may be different objects. */
function byCode<K>(
  keys: Layout<K, unknown>,
  value: ReadonlyMap<K, unknown>,
): ReadonlyMap<number, unknown> {
  const entries = new Map([...value].map(([key, one]) => [keys.encode(key), one]))
  if (entries.size !== value.size) throw notA('a map in which each key is there once', value)
  return entries
}

/** A set of values. */
export function setOf<K>(of: Layout<K, unknown>): Layout<ReadonlySet<K>, SetPlace<K>> {
  return {
    shape: { kind: 'setOf', of: of as AnyLayout },
    size: 2 ** of.size,
    encode: (value: unknown) => {
      if (!(value instanceof Set)) throw notA('a set', value)
      const codes = new Set<number>()
      for (const one of value as Set<K>) codes.add(of.encode(one))
      let code = 0
      for (const one of codes) code += 2 ** one
      return code
    },
    decode: remembered((code) => {
      const values = new Set<K>()
      for (let one = 0, rest = code; rest > 0; one++, rest = Math.floor(rest / 2))
        if (rest % 2 === 1) values.add(of.decode(one))
      return unchanging(values)
    }),
  }
}

/** A sequence of at most `max` values, each kept in one piece. */
export function seqOf<T>(of: Layout<T, unknown>, max: number): Layout<readonly T[], SeqPlace<T>> {
  if (!Number.isInteger(max) || max < 0)
    throw new RangeError(`seqOf(..., ${max}): give a number of at least 0`)
  const allowed = `a sequence of at most ${max}`
  const from = lengthCodes(of.size, max)
  return {
    shape: { kind: 'seqOf', of: of as AnyLayout, max },
    size: from[max]! + of.size ** max,
    encode: (value: unknown) => {
      if (!Array.isArray(value) || value.length > max) throw notA(allowed, value)
      let code = 0
      for (let position = 0; position < value.length; position++)
        code = code * of.size + encodePart(of as AnyLayout, `[${position}]`, value[position])
      return from[value.length]! + code
    },
    decode: remembered((code) => {
      let length = max
      while (from[length]! > code) length--
      const values: T[] = []
      let rest = code - from[length]!
      for (; length > 0; length--) {
        values.unshift(of.decode(rest % of.size))
        rest = Math.floor(rest / of.size)
      }
      return Object.freeze(values)
    }),
  }
}

/** The first code of the sequences of each length. */
export function lengthCodes(size: number, max: number): readonly number[] {
  const from = [0]
  for (let length = 0; length < max; length++) from.push(from[length]! + size ** length)
  return from
}

/** How often each value is there, at most `max` times. */
export function bagOf<K>(
  of: Layout<K, unknown>,
  max: number,
): Layout<ReadonlyMap<K, number>, BagPlace<K>> {
  if (!Number.isInteger(max) || max < 1 || max > 0x7ffffffe)
    throw new RangeError(`bagOf(..., ${max}): give a number of at least 1`)
  return {
    shape: { kind: 'bagOf', of: of as AnyLayout, max },
    size: (max + 1) ** of.size,
    encode: (value: unknown) => {
      if (!(value instanceof Map)) throw notA('a map of counts', value)
      let code = 0
      for (const [one, count] of byCode(of, value as ReadonlyMap<K, unknown>))
        code += countUpTo(max, count) * (max + 1) ** one
      return code
    },
    decode: remembered((code) => {
      const counts = new Map<K, number>()
      let rest = code
      for (let one = 0; rest > 0; one++, rest = Math.floor(rest / (max + 1)))
        if (rest % (max + 1) > 0) counts.set(of.decode(one), rest % (max + 1))
      return unchanging(counts)
    }),
  }
}

/** A count, or `NotAValue`. */
export function countUpTo(max: number, count: unknown): number {
  if (typeof count === 'number' && Number.isInteger(count) && count >= 0 && count <= max)
    return count
  throw notA(`a count from 0 to ${max}`, count)
}
