import { z } from 'zod'

import { sharedProtocols } from '../../impls/flp/shared-memory/index.ts'
import type { HierarchyType } from '../../suites/object-types.ts'
import { objectTypes } from '../../suites/object-types.ts'
import { isModuleReference, load } from '../core/load.ts'
import { nearest } from '../core/nearest.ts'
import { UserError } from '../core/user-error.ts'
import type { ObjectType, SharedProtocol } from '../node/index.ts'

/** A type that is asked about; nothing is known of somebody's own. */
export type AskedType = Pick<HierarchyType, 'name' | 'type' | 'protocol'> &
  Partial<Pick<HierarchyType, 'known' | 'because'>>

/** @throws UserError if there is no such type */
export async function askedType(text: string): Promise<AskedType> {
  if (isModuleReference(text)) {
    const type = (await loaded(text, Type, 'a type of objects', TYPE_HINT)) as ObjectType
    return { name: type.name, type: () => type }
  }
  return named(text, objectTypes, 'type of objects', '--type')
}

/** @throws UserError if there is no such protocol */
export async function askedProtocol(text: string): Promise<SharedProtocol> {
  if (isModuleReference(text))
    return (await loaded(text, Protocol, 'a protocol', PROTOCOL_HINT)) as SharedProtocol
  return named(text, sharedProtocols, 'protocol over shared objects', '--protocol')
}

function named<Named extends { readonly name: string }>(
  text: string,
  all: readonly Named[],
  what: string,
  where: string,
): Named {
  const found = all.find(({ name }) => name === text)
  if (found !== undefined) return found
  const names = all.map(({ name }) => name)
  const close = nearest(text, names)
  throw new UserError(`no ${what} is called '${text}'`, {
    where,
    hint: close === undefined ? `there is ${names.join(', ')}` : `did you mean ${close}?`,
  })
}

const code = z.custom<unknown>((value) => typeof value === 'function', 'a function is needed')

const Type = z.looseObject({
  name: z.string(),
  about: z.string(),
  initial: z.array(z.json()).readonly(),
  operations: z.array(z.tuple([z.string()], z.json())).readonly(),
  apply: code,
})
const TYPE_HINT = 'export an ObjectType: { name, about, initial, operations, apply }'

const Protocol = z.looseObject({
  name: z.string(),
  about: z.string(),
  mutants: z.record(z.string(), z.string()),
  make: code,
})
const PROTOCOL_HINT = "export what sharedMemory(...) of 'synod/node' answers"

/** The value itself, not a copy of it: it has code in it. */
async function loaded(
  text: string,
  schema: z.ZodType,
  what: string,
  hint: string,
): Promise<unknown> {
  const value = await load(text)
  const { success, error } = schema.safeParse(value)
  if (success) return value
  const [issue] = error.issues
  const place = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `
  throw new UserError(`this is not ${what}: ${place}${issue?.message ?? ''}`, {
    where: text,
    hint,
  })
}
