import type { AnyLayout, Layout } from './layout.ts'

/**
 * A value in which the identities of a kind have changed places: each `i` has become
 * `permutation[i]`, wherever the layout says `id(kind, ...)`. What a layout cannot look into,
 * listed values and `value()`, stays as it is.
 */
export function permute<T>(
  layout: Layout<T, unknown>,
  value: T,
  kind: string,
  permutation: readonly number[],
): T {
  return permuted(layout as AnyLayout, value, kind, permutation) as T
}

function permuted(
  layout: AnyLayout,
  value: unknown,
  kind: string,
  permutation: readonly number[],
): unknown {
  const inside = (part: AnyLayout, one: unknown) => permuted(part, one, kind, permutation)
  const shape = layout.shape
  switch (shape.kind) {
    case 'id':
      return shape.name === kind ? permutation[value as number] : value
    case 'option':
      return value === null ? null : inside(shape.of, value)
    case 'packed':
      return inside(shape.of, value)
    case 'record':
      return permutedFields(shape.fields, value, inside)
    case 'union': {
      const { type } = value as { readonly type: string }
      return { type, ...permutedFields(shape.variants[type]!, value, inside) }
    }
    case 'tuple':
      return shape.parts.map((part, index) => inside(part, (value as readonly unknown[])[index]))
    case 'seqOf':
      return (value as readonly unknown[]).map((one) => inside(shape.of, one))
    case 'setOf':
      return new Set([...(value as ReadonlySet<unknown>)].map((one) => inside(shape.of, one)))
    case 'bagOf':
      return new Map(
        [...(value as ReadonlyMap<unknown, unknown>)].map(([one, count]) => [
          inside(shape.of, one),
          count,
        ]),
      )
    case 'mapOf':
      return new Map(
        [...(value as ReadonlyMap<unknown, unknown>)].map(([key, one]) => [
          inside(shape.keys, key),
          inside(shape.of, one),
        ]),
      )
    default:
      return value
  }
}

function permutedFields(
  fields: Readonly<Record<string, AnyLayout>>,
  value: unknown,
  inside: (part: AnyLayout, one: unknown) => unknown,
): object {
  const given = value as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, inside(field, given[name])]),
  )
}
