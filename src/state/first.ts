import type { AnyLayout } from './layout.ts'
import { isListed } from './layout.ts'
import { unchanging } from './remembered.ts'

/** The first value of a layout: where a variable starts. */
export function firstOf(layout: AnyLayout): unknown {
  const shape = layout.shape
  switch (shape.kind) {
    case 'value':
      return shape.first
    case 'packed':
      return firstOf(shape.of)
    case 'record':
      return firstFields(shape.fields)
    case 'tuple':
      return Object.freeze(shape.parts.map(firstOf))
    case 'union': {
      const [type, fields] = Object.entries(shape.variants)[0]!
      return Object.freeze({ type, ...firstFields(fields) })
    }
    case 'mapOf': {
      const { keys, of } = shape
      const listed = isListed(keys) ? keys.size : 0
      return unchanging(
        new Map(Array.from({ length: listed }, (_, key) => [keys.decode(key), firstOf(of)])),
      )
    }
    case 'setOf':
      return unchanging(new Set())
    case 'bagOf':
      return unchanging(new Map())
    case 'seqOf':
      return Object.freeze([])
    default:
      return layout.decode(0)
  }
}

function firstFields(fields: Readonly<Record<string, AnyLayout>>): object {
  return Object.freeze(
    Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, firstOf(field)])),
  )
}
