import type { AnyLayout } from './layout.ts'
import { isAtom } from './layout.ts'
import { notA } from './not-a-value.ts'
import { ASSIGN, VALUE } from './site.ts'

interface Structure {
  value(): unknown
  assign(value: unknown): void
}

interface Fields {
  [VALUE](): unknown
  [ASSIGN](value: unknown): void
}

/** The plain value of what is read in a state: itself, or what its place holds. */
export function plainOf(layout: AnyLayout, read: unknown): unknown {
  if (isAtom(layout)) return read
  return layout.shape.kind === 'record' ? (read as Fields)[VALUE]() : (read as Structure).value()
}

/** Writes a plain value into a place that is no atom. */
export function assignTo(layout: AnyLayout, place: unknown, value: unknown): void {
  if (layout.shape.kind === 'record') (place as Fields)[ASSIGN](value)
  else (place as Structure).assign(value)
}

/** What is written to a set or sequence. */
export function listOf(allowed: string, values: unknown): readonly unknown[] {
  if (typeof values !== 'object' || values === null || !(Symbol.iterator in values))
    throw notA(allowed, values)
  return [...(values as Iterable<unknown>)]
}

/** What is written to a map or bag. Another place of the kind will do. */
export function entriesOf(allowed: string, values: unknown): readonly (readonly unknown[])[] {
  const given = isPlace(values) ? values.value() : values
  if (!(given instanceof Map)) throw notA(allowed, values)
  return [...(given as ReadonlyMap<unknown, unknown>)]
}

function isPlace(values: unknown): values is Structure {
  if (typeof values !== 'object' || values === null || !('value' in values)) return false
  return typeof values.value === 'function'
}
