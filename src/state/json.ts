import type { AnyLayout, Layout } from './layout.ts'
import type { Json } from './notation.ts'
import { itf, plainJson } from './notation.ts'
import { read } from './read-json.ts'
import { write } from './write-json.ts'

/**
 * A value as JSON. Ids are numbers, sets are sorted arrays, maps and bags sorted arrays of pairs,
 * unions records with their `type`; equal values have equal JSON. Throws `NotAValue`.
 */
export function toJson<T>(layout: Layout<T, unknown>, value: T): Json {
  return write(plainJson, layout as AnyLayout, value)
}

/** The value that some JSON stands for. Throws `NotAValue`, which names the part that is wrong. */
export function fromJson<T>(layout: Layout<T, unknown>, json: Json): T {
  return read(plainJson, layout as AnyLayout, json) as T
}

/** A value in the Informal Trace Format of Apalache and Quint. Throws `NotAValue`. */
export function toItf<T>(layout: Layout<T, unknown>, value: T): Json {
  return write(itf, layout as AnyLayout, value)
}

/** The value that a piece of an ITF trace stands for. Throws `NotAValue`. */
export function fromItf<T>(layout: Layout<T, unknown>, json: Json): T {
  return read(itf, layout as AnyLayout, json) as T
}
