import type { AnyLayout, Layout, PlaceOf, ValueOf } from './layout.ts'
import { NotAValue } from './not-a-value.ts'
import type { BagPlace, MapPlace, SeqPlace, SetPlace } from './places.ts'
import { remembered } from './remembered.ts'

type Fields = Readonly<Record<string, AnyLayout>>
export type RecordOf<F> = { readonly [K in keyof F]: ValueOf<F[K]> }
export type RecordPlace<F> = { -readonly [K in keyof F]: PlaceOf<F[K]> }

/** Named fields. In a state, each field is read and written by itself. */
export function record<F extends Fields>(fields: F): Layout<RecordOf<F>, RecordPlace<F>> {
  const names = Object.keys(fields)
  const layouts = Object.values(fields)
  return {
    shape: { kind: 'record', fields },
    size: product(layouts.map((field) => field.size)),
    encode: (value) => {
      if (typeof value !== 'object') throw new NotAValue(value, `a record of ${names.join(', ')}`)
      let code = 0
      for (const [index, field] of layouts.entries()) {
        const name = names[index] as keyof F
        code = code * field.size + field.encode(value[name])
      }
      return code
    },
    decode: remembered((code) => {
      const values: Record<string, unknown> = {}
      for (const [name, one] of entriesOf(fields, code)) values[name] = one
      return Object.freeze(values) as RecordOf<F>
    }),
  }
}

/** The fields of a record with a number, in the order of the declaration. */
function entriesOf(fields: Fields, code: number): [string, unknown][] {
  const names = Object.keys(fields)
  const entries: [string, unknown][] = []
  let rest = code
  for (let index = names.length - 1; index >= 0; index--) {
    const name = names[index] ?? ''
    const field = fields[name] as AnyLayout
    entries.push([name, field.decode(rest % field.size) as unknown])
    rest = Math.floor(rest / field.size)
  }
  return entries.reverse()
}

/** A fixed number of values of different kinds. Kept in one piece. */
export function tuple<const L extends readonly AnyLayout[]>(
  ...parts: L
): Layout<{ readonly [I in keyof L]: ValueOf<L[I]> }> {
  type Value = { readonly [I in keyof L]: ValueOf<L[I]> }
  const layout: Layout<Value> = {
    shape: { kind: 'tuple', parts },
    size: product(parts.map((part) => part.size)),
    encode: (value) => {
      let code = 0
      for (const [index, part] of parts.entries())
        code = code * part.size + part.encode((value as readonly unknown[])[index])
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
  return { ...layout, shape: { kind: 'packed', of: layout } }
}

type Variants = Readonly<Record<string, Fields>>
export type UnionOf<V> = {
  readonly [K in keyof V]: { readonly type: K } & RecordOf<V[K]>
}[keyof V]

/** One of several records, told apart by `type`: messages, for example. Kept in one piece. */
export function union<V extends Variants>(variants: V): Layout<UnionOf<V>> {
  const names = Object.keys(variants)
  const records = names.map((name) => record(variants[name] as Fields))
  const from: number[] = []
  let size = 0
  for (const one of records) {
    from.push(size)
    size += one.size
  }
  const allowed = `one of the variants ${names.join(', ')}`
  return {
    shape: { kind: 'union', variants },
    size,
    encode: (value) => {
      const which = names.indexOf(value.type as string)
      if (which < 0) throw new NotAValue(value, allowed)
      return (from[which] ?? 0) + (records[which] as AnyLayout).encode(value)
    },
    decode: remembered((code) => {
      let which = names.length - 1
      while ((from[which] ?? 0) > code) which--
      const inner = (records[which] as AnyLayout).decode(code - (from[which] ?? 0)) as object
      return Object.freeze({ type: names[which], ...inner }) as unknown as UnionOf<V>
    }),
  }
}

/** A value for each key. With more keys than can be listed: for each key that was ever written. */
export function mapOf<K, T, P>(
  keys: Layout<K, unknown>,
  of: Layout<T, P>,
): Layout<ReadonlyMap<K, T>, MapPlace<K, T, P>> {
  const size = of.size ** keys.size
  return {
    shape: { kind: 'mapOf', keys: keys as AnyLayout, of: of as AnyLayout },
    size,
    encode: (value) => {
      let code = 0
      for (let key = 0; key < keys.size; key++)
        code = code * of.size + of.encode(value.get(keys.decode(key)) as T)
      return code
    },
    decode: remembered((code) => {
      const codes: number[] = []
      let rest = code
      for (let key = 0; key < keys.size; key++) {
        codes.unshift(rest % of.size)
        rest = Math.floor(rest / of.size)
      }
      return new Map(codes.map((one, key) => [keys.decode(key), of.decode(one)]))
    }),
  }
}

/** A set of values. */
export function setOf<K>(of: Layout<K, unknown>): Layout<ReadonlySet<K>, SetPlace<K>> {
  return {
    shape: { kind: 'setOf', of: of as AnyLayout },
    size: 2 ** of.size,
    encode: (value) => {
      let code = 0
      for (const one of value) code += 2 ** of.encode(one)
      return code
    },
    decode: remembered((code) => {
      const values = new Set<K>()
      for (let one = 0, rest = code; rest > 0; one++, rest = Math.floor(rest / 2))
        if (rest % 2 === 1) values.add(of.decode(one))
      return values
    }),
  }
}

/** A sequence of at most `max` values, each kept in one piece. */
export function seqOf<T>(of: Layout<T, unknown>, max: number): Layout<readonly T[], SeqPlace<T>> {
  let size = 0
  const from: number[] = []
  for (let length = 0; length <= max; length++) {
    from.push(size)
    size += of.size ** length
  }
  return {
    shape: { kind: 'seqOf', of: of as AnyLayout, max },
    size,
    encode: (value) => {
      if (value.length > max) throw new NotAValue(value, `a sequence of at most ${String(max)}`)
      let code = 0
      for (const one of value) code = code * of.size + of.encode(one)
      return (from[value.length] ?? 0) + code
    },
    decode: remembered((code) => {
      let length = max
      while ((from[length] ?? 0) > code) length--
      const values: T[] = []
      let rest = code - (from[length] ?? 0)
      for (; length > 0; length--) {
        values.unshift(of.decode(rest % of.size))
        rest = Math.floor(rest / of.size)
      }
      return Object.freeze(values)
    }),
  }
}

/** How often each value is there, at most `max` times. */
export function bagOf<K>(
  of: Layout<K, unknown>,
  max: number,
): Layout<ReadonlyMap<K, number>, BagPlace<K>> {
  const most = `at most ${String(max)} of each`
  return {
    shape: { kind: 'bagOf', of: of as AnyLayout, max },
    size: (max + 1) ** of.size,
    encode: (value) => {
      let code = 0
      for (const [one, count] of value) {
        if (count > max) throw new NotAValue(count, most)
        code += count * (max + 1) ** of.encode(one)
      }
      return code
    },
    decode: remembered((code) => {
      const counts = new Map<K, number>()
      let rest = code
      for (let one = 0; rest > 0; one++, rest = Math.floor(rest / (max + 1)))
        if (rest % (max + 1) > 0) counts.set(of.decode(one), rest % (max + 1))
      return counts
    }),
  }
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((all, size) => all * size, 1)
}
