import type * as FastCheck from 'fast-check'

import type { AnyLayout, Layout } from './layout.ts'
import { isListed } from './layout.ts'
import { unchanging } from './remembered.ts'
import { keyOf } from './write-json.ts'

type Any = FastCheck.Arbitrary<unknown>
type Fields = Readonly<Record<string, AnyLayout>>

/** Not more than so many members, keys or entries, where there could be any number. */
const MOST = 8

/**
 * Values of a layout for property tests, which shrink towards its first value. `fc` is the module
 * `fast-check`, which only who tests needs to have.
 */
export function arbitrary<T>(
  fc: typeof FastCheck,
  layout: Layout<T, unknown>,
): FastCheck.Arbitrary<T> {
  return anyOf(fc, layout as AnyLayout) as FastCheck.Arbitrary<T>
}

function anyOf(fc: typeof FastCheck, layout: AnyLayout): Any {
  const shape = layout.shape
  switch (shape.kind) {
    case 'option':
      return fc.oneof(fc.constant(null), anyOf(fc, shape.of))
    case 'packed':
      return anyOf(fc, shape.of)
    case 'record':
      return anyFields(fc, shape.fields)
    case 'tuple':
      return fc.tuple(...shape.parts.map((part) => anyOf(fc, part)))
    case 'union':
      return fc.oneof(
        ...Object.entries(shape.variants).map(([type, fields]) =>
          anyFields(fc, fields).map((made) => Object.freeze({ type, ...(made as object) })),
        ),
      )
    case 'seqOf':
      return fc.array(anyOf(fc, shape.of), { maxLength: shape.max })
    case 'setOf':
      return distinct(fc, shape.of).map((members) => unchanging(new Set(members)))
    case 'bagOf':
      return distinct(fc, shape.of).chain((members) =>
        counts(fc, members, shape.max).map((made) => unchanging(new Map(made))),
      )
    case 'mapOf':
      return anyMap(fc, shape.keys, shape.of)
    case 'value':
      return fc
        .jsonValue({ maxDepth: 2 })
        .map((json) => JSON.parse(JSON.stringify(json)) as unknown)
    default:
      return fc
        .integer({ min: 0, max: layout.size - 1 })
        .map((code) => layout.decode(code) as unknown)
  }
}

function anyFields(fc: typeof FastCheck, fields: Fields): Any {
  const entries = Object.entries(fields)
  return fc
    .tuple(...entries.map(([, field]) => anyOf(fc, field)))
    .map((values) =>
      Object.freeze(Object.fromEntries(entries.map(([name], index) => [name, values[index]]))),
    )
}

/** Some different values of a layout. */
function distinct(fc: typeof FastCheck, layout: AnyLayout): FastCheck.Arbitrary<unknown[]> {
  return fc.uniqueArray(anyOf(fc, layout), {
    maxLength: Math.min(layout.size, MOST),
    selector: (value) => keyOf(layout, value),
  })
}

function counts(
  fc: typeof FastCheck,
  members: readonly unknown[],
  max: number,
): FastCheck.Arbitrary<[unknown, number][]> {
  return fc.tuple(
    ...members.map((member) => fc.tuple(fc.constant(member), fc.integer({ min: 1, max }))),
  )
}

function anyMap(fc: typeof FastCheck, keys: AnyLayout, of: AnyLayout): Any {
  const valuesAt = (given: readonly unknown[]) =>
    fc
      .tuple(...given.map((key) => fc.tuple(fc.constant(key), anyOf(fc, of))))
      .map((entries) => unchanging(new Map(entries)))
  if (!isListed(keys)) return distinct(fc, keys).chain(valuesAt)
  return valuesAt(Array.from({ length: keys.size }, (_, code) => keys.decode(code) as unknown))
}
