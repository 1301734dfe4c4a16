import { countUpTo } from './collections.ts'
import { recordAllowed, unionAllowed } from './composites.ts'
import { firstOf } from './first.ts'
import type { AnyLayout, Shape } from './layout.ts'
import { isListed, MOST_CODES } from './layout.ts'
import { notA, ofPart } from './not-a-value.ts'
import type { Json, Notation } from './notation.ts'
import { plainJson } from './notation.ts'

/** Writes a value in a notation; equal values come out equal. Throws `NotAValue`. */
export function write(to: Notation, layout: AnyLayout, value: unknown): Json {
  const shape = layout.shape
  switch (shape.kind) {
    case 'bool':
      return layout.encode(value) === 1
    case 'int':
      return to.number.write(layout.encode(value) + shape.low)
    case 'id':
      return to.id(shape.name).write(layout.encode(value))
    case 'oneOf':
      return writeChoice(to, shape.values, layout.encode(value))
    case 'option':
      return to.option.write(value === null ? [] : [write(to, shape.of, value)])
    case 'packed':
      return write(to, shape.of, value)
    case 'record':
      return writeFields(to, shape.fields, value)
    case 'union':
      return writeUnion(to, shape.variants, value)
    case 'tuple': {
      const values = listOf(value, `a list of ${shape.parts.length}`)
      if (values.length !== shape.parts.length) throw notA(`a list of ${shape.parts.length}`, value)
      return to.tuple.write(
        shape.parts.map((part, at) => writePart(to, part, `[${at}]`, values[at])),
      )
    }
    case 'seqOf': {
      const values = listOf(value, `a sequence of at most ${shape.max}`)
      if (values.length > shape.max) throw notA(`a sequence of at most ${shape.max}`, value)
      return Array.from(values, (one, at) => writePart(to, shape.of, `[${at}]`, one))
    }
    case 'setOf':
    case 'bagOf':
    case 'mapOf':
      return writeCollection(to, shape, value)
    case 'value':
      return to.anything.write(canonical(value))
  }
}

function listOf(value: unknown, allowed: string): readonly unknown[] {
  if (!Array.isArray(value)) throw notA(allowed, value)
  return value as readonly unknown[]
}

function writePart(to: Notation, layout: AnyLayout, part: string, value: unknown): Json {
  try {
    return write(to, layout, value)
  } catch (error) {
    throw ofPart(part, error)
  }
}

/** Whether each of some values is something JSON can say by itself. */
export function areLiterals(values: readonly unknown[]): boolean {
  return values.every(
    (value) =>
      value === null ||
      typeof value === 'string' ||
      typeof value === 'boolean' ||
      (typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0)),
  )
}

/** A listed value as it is where JSON can say all of them, and by its position in the list. */
function writeChoice(to: Notation, values: readonly unknown[], position: number): Json {
  return areLiterals(values)
    ? to.anything.write(values[position] as Json)
    : to.number.write(position)
}

type Fields = Readonly<Record<string, AnyLayout>>

function writeFields(to: Notation, fields: Fields, value: unknown): Readonly<Record<string, Json>> {
  if (typeof value !== 'object' || value === null) throw notA(recordAllowed(fields), value)
  const given = value as Readonly<Record<string, unknown>>
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      writePart(to, field, `.${name}`, given[name]),
    ]),
  )
}

function writeUnion(
  to: Notation,
  variants: Readonly<Record<string, Fields>>,
  value: unknown,
): Json {
  const type = (value as { readonly type?: string } | null)?.type
  if (type === undefined || !Object.hasOwn(variants, type))
    throw notA(unionAllowed(variants), value)
  return to.union.write([type, writeFields(to, variants[type]!, value)])
}

type Collection = Extract<Shape, { readonly kind: 'setOf' | 'bagOf' | 'mapOf' }>

function writeCollection(to: Notation, shape: Collection, value: unknown): Json {
  if (shape.kind === 'setOf') {
    if (!(value instanceof Set)) throw notA('a set', value)
    const members = inOrder(shape.of, value as ReadonlySet<unknown>)
    return to.set.write(members.map((member) => write(to, shape.of, member)))
  }
  if (!(value instanceof Map)) throw notA('a map', value)
  const given = value as ReadonlyMap<unknown, unknown>
  const keys = inOrder(shape.kind === 'bagOf' ? shape.of : shape.keys, given.keys())
  if (keys.length !== given.size) throw notA('a map in which each key is there once', value)
  if (shape.kind === 'bagOf') {
    const there = keys.filter((member) => countUpTo(shape.max, given.get(member)) > 0)
    return to.map.write(
      there.map((member) => [
        write(to, shape.of, member),
        to.number.write(given.get(member) as number),
      ]),
    )
  }
  if (isListed(shape.keys) && keys.length !== shape.keys.size)
    throw notA(`a map of ${shape.keys.size} keys`, value)
  const pairs = keys.map((key): readonly [Json, Json] => [
    write(to, shape.keys, key),
    write(to, shape.of, given.get(key)),
  ])
  if (isListed(shape.keys)) return to.map.write(pairs)
  // Where not all keys are listed, a key at its first value is as good as a key that is not there.
  const first = JSON.stringify(write(to, shape.of, firstOf(shape.of)))
  return to.map.write(pairs.filter(([, one]) => JSON.stringify(one) !== first))
}

/** Values in the order of their layout, equal ones once. */
export function inOrder(layout: AnyLayout, values: Iterable<unknown>): readonly unknown[] {
  const byKey = new Map<number | string, unknown>()
  for (const value of values) byKey.set(keyOf(layout, value), value)
  const keys = [...byKey.keys()].sort((one, other) => (one < other ? -1 : 1))
  return keys.map((key) => byKey.get(key))
}

/** What tells a value from the others of its layout: its number, or its JSON. */
export function keyOf(layout: AnyLayout, value: unknown): number | string {
  return layout.size <= MOST_CODES
    ? layout.encode(value)
    : JSON.stringify(write(plainJson, layout, value))
}

/** A value as JSON gives it back, with keys in alphabetical order. */
function canonical(value: unknown, part = ''): Json {
  if (areLiterals([value])) return value as Json
  if (Object.is(value, -0)) return 0
  if (Array.isArray(value))
    return Array.from(value as readonly unknown[], (one, at) => canonical(one, `${part}[${at}]`))
  const prototype: unknown = typeof value === 'object' ? Object.getPrototypeOf(value) : undefined
  if (prototype !== Object.prototype && prototype !== null)
    throw ofPart(part, notA('something that JSON can say', value))
  const given = value as Readonly<Record<string, unknown>>
  const names = Object.keys(given).sort()
  return Object.fromEntries(names.map((name) => [name, canonical(given[name], `${part}.${name}`)]))
}
