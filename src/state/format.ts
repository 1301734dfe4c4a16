import type { AnyLayout, Layout } from './layout.ts'

import { shown } from './not-a-value.ts'
import { inOrder } from './write-json.ts'

/**
 * A value on one line: ids as `rm0`, unions as `prepared(rm0)`, sets as `{rm0, rm2}`, sequences as
 * `[1, 2]`, maps as `{rm0: working}`, and how often something is in a bag as `commit x2`.
 */
export function format<T>(layout: Layout<T, unknown>, value: T): string {
  return textOf(layout as AnyLayout, value)
}

/** The variables of a state, one a line. */
export function formatState(
  variables: Readonly<Record<string, AnyLayout>>,
  snapshot: Readonly<Record<string, unknown>>,
): string {
  const lines = Object.entries(variables).map(
    ([name, layout]) => `${name}: ${textOf(layout, snapshot[name])}`,
  )
  return lines.join('\n')
}

function textOf(layout: AnyLayout, value: unknown): string {
  const shape = layout.shape
  switch (shape.kind) {
    case 'id':
      return `${shape.name}${String(value)}`
    case 'option':
      return value === null ? 'null' : textOf(shape.of, value)
    case 'packed':
      return textOf(shape.of, value)
    case 'record':
      return `{${fieldsOf(shape.fields, value).join(', ')}}`
    case 'tuple': {
      const parts = value as readonly unknown[]
      return `(${shape.parts.map((part, index) => textOf(part, parts[index])).join(', ')})`
    }
    case 'union':
      return variantText(shape.variants, value as { readonly type: string })
    case 'seqOf':
      return `[${(value as readonly unknown[]).map((one) => textOf(shape.of, one)).join(', ')}]`
    case 'setOf': {
      const members = inOrder(shape.of, value as ReadonlySet<unknown>)
      return `{${members.map((member) => textOf(shape.of, member)).join(', ')}}`
    }
    case 'bagOf': {
      const counts = value as ReadonlyMap<unknown, number>
      const members = inOrder(shape.of, counts.keys()).filter((one) => counts.get(one) !== 0)
      const texts = members.map((one) => timesText(textOf(shape.of, one), counts.get(one)))
      return `{${texts.join(', ')}}`
    }
    case 'mapOf': {
      const values = value as ReadonlyMap<unknown, unknown>
      const keys = inOrder(shape.keys, values.keys())
      const pairs = keys.map(
        (key) => `${textOf(shape.keys, key)}: ${textOf(shape.of, values.get(key))}`,
      )
      return `{${pairs.join(', ')}}`
    }
    default:
      return plainText(value)
  }
}

function fieldsOf(fields: Readonly<Record<string, AnyLayout>>, value: unknown): readonly string[] {
  const given = value as Readonly<Record<string, unknown>>
  return Object.entries(fields).map(([name, field]) => `${name}: ${textOf(field, given[name])}`)
}

function variantText(
  variants: Readonly<Record<string, Readonly<Record<string, AnyLayout>>>>,
  value: { readonly type: string },
): string {
  const fields = variants[value.type] ?? {}
  const entries = Object.entries(fields)
  const [only] = entries
  if (only === undefined) return value.type
  const inside =
    entries.length === 1
      ? textOf(only[1], (value as Readonly<Record<string, unknown>>)[only[0]])
      : fieldsOf(fields, value).join(', ')
  return `${value.type}(${inside})`
}

function timesText(text: string, count: number | undefined): string {
  return count === 1 ? text : `${text} x${count ?? 0}`
}

/** A value of which nothing is known: words without quotes, collections as above. */
function plainText(value: unknown): string {
  if (typeof value === 'string') return /^[\w-]+$/u.test(value) ? value : JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(plainText).join(', ')}]`
  if (value instanceof Set) return `{${[...(value as Set<unknown>)].map(plainText).join(', ')}}`
  if (value instanceof Map) {
    const pairs = [...(value as Map<unknown, unknown>)]
    return `{${pairs.map(([key, one]) => `${plainText(key)}: ${plainText(one)}`).join(', ')}}`
  }
  if (typeof value !== 'object' || value === null) return shown(value)
  const fields = Object.entries(value)
  return `{${fields.map(([name, one]) => `${name}: ${plainText(one)}`).join(', ')}}`
}
