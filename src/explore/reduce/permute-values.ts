import type { AnyLayout } from '../../state/index.ts'
import type { Identities } from './identities.ts'
import { mentions } from './identities.ts'

/**
 * A function that gives a plain value with its identities exchanged, as the permutation of
 * `identities` says at the time of the call. `undefined` where values name none of them.
 */
export function valuePermuter(
  layout: AnyLayout,
  identities: Identities,
): ((value: unknown) => unknown) | undefined {
  if (!mentions(layout, identities)) return undefined
  const shape = layout.shape
  const inner = (of: AnyLayout) => valuePermuter(of, identities) ?? ((value: unknown) => value)
  switch (shape.kind) {
    case 'id': {
      const offset = identities.kind(shape.name)?.offset ?? 0
      return (value) => identities.to[offset + (value as number)]
    }
    case 'option': {
      const of = inner(shape.of)
      return (value) => (value === null ? null : of(value))
    }
    case 'packed':
      return inner(shape.of)
    case 'record':
      return fieldsPermuter(shape.fields, inner)
    case 'union': {
      const variants = new Map(
        Object.entries(shape.variants).map(([name, fields]) => [
          name,
          fieldsPermuter(fields, inner),
        ]),
      )
      return (value) => {
        const { type } = value as { type: string }
        return { type, ...variants.get(type)?.(value) }
      }
    }
    case 'tuple': {
      const parts = shape.parts.map(inner)
      return (value) => (value as unknown[]).map((one, index) => parts[index]?.(one))
    }
    case 'seqOf': {
      const of = inner(shape.of)
      return (value) => (value as unknown[]).map(of)
    }
    case 'setOf': {
      const of = inner(shape.of)
      return (value) => new Set([...(value as Set<unknown>)].map(of))
    }
    case 'mapOf':
    case 'bagOf': {
      const key = inner(shape.kind === 'mapOf' ? shape.keys : shape.of)
      const of = shape.kind === 'mapOf' ? inner(shape.of) : (count: unknown) => count
      return (value) =>
        new Map([...(value as Map<unknown, unknown>)].map(([k, v]) => [key(k), of(v)]))
    }
    default:
      throw new TypeError(`${shape.kind} names no identities`)
  }
}

function fieldsPermuter(
  fields: Readonly<Record<string, AnyLayout>>,
  inner: (of: AnyLayout) => (value: unknown) => unknown,
): (value: unknown) => Record<string, unknown> {
  const permuters = Object.entries(fields).map(([name, field]) => [name, inner(field)] as const)
  return (value) => {
    const read = value as Readonly<Record<string, unknown>>
    return Object.fromEntries(permuters.map(([name, permute]) => [name, permute(read[name])]))
  }
}
