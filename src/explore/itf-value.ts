import type { Json } from '../core/json.ts'
import type { AnyLayout } from '../state/index.ts'

/** A value as the Informal Trace Format writes it: `{ '#set': [...] }`, `{ '#map': [[k, v]] }`. */
export function itfValue(layout: AnyLayout | undefined, value: unknown): Json {
  const shape = layout?.shape
  if (value instanceof Set) {
    const of = shape?.kind === 'setOf' ? shape.of : undefined
    return { '#set': [...value].map((one) => itfValue(of, one)) }
  }
  if (value instanceof Map) {
    const [keys, of] =
      shape?.kind === 'mapOf'
        ? [shape.keys, shape.of]
        : [shape?.kind === 'bagOf' ? shape.of : undefined, undefined]
    return { '#map': [...value].map(([key, one]) => [itfValue(keys, key), itfValue(of, one)]) }
  }
  if (Array.isArray(value)) {
    const members = value.map((one) => itfValue(undefined, one))
    return shape?.kind === 'packed' && shape.of.shape.kind === 'tuple'
      ? { '#tup': members }
      : members
  }
  if (typeof value !== 'object' || value === null) return (value ?? null) as Json
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [name, itfValue(undefined, one)]),
  )
}
