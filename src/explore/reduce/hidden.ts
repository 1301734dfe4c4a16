import { UserError } from '../../core/user-error.ts'
import type { AnyLayout } from '../../state/index.ts'
import { firstOf } from '../../state/first.ts'
import { isListed } from '../../state/layout.ts'
import type { Identities } from './identities.ts'
import { partsOf } from './parts.ts'

/**
 * Refuses a variable in which identities could be where an exchange does not find them.
 *
 * @throws UserError with `where` as its place
 */
export function refuseHidden(layout: AnyLayout, identities: Identities, where: string): void {
  const { shape } = layout
  const refuse = (fact: string, hint: string): never => {
    throw new UserError(fact, { where, hint })
  }
  if (shape.kind === 'value')
    refuse(
      'what a value() holds is not known, so identities in it cannot be exchanged',
      'say what it is made of: record, union, tuple, option, ...',
    )
  if (shape.kind === 'oneOf' && shape.values.some((one) => mayName(one, identities)))
    refuse(
      'numbers in listed values may be identities, which cannot be exchanged there',
      'say what they are made of: setOf(id), tuple(id, id), record({ ... }), ...',
    )
  if (shape.kind === 'mapOf' && !isListed(shape.keys) && firstNames(shape.of, identities))
    refuse(
      'a map of many keys has an identity as its first value',
      'make it an option(...), so that keys that were never written have none',
    )
  for (const part of partsIn(layout)) refuseHidden(part, identities, where)
}

/**
 * A map of which only the keys that were written are kept has its first value at all others. If
 * that value names an identity, an exchange would change it at all keys that nobody has seen.
 */
function firstNames(of: AnyLayout, identities: Identities): boolean {
  return partsOf(of, identities)(firstOf(of)).elements.length > 0
}

function partsIn({ shape }: AnyLayout): readonly AnyLayout[] {
  switch (shape.kind) {
    case 'option':
    case 'packed':
    case 'setOf':
    case 'seqOf':
    case 'bagOf':
      return [shape.of]
    case 'record':
      return Object.values(shape.fields)
    case 'tuple':
      return shape.parts
    case 'union':
      return Object.values(shape.variants).flatMap((fields) => Object.values(fields))
    case 'mapOf':
      return [shape.keys, shape.of]
    default:
      return []
  }
}

/** Whether a value with parts has a number in it that an identity could have. */
function mayName(value: unknown, identities: Identities): boolean {
  if (typeof value !== 'object' || value === null) return false
  const most = Math.max(...identities.kinds.map(({ count }) => count))
  return membersOf(value).some(
    (member) =>
      (Number.isInteger(member) && (member as number) >= 0 && (member as number) < most) ||
      mayName(member, identities),
  )
}

function membersOf(value: object): readonly unknown[] {
  if (value instanceof Map) return [...value].flat()
  return value instanceof Set ? [...value] : Object.values(value)
}
