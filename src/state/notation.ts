/** What JSON can say. */
export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

/** How the kinds of values are written in JSON, and read: readers answer `undefined` when lost. */
export interface Notation {
  readonly number: Pair<number>
  id(name: string): Pair<number>
  readonly tuple: Pair<readonly Json[]>
  readonly set: Pair<readonly Json[]>
  readonly map: Pair<readonly (readonly [Json, Json])[]>
  /** The variant of a union and its fields. */
  readonly union: Pair<readonly [string, { readonly [name: string]: Json }]>
  /** What an option holds, in a list of one, or an empty list. */
  readonly option: Pair<readonly Json[]>
  /** A value of which nothing is known but that JSON can say it. */
  readonly anything: Pair<Json>
}

interface Pair<T> {
  write(value: T): Json
  read(json: Json): T | undefined
}

export function isRecord(json: unknown): json is { readonly [name: string]: Json } {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

function isList(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json)
}

const list: Pair<readonly Json[]> = {
  write: (items) => items,
  read: (json) => (isList(json) ? json : undefined),
}

function pairsOf(json: Json | undefined): readonly (readonly [Json, Json])[] | undefined {
  const pairs = isList(json) ? json : undefined
  return pairs?.every((pair) => isList(pair) && pair.length === 2) === true
    ? (pairs as unknown as readonly (readonly [Json, Json])[])
    : undefined
}

const plainNumber: Pair<number> = {
  write: (number) => number,
  read: (json) => (typeof json === 'number' ? json : undefined),
}

/** Ids are numbers, sets are arrays, maps arrays of pairs, unions records with a `type`. */
export const plainJson: Notation = {
  number: plainNumber,
  id: () => plainNumber,
  tuple: list,
  set: list,
  map: { write: (pairs) => pairs, read: pairsOf },
  union: {
    write: ([type, fields]) => ({ type, ...fields }),
    read: (json) => {
      if (!isRecord(json)) return undefined
      const { type, ...fields } = json
      return typeof type === 'string' ? [type, fields] : undefined
    },
  },
  option: {
    write: ([held = null]) => held,
    read: (json) => (json === null ? [] : [json]),
  },
  anything: { write: (json) => json, read: (json) => json },
}

/**
 * The Informal Trace Format (Apalache, ADR 015): `#set`, `#map`, `#tup`, `#bigint`. Ids are strings
 * such as `rm0`; unions and options are variants with `tag` and `value`, as Quint writes them.
 */
export const itf: Notation = {
  number: {
    write: (number) => ({ '#bigint': String(number) }),
    read: (json) => {
      if (typeof json === 'number') return json
      const digits = isRecord(json) ? json['#bigint'] : undefined
      return typeof digits === 'string' && /^-?\d+$/.test(digits) ? Number(digits) : undefined
    },
  },
  id: (name) => ({
    write: (number) => `${name}${number}`,
    read: (json) => {
      const digits =
        typeof json === 'string' && json.startsWith(name) ? json.slice(name.length) : ''
      return /^\d+$/.test(digits) ? Number(digits) : itf.number.read(json)
    },
  }),
  tuple: marked('#tup'),
  set: marked('#set'),
  map: {
    write: (pairs) => ({ '#map': pairs }),
    read: (json) => (isRecord(json) ? pairsOf(json['#map']) : undefined),
  },
  union: {
    write: ([tag, value]) => ({ tag, value }),
    read: (json) => {
      if (!isRecord(json) || typeof json['tag'] !== 'string') return undefined
      return isRecord(json['value']) ? [json['tag'], json['value']] : undefined
    },
  },
  option: {
    write: (held) =>
      held.length === 0
        ? { tag: 'None', value: { '#tup': [] } }
        : { tag: 'Some', value: held[0] ?? null },
    read: (json) => {
      if (!isRecord(json)) return undefined
      if (json['tag'] === 'None') return []
      return json['tag'] === 'Some' && json['value'] !== undefined ? [json['value']] : undefined
    },
  },
  anything: { write: anythingToItf, read: anythingFromItf },
}

function marked(mark: string): Pair<readonly Json[]> {
  return {
    write: (items) => ({ [mark]: items }),
    read: (json) => {
      const items = isRecord(json) ? json[mark] : undefined
      return isList(items) ? items : undefined
    },
  }
}

/** Whole numbers are marked, and `null` is the variant `None`; all else is as it is. */
function anythingToItf(json: Json): Json {
  if (json === null) return itf.option.write([])
  if (typeof json === 'number' && Number.isInteger(json)) return itf.number.write(json)
  if (isList(json)) return json.map(anythingToItf)
  if (!isRecord(json)) return json
  return Object.fromEntries(Object.entries(json).map(([name, one]) => [name, anythingToItf(one)]))
}

function anythingFromItf(json: Json): Json {
  if (isList(json)) return json.map(anythingFromItf)
  if (!isRecord(json)) return json
  const number = itf.number.read(json)
  if (number !== undefined) return number
  if (json['tag'] === 'None' && isRecord(json['value']) && '#tup' in json['value']) return null
  return Object.fromEntries(Object.entries(json).map(([name, one]) => [name, anythingFromItf(one)]))
}
