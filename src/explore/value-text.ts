import type { AnyLayout } from '../state/index.ts'

/**
 * A value in one line, in the notation of papers: `rm0`, `prepared(rm0)`, `{n0, n2}`, `[1, 2]`.
 * Without a layout identities are plain numbers, as nobody knows that they are identities.
 */
export function valueText(layout: AnyLayout | undefined, value: unknown): string {
  const shape = layout?.shape
  if (value === null) return 'none'
  if (value === undefined) return 'nothing'
  switch (shape?.kind) {
    case 'id':
      return typeof value === 'number' ? `${shape.name}${String(value)}` : plainText(value)
    case 'option':
    case 'packed':
      return valueText(shape.of, value)
    case 'tuple':
      return `(${listText(value as readonly unknown[], (at) => shape.parts[at])})`
    case 'seqOf':
      return `[${listText(value as readonly unknown[], () => shape.of)}]`
    case 'setOf':
      return `{${listText([...(value as Iterable<unknown>)], () => shape.of)}}`
    case 'bagOf':
      return `{${[...(value as ReadonlyMap<unknown, number>)]
        .map(([one, count]) => `${valueText(shape.of, one)}${count === 1 ? '' : ` x ${count}`}`)
        .join(', ')}}`
    case 'mapOf':
      return `{${[...(value as ReadonlyMap<unknown, unknown>)]
        .map(([key, one]) => `${valueText(shape.keys, key)}: ${valueText(shape.of, one)}`)
        .join(', ')}}`
    case 'record':
      return `{${fieldsText(value as object, shape.fields)}}`
    case 'union':
      return variantText(value as Tagged, shape.variants)
    default:
      return plainText(value)
  }
}

type Fields = Readonly<Record<string, AnyLayout>>
type Tagged = Readonly<Record<string, unknown>> & { readonly type: string }

function listText(
  values: readonly unknown[],
  layoutAt: (at: number) => AnyLayout | undefined,
): string {
  return values.map((value, at) => valueText(layoutAt(at), value)).join(', ')
}

function fieldsText(value: object, fields: Fields): string {
  return Object.entries(value)
    .map(([name, field]) => `${name}: ${valueText(fields[name], field)}`)
    .join(', ')
}

/** `prepared(rm0)`; with several fields they are named. */
function variantText(value: Tagged, variants: Readonly<Record<string, Fields>>): string {
  const fields = Object.hasOwn(variants, value.type) ? (variants[value.type] ?? {}) : {}
  const { type, ...rest } = value
  const entries = Object.entries(rest)
  const [only] = entries
  if (only === undefined) return type
  if (entries.length === 1) return `${type}(${valueText(fields[only[0]], only[1])})`
  return `${type}(${fieldsText(rest, fields)})`
}

function plainText(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Set) return `{${[...value].map(plainText).join(', ')}}`
  if (value instanceof Map)
    return `{${[...value].map(([key, one]) => `${plainText(key)}: ${plainText(one)}`).join(', ')}}`
  if (Array.isArray(value)) return `[${value.map(plainText).join(', ')}]`
  if (typeof value !== 'object' || value === null) return String(value)
  if ('type' in value && typeof value.type === 'string') return variantText(value as Tagged, {})
  return `{${fieldsText(value, {})}}`
}
