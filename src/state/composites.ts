import { encodePart } from './atoms.ts'
import type { AnyLayout, Layout, PlaceOf, ValueOf } from './layout.ts'
import { notA } from './not-a-value.ts'
import { remembered } from './remembered.ts'

type Fields = Readonly<Record<string, AnyLayout>>
/** A record as a plain value. */
export type RecordOf<F> = { readonly [K in keyof F]: ValueOf<F[K]> }
/** A record in a state: its fields are read and written one by one. */
export type RecordPlace<F> = { -readonly [K in keyof F]: PlaceOf<F[K]> }

/** Named fields. In a state, each field is read and written by itself. */
export function record<F extends Fields>(fields: F): Layout<RecordOf<F>, RecordPlace<F>> {
  const entries = Object.entries(fields)
  const allowed = recordAllowed(fields)
  return {
    shape: { kind: 'record', fields },
    size: entries.reduce((size, [, field]) => size * field.size, 1),
    encode: (value: unknown) => {
      if (typeof value !== 'object' || value === null) throw notA(allowed, value)
      let code = 0
      for (const [name, field] of entries)
        code =
          code * field.size +
          encodePart(field, `.${name}`, (value as Record<string, unknown>)[name])
      return code
    },
    decode: remembered((code) => Object.freeze(fieldsOf(entries, code)) as RecordOf<F>),
  }
}

export function recordAllowed(fields: Fields): string {
  return `a record of ${Object.keys(fields).join(', ')}`
}

/** The fields of a record with a number, in the order of their declaration. */
function fieldsOf(
  entries: readonly (readonly [string, AnyLayout])[],
  code: number,
): Record<string, unknown> {
  const values: unknown[] = []
  let rest = code
  for (let index = entries.length - 1; index >= 0; index--) {
    const [, field] = entries[index]!
    values[index] = field.decode(rest % field.size)
    rest = Math.floor(rest / field.size)
  }
  return Object.fromEntries(entries.map(([name], index) => [name, values[index]]))
}

export type Variants = Readonly<Record<string, Fields>>
/** A value of one of several records, told apart by `type`. */
export type UnionOf<V> = {
  readonly [K in keyof V]: { readonly type: K } & RecordOf<V[K]>
}[keyof V]

/** One of several records, told apart by `type`: messages, for example. Kept in one piece. */
export function union<V extends Variants>(variants: V): Layout<UnionOf<V>> {
  const names = Object.keys(variants)
  if (names.length === 0) throw new RangeError('union() needs at least one variant')
  for (const name of names)
    if ('type' in variants[name]!)
      throw new RangeError(`union(): the field 'type' of '${name}' tells the variants apart`)
  const records = names.map((name) => record(variants[name]!))
  const from = firstCodes(records)
  const allowed = unionAllowed(variants)
  return {
    shape: { kind: 'union', variants },
    size: records.reduce((size, one) => size + one.size, 0),
    encode: (value: unknown) => {
      if (typeof value !== 'object' || value === null) throw notA(allowed, value)
      const which = names.indexOf((value as { type: string }).type)
      if (which < 0) throw notA(allowed, value)
      return from[which]! + records[which]!.encode(value as never)
    },
    decode: remembered((code) => {
      let which = names.length - 1
      while (from[which]! > code) which--
      const inner = records[which]!.decode(code - from[which]!) as object
      return Object.freeze({ type: names[which], ...inner }) as unknown as UnionOf<V>
    }),
  }
}

export function unionAllowed(variants: Variants): string {
  return `a union of the types ${Object.keys(variants).join(', ')}`
}

/** The first code of each variant of a union. */
export function firstCodes(records: readonly { readonly size: number }[]): readonly number[] {
  const from: number[] = []
  let size = 0
  for (const one of records) {
    from.push(size)
    size += one.size
  }
  return from
}
