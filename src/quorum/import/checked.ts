import { z } from 'zod'
import { UserError } from '../../core/user-error.ts'

/** The schema of something that has a number or a name: `3`, `"8e9e05c52164694d"`. */
export const identity = z
  .union([z.string().min(1), z.int()], 'a whole number or a string')
  .transform(String)

/**
 * The value as the schema has it. The messages of a schema say what has to be there: `a string`.
 * @throws UserError with the path of the value that is something else.
 */
export function checked<Output>(
  schema: z.ZodType<Output>,
  value: unknown,
  source: string,
  hint: string,
): Output {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const path = issue?.path ?? []
  const found = path.reduce<unknown>(
    (inside, name) => (inside as Record<PropertyKey, unknown> | undefined)?.[name],
    value,
  )
  const expected = issue?.message ?? 'something else'
  const fact =
    found === undefined
      ? `${expected} is missing`
      : `${shownValue(found)} stands where ${expected} has to be`
  throw new UserError(fact, { where: place(source, path), hint })
}

/** `members.json: members[1].name` */
export function place(source: string, path: readonly PropertyKey[]): string {
  const text = path
    .map((name) => (typeof name === 'number' ? `[${name}]` : `.${String(name)}`))
    .join('')
  return text === '' ? source : `${source}: ${text.replace(/^\./, '')}`
}

/** A value in a sentence. */
export function shownValue(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(value)
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`
}

/** `one_key`, `oneKey` and `OneKey` are the same key. */
export function fold(key: string): string {
  return key.replaceAll(/[_-]/g, '').toLowerCase()
}

/** The object with folded keys; anything else as it is. */
export function folded(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const entries = Object.entries(value).map(([key, inside]) => [fold(key), inside] as const)
  return Object.fromEntries(entries)
}
