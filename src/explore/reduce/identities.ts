import { UserError } from '../../core/user-error.ts'
import type { AnyLayout } from '../../state/index.ts'

/** A kind of things that may be exchanged for each other. */
export interface Kind {
  readonly name: string
  readonly count: number
  /** The first of its elements, where the elements of all kinds are numbered together. */
  readonly offset: number
}

/**
 * Which kinds may be permuted, and how they are permuted just now: element `e` of kind `k` becomes
 * number `to[e]` of `k`. Whatever was compiled for these identities reads `to` when it is called.
 */
export interface Identities {
  readonly kinds: readonly Kind[]
  /** How many elements there are in all. */
  readonly count: number
  readonly to: Int32Array
  /** The kind with a name. */
  kind(name: string): Kind | undefined
}

export function identitiesOf(layouts: readonly AnyLayout[]): Identities {
  const kinds: Kind[] = []
  let offset = 0
  for (const { shape } of layouts) {
    if (shape.kind !== 'id')
      throw new UserError(`symmetry is of identities, not of ${shape.kind}`, {
        hint: "list layouts that were made with id('name', count)",
      })
    if (kinds.some((known) => known.name === shape.name)) continue
    kinds.push({ name: shape.name, count: shape.count, offset })
    offset += shape.count
  }
  const byName = new Map(kinds.map((kind) => [kind.name, kind]))
  const identities: Identities = {
    kinds,
    count: offset,
    to: new Int32Array(offset),
    kind: (name) => byName.get(name),
  }
  stay(identities)
  return identities
}

/** Makes the permutation the one that changes nothing. */
export function stay({ kinds, to }: Identities): void {
  for (const { offset, count } of kinds) for (let i = 0; i < count; i++) to[offset + i] = i
}

/** Whether a value of the layout can name any of the identities. */
export function mentions(layout: AnyLayout, identities: Identities): boolean {
  const shape = layout.shape
  // All parts are looked at, so that kinds of two sizes are noticed wherever they are.
  const any = (parts: readonly AnyLayout[]) =>
    parts.map((part) => mentions(part, identities)).includes(true)
  switch (shape.kind) {
    case 'id': {
      const kind = identities.kind(shape.name)
      if (kind !== undefined && kind.count !== shape.count)
        throw new UserError(
          `there are ${String(kind.count)} and ${String(shape.count)} things called ${shape.name}`,
          { hint: 'give kinds of different sizes different names' },
        )
      return kind !== undefined
    }
    case 'option':
    case 'packed':
    case 'setOf':
    case 'seqOf':
    case 'bagOf':
      return any([shape.of])
    case 'record':
      return any(Object.values(shape.fields))
    case 'tuple':
      return any(shape.parts)
    case 'union':
      return any(Object.values(shape.variants).flatMap((fields) => Object.values(fields)))
    case 'mapOf':
      return any([shape.keys, shape.of])
    default:
      return false
  }
}
