import type { AnyLayout, Variables } from '../state/index.ts'
import type { AnyModel, MembersRange } from './model.ts'

/** A layout and all within it, the outermost first. */
export function layoutsIn(layout: AnyLayout): readonly AnyLayout[] {
  const shape = layout.shape
  switch (shape.kind) {
    case 'option':
    case 'packed':
    case 'setOf':
    case 'seqOf':
    case 'bagOf':
      return [layout, ...layoutsIn(shape.of)]
    case 'mapOf':
      return [layout, ...layoutsIn(shape.keys), ...layoutsIn(shape.of)]
    case 'tuple':
      return [layout, ...shape.parts.flatMap(layoutsIn)]
    case 'record':
      return [layout, ...Object.values(shape.fields).flatMap(layoutsIn)]
    case 'union':
      return [
        layout,
        ...Object.values(shape.variants).flatMap((fields) =>
          Object.values(fields).flatMap(layoutsIn),
        ),
      ]
    default:
      return [layout]
  }
}

type Values = Readonly<Record<string, unknown>>

/** Whether a value could be one of the layout's, as far as its form tells. */
export function fits(layout: AnyLayout, value: unknown): boolean {
  const shape = layout.shape
  switch (shape.kind) {
    case 'bool':
      return typeof value === 'boolean'
    case 'int':
      return typeof value === 'number' && value >= shape.low && value <= shape.high
    case 'id':
      return typeof value === 'number' && value >= 0 && value < shape.count
    case 'oneOf':
      return shape.values.includes(value)
    case 'option':
      return value === null || fits(shape.of, value)
    case 'packed':
      return fits(shape.of, value)
    case 'tuple':
      return (
        Array.isArray(value) &&
        value.length === shape.parts.length &&
        shape.parts.every((part, at) => fits(part, value[at]))
      )
    case 'record':
      return hasFields(shape.fields, value)
    case 'union': {
      if (typeof value !== 'object' || value === null || !('type' in value)) return false
      const { type, ...rest } = value as Values
      const known = typeof type === 'string' && Object.hasOwn(shape.variants, type)
      return known && hasFields(shape.variants[type] ?? {}, rest)
    }
    case 'seqOf':
      return Array.isArray(value) && value.every((one) => fits(shape.of, one))
    case 'setOf':
      return value instanceof Set && [...value].every((one) => fits(shape.of, one))
    case 'bagOf':
      return value instanceof Map && [...value.keys()].every((one) => fits(shape.of, one))
    case 'mapOf':
      return value instanceof Map && [...value.keys()].every((key) => fits(shape.keys, key))
    case 'value':
      return false
  }
}

function hasFields(fields: Readonly<Record<string, AnyLayout>>, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const entries = Object.entries(fields)
  return (
    Object.keys(value).length === entries.length &&
    entries.every(([name, field]) => name in value && fits(field, (value as Values)[name]))
  )
}

/**
 * The layout of the values that a range of a model gives. Where it is a function of the state,
 * nobody says; then a part of the state that has such values lends its own.
 */
export function layoutOfRange(
  model: AnyModel,
  range: unknown,
  value: unknown,
): AnyLayout | undefined {
  const variables = model.state as Variables
  if (isMembersRange(range)) return memberLayout(variables[range.variable])
  if (typeof range === 'object' && range !== null && 'shape' in range) return range as AnyLayout
  return lentLayout(model, value)
}

function isMembersRange(range: unknown): range is MembersRange {
  return typeof range === 'function' && 'variable' in range
}

function memberLayout(layout: AnyLayout | undefined): AnyLayout | undefined {
  const shape = layout?.shape
  return shape !== undefined && 'of' in shape ? shape.of : undefined
}

/** Numbers are not lent a layout: a count would be taken for an identity. */
function lentLayout(model: AnyModel, value: unknown): AnyLayout | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const variables = model.state as Variables
  const network = model.network ?? []
  const names = [...network, ...Object.keys(variables).filter((name) => !network.includes(name))]
  const layouts = names.flatMap((name) => layoutsIn(variables[name] as AnyLayout))
  return layouts.find((layout) => fits(layout, value))
}
