import type { AnyLayout } from '../../state/index.ts'
import { MOST_CODES } from '../../state/layout.ts'
import { mix, mixNumber, mixText } from './hash.ts'
import type { Identities } from './identities.ts'
import { mentions } from './identities.ts'

/**
 * A value taken apart: which identities it names, in which roles, and all the rest. Values that
 * differ only by an exchange of identities have the same form, and the same roles.
 */
export interface Parts {
  /** A hash of the value with its identities blanked out. */
  readonly form: number
  readonly elements: readonly number[]
  /** A hash for each element: where in the value it stands. Members of a set all stand alike. */
  readonly roles: readonly number[]
}

const NOBODY = 0x1d
const SOMEBODY = 0x2e

export function partsOf(layout: AnyLayout, identities: Identities): (value: unknown) => Parts {
  const shape = layout.shape
  if (!mentions(layout, identities)) return (value) => plain(layout, value)
  const inner = (of: AnyLayout) => partsOf(of, identities)
  switch (shape.kind) {
    case 'id': {
      const offset = identities.kind(shape.name)?.offset ?? 0
      return (value) => ({
        form: SOMEBODY,
        elements: [offset + (value as number)],
        roles: [offset],
      })
    }
    case 'option': {
      const of = inner(shape.of)
      return (value) => (value === null ? { form: NOBODY, elements: [], roles: [] } : of(value))
    }
    case 'packed':
      return inner(shape.of)
    case 'record':
      return fieldParts(shape.fields, inner)
    case 'union': {
      const variants = new Map(
        Object.entries(shape.variants).map(([name, fields]) => [name, fieldParts(fields, inner)]),
      )
      return (value) => {
        const { type } = value as { type: string }
        const parts = variants.get(type)?.(value) ?? inSequence([])
        return within(mixText(NOBODY, type), parts)
      }
    }
    case 'tuple': {
      const parts = shape.parts.map(inner)
      return (value) => inSequence(parts.map((part, index) => part((value as unknown[])[index])))
    }
    case 'seqOf': {
      const of = inner(shape.of)
      return (value) => inSequence((value as unknown[]).map(of))
    }
    case 'setOf': {
      const of = inner(shape.of)
      return (value) => together([...(value as Set<unknown>)].map(of))
    }
    case 'mapOf':
    case 'bagOf': {
      const key = inner(shape.kind === 'mapOf' ? shape.keys : shape.of)
      const of =
        shape.kind === 'mapOf'
          ? inner(shape.of)
          : (count: unknown) => ({ form: count as number, elements: [], roles: [] })
      return (value) =>
        together([...(value as Map<unknown, unknown>)].map(([k, v]) => inSequence([key(k), of(v)])))
    }
    default:
      throw new TypeError(`${shape.kind} names no identities`)
  }
}

function plain(layout: AnyLayout, value: unknown): Parts {
  const form =
    layout.size <= MOST_CODES
      ? mixNumber(SOMEBODY, layout.encode(value))
      : mixText(SOMEBODY, JSON.stringify(value, inOrder))
  return { form, elements: [], roles: [] }
}

/** Objects with their keys in alphabetical order, so that equal values have one text. */
function inOrder(_: string, value: unknown): unknown {
  if (value instanceof Map) return [...value].map((entry) => JSON.stringify(entry, inOrder)).sort()
  if (value instanceof Set) return [...value].map((entry) => JSON.stringify(entry, inOrder)).sort()
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const names = Object.keys(value).sort()
  return Object.fromEntries(names.map((name) => [name, (value as Record<string, unknown>)[name]]))
}

function fieldParts(
  fields: Readonly<Record<string, AnyLayout>>,
  inner: (of: AnyLayout) => (value: unknown) => Parts,
): (value: unknown) => Parts {
  const parts = Object.entries(fields).map(([name, field]) => [name, inner(field)] as const)
  return (value) => {
    const read = value as Readonly<Record<string, unknown>>
    return inSequence(parts.map(([name, part]) => part(read[name])))
  }
}

/** Parts whose places differ. */
function inSequence(parts: readonly Parts[]): Parts {
  return {
    form: parts.reduce((form, part) => mix(form, part.form), parts.length),
    elements: parts.flatMap((part) => part.elements),
    roles: parts.flatMap((part, place) => part.roles.map((role) => mix(role, place))),
  }
}

/** Parts that come in no order. */
function together(parts: readonly Parts[]): Parts {
  return {
    form: parts.reduce((form, part) => (form + mix(part.form, NOBODY)) | 0, parts.length),
    elements: parts.flatMap((part) => part.elements),
    roles: parts.flatMap((part) => part.roles.map((role) => mix(role, part.form))),
  }
}

function within(place: number, parts: Parts): Parts {
  return {
    form: mix(place, parts.form),
    elements: parts.elements,
    roles: parts.roles.map((role) => mix(role, place)),
  }
}
