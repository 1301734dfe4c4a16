import { countUpTo } from './collections.ts'
import { recordAllowed, unionAllowed } from './composites.ts'
import type { AnyLayout, Shape } from './layout.ts'
import { isListed } from './layout.ts'
import { notA, NotAValue, ofPart } from './not-a-value.ts'
import type { Json, Notation } from './notation.ts'
import { isRecord } from './notation.ts'
import { unchanging } from './remembered.ts'
import { areLiterals, keyOf } from './write-json.ts'

/** Reads a value in a notation. Throws `NotAValue`, which names the part that is wrong. */
export function read(from: Notation, layout: AnyLayout, json: Json | undefined): unknown {
  const shape = layout.shape
  switch (shape.kind) {
    case 'bool':
      return checked(layout, json)
    case 'int':
      return checked(layout, json === undefined ? json : (from.number.read(json) ?? json))
    case 'id':
      return checked(layout, json === undefined ? json : (from.id(shape.name).read(json) ?? json))
    case 'oneOf':
      return readChoice(from, layout, shape.values, json)
    case 'option': {
      const held = found(json, from.option.read, 'an option')
      return held.length === 0 ? null : read(from, shape.of, held[0])
    }
    case 'packed':
      return read(from, shape.of, json)
    case 'record':
      if (!isRecord(json)) throw notA(recordAllowed(shape.fields), json)
      return Object.freeze(readFields(from, shape.fields, json))
    case 'union': {
      const [type, fields] = found(json, from.union.read, unionAllowed(shape.variants))
      const known = Object.hasOwn(shape.variants, type) ? shape.variants[type] : undefined
      if (known === undefined) throw notA(unionAllowed(shape.variants), json)
      return Object.freeze({ type, ...readFields(from, known, fields) })
    }
    case 'tuple': {
      const allowed = `a list of ${shape.parts.length}`
      const values = found(json, from.tuple.read, allowed)
      if (values.length !== shape.parts.length) throw notA(allowed, json)
      return Object.freeze(
        shape.parts.map((part, at) => readPart(from, part, `[${at}]`, values[at])),
      )
    }
    case 'seqOf': {
      if (!Array.isArray(json) || json.length > shape.max)
        throw notA(`a sequence of at most ${shape.max}`, json)
      const values = json as readonly Json[]
      return Object.freeze(values.map((one, at) => readPart(from, shape.of, `[${at}]`, one)))
    }
    case 'setOf':
    case 'bagOf':
    case 'mapOf':
      return readCollection(from, shape, json)
    case 'value':
      return deepFrozen(found(json, from.anything.read, 'JSON'))
  }
}

function found<T>(
  json: Json | undefined,
  reader: (json: Json) => T | undefined,
  allowed: string,
): T {
  const made = json === undefined ? undefined : reader(json)
  if (made === undefined) throw notA(allowed, json)
  return made
}

/** The value itself, once its layout knows it. */
function checked(layout: AnyLayout, value: unknown): unknown {
  return layout.decode(layout.encode(value))
}

function readPart(
  from: Notation,
  layout: AnyLayout,
  part: string,
  json: Json | undefined,
): unknown {
  try {
    return read(from, layout, json)
  } catch (error) {
    throw ofPart(part, error)
  }
}

function readFields(
  from: Notation,
  fields: Readonly<Record<string, AnyLayout>>,
  json: Readonly<Record<string, Json>>,
): object {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      readPart(from, field, `.${name}`, json[name]),
    ]),
  )
}

function readChoice(
  from: Notation,
  layout: AnyLayout,
  values: readonly unknown[],
  json: Json | undefined,
): unknown {
  if (areLiterals(values))
    return checked(layout, json === undefined ? json : from.anything.read(json))
  const position = found(json, from.number.read, `a position in a list of ${values.length}`)
  if (!(position in values)) throw notA(`a position in a list of ${values.length}`, json)
  return values[position]
}

type Collection = Extract<Shape, { readonly kind: 'setOf' | 'bagOf' | 'mapOf' }>

function readCollection(from: Notation, shape: Collection, json: Json | undefined): unknown {
  if (shape.kind === 'setOf') {
    const items = found(json, from.set.read, 'a set')
    const members = items.map((item, at) => readPart(from, shape.of, `[${at}]`, item))
    onceEach(shape.of, members)
    return unchanging(new Set(members))
  }
  const members = shape.kind === 'bagOf' ? shape.of : shape.keys
  const pairs = found(json, from.map.read, 'a list of pairs')
  const entries = pairs.map(([key, one], at): readonly [unknown, unknown] => [
    readPart(from, members, `[${at}]`, key),
    shape.kind === 'bagOf'
      ? countUpTo(shape.max, from.number.read(one))
      : readPart(from, shape.of, `[${at}]`, one),
  ])
  onceEach(
    members,
    entries.map(([key]) => key),
  )
  if (shape.kind === 'mapOf' && isListed(members) && entries.length !== members.size)
    throw notA(`a map of ${members.size} keys`, json)
  return unchanging(new Map(entries))
}

function onceEach(layout: AnyLayout, values: readonly unknown[]): void {
  if (new Set(values.map((value) => keyOf(layout, value))).size !== values.length)
    throw new NotAValue('a member or key is there twice')
}

function deepFrozen<T>(json: T): T {
  if (typeof json !== 'object' || json === null || Object.isFrozen(json)) return json
  for (const part of Object.values(json)) deepFrozen<unknown>(part)
  return Object.freeze(json)
}
