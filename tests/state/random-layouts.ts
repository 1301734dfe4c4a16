import type { Random } from '../../src/core/random.ts'
import type { AnyLayout } from '../../src/state/index.ts'
import {
  among,
  bagOf,
  bool,
  firstOf,
  id,
  int,
  mapOf,
  oneOf,
  option,
  packed,
  record,
  seqOf,
  setOf,
  tuple,
  union,
  value,
} from '../../src/state/index.ts'

/** Quorums, say: values that JSON cannot tell apart. */
const LISTED = [new Set([0, 1]), new Set([1, 2]), new Set([0, 2])]

/** A layout of any kind, with layouts inside down to `depth`. */
export function randomLayout(random: Random, depth: number): AnyLayout {
  if (depth === 0) return scalar(random)
  return random.pick([scalar, atom, composite, composite, collection, collection])(random, depth)
}

function scalar(random: Random): AnyLayout {
  return random.pick<() => AnyLayout>([
    bool,
    () => id('node', random.int(1, 5)),
    () => int(0, random.int(0, 9)),
    () => int(-random.int(1, 5), random.int(0, 5)),
    () => int(2 ** 40, 2 ** 40 + random.int(0, 5)),
    () => int(-5, 2 ** 31 - 8),
    () => oneOf('red', 'green', 'blue'),
    () => oneOf(...Array.from({ length: 12 }, (_, index) => `word ${index}`)),
    () => oneOf(1, '1', true, null, 0),
    () => among(LISTED),
  ])()
}

function atom(random: Random, depth: number): AnyLayout {
  return random.pick<() => AnyLayout>([
    () => optional(random, randomLayout(random, depth - 1)),
    () => optional(random, scalar(random)),
    () => packed(composite(random, depth)),
    () => packed(collection(random, depth)),
    () => messages(random, depth),
    () => (random.chance(1, 2) ? value() : value({ first: [1, null] })),
  ])()
}

function optional(random: Random, of: AnyLayout): AnyLayout {
  try {
    return option(of)
  } catch {
    return option(id('node', random.int(1, 5)))
  }
}

function messages(random: Random, depth: number): AnyLayout {
  return union({
    ask: { from: id('node', 3), what: randomLayout(random, depth - 1) },
    tell: { value: scalar(random) },
    stop: {},
  })
}

function composite(random: Random, depth: number): AnyLayout {
  const part = () => randomLayout(random, depth - 1)
  return random.pick<() => AnyLayout>([
    () => record({ value: part(), assign: scalar(random) }),
    () => record({ a: part(), constructor: part(), slots: part() }),
    () => tuple(part(), scalar(random)),
    () => tuple(int(0, 99), int(0, 99), int(0, 99)),
    () => tuple(...Array.from({ length: 6 }, () => int(0, 99))),
    () => tuple(part(), ...Array.from({ length: 9 }, () => int(0, 99))),
    () => messages(random, depth),
  ])()
}

function collection(random: Random, depth: number): AnyLayout {
  const members = () => randomLayout(random, depth - 1)
  const max = random.int(1, 4)
  const keys = members()
  return random.pick<() => AnyLayout>([
    () => setOf(members()),
    () => bagOf(members(), max),
    () => seqOf(members(), max),
    () => mapOf(keys, keys.size <= 40 ? members() : scalar(random)),
  ])()
}

/** A value of a layout, of objects that nobody else has. */
export function randomValue(random: Random, layout: AnyLayout): unknown {
  const shape = layout.shape
  const some = (of: AnyLayout, most: number) =>
    unlike(Array.from({ length: random.int(0, most) }, () => randomValue(random, of)))
  switch (shape.kind) {
    case 'option':
      return random.chance(1, 3) ? null : randomValue(random, shape.of)
    case 'packed':
      return randomValue(random, shape.of)
    case 'record':
      return randomFields(random, shape.fields)
    case 'tuple':
      return shape.parts.map((part) => randomValue(random, part))
    case 'union': {
      const [type, fields] = random.pick(Object.entries(shape.variants))
      return { ...(random.chance(1, 2) ? { type } : {}), ...randomFields(random, fields), type }
    }
    case 'seqOf':
      return Array.from({ length: random.int(0, shape.max) }, () => randomValue(random, shape.of))
    case 'setOf':
      return new Set(some(shape.of, 4))
    case 'bagOf':
      return new Map(some(shape.of, 4).map((one) => [one, random.int(1, shape.max)]))
    case 'mapOf': {
      const listed = shape.keys.size <= 512
      const keys = listed
        ? Array.from({ length: shape.keys.size }, (_, key) => shape.keys.decode(key) as unknown)
        : some(shape.keys, 4)
      const entries = random
        .shuffle(keys)
        .map((key): [unknown, unknown] => [key, randomValue(random, shape.of)])
      // Where not all keys are listed, a key at the first value is as good as none.
      const first = textOf(firstOf(shape.of))
      return new Map(entries.filter(([, one]) => listed || textOf(one) !== first))
    }
    case 'value':
      return random.pick([null, 1, 'x', [1, 2], { b: 1, a: [null] }, { a: [null], b: 1 }, 2.5])
    default: {
      // Small codes and the ends are where mistakes are.
      const code = random.chance(1, 4)
        ? layout.size - 1
        : random.int(0, Math.min(layout.size, 20) - 1)
      return layout.decode(code)
    }
  }
}

function randomFields(random: Random, fields: Readonly<Record<string, AnyLayout>>): object {
  return Object.fromEntries(
    random
      .shuffle(Object.entries(fields))
      .map(([name, field]) => [name, randomValue(random, field)]),
  )
}

function unlike(values: readonly unknown[]): readonly unknown[] {
  return [...new Map(values.map((one) => [textOf(one), one])).values()]
}

/** Something that is hardly ever a value. */
export function junk(random: Random): unknown {
  return random.pick<unknown>([
    undefined,
    null,
    NaN,
    0.5,
    -1,
    1e12,
    'nope',
    '0',
    true,
    2n,
    {},
    [],
    [undefined],
    { type: 'nobody' },
    { type: 'tell' },
    { value: 1 },
    new Set([99]),
    new Map([[99, 99]]),
    new Date(0),
  ])
}

/** Whether a value is one of a layout. */
export function isValue(layout: AnyLayout, value: unknown): boolean {
  const shape = layout.shape
  switch (shape.kind) {
    case 'bool':
      return typeof value === 'boolean'
    case 'int':
      return Number.isInteger(value) && Number(value) >= shape.low && Number(value) <= shape.high
    case 'id':
      return Number.isInteger(value) && Number(value) >= 0 && Number(value) < shape.count
    case 'oneOf':
      return shape.values.includes(value)
    case 'option':
      return value === null || isValue(shape.of, value)
    case 'packed':
      return isValue(shape.of, value)
    case 'record':
      return hasFields(shape.fields, value)
    case 'tuple':
      return (
        Array.isArray(value) &&
        value.length === shape.parts.length &&
        shape.parts.every((part, index) => isValue(part, value[index]))
      )
    case 'union': {
      const type = (value as { type?: string } | null | undefined)?.type
      const fields = typeof type === 'string' ? shape.variants[type] : undefined
      return fields !== undefined && hasFields(fields, value)
    }
    case 'seqOf':
      return (
        Array.isArray(value) &&
        value.length <= shape.max &&
        value.every((one) => isValue(shape.of, one))
      )
    case 'setOf':
      return (
        value instanceof Set && [...(value as Set<unknown>)].every((one) => isValue(shape.of, one))
      )
    case 'bagOf':
      return (
        value instanceof Map &&
        [...(value as Map<unknown, unknown>)].every(
          ([one, count]) =>
            isValue(shape.of, one) &&
            Number.isInteger(count) &&
            Number(count) >= 0 &&
            Number(count) <= shape.max,
        )
      )
    case 'mapOf':
      return (
        value instanceof Map &&
        (shape.keys.size > 512 || value.size === shape.keys.size) &&
        [...(value as Map<unknown, unknown>)].every(
          ([key, one]) => isValue(shape.keys, key) && isValue(shape.of, one),
        )
      )
    case 'value':
      return isJson(value)
  }
}

function hasFields(fields: Readonly<Record<string, AnyLayout>>, value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(fields).every(([name, field]) =>
      isValue(field, (value as Record<string, unknown>)[name]),
    )
  )
}

function isJson(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isJson)
  if (typeof value === 'object' && value !== null)
    return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isJson)
  return value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value)
}

/** Equal for equal values, however they were made. */
export function textOf(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value !== 'object' || value === null)
    return typeof value === 'undefined' ? 'undefined' : JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(textOf).join()}]`
  if (value instanceof Set) return `Set{${[...(value as Set<unknown>)].map(textOf).sort().join()}}`
  if (value instanceof Map) {
    const pairs = [...(value as Map<unknown, unknown>)]
    return `Map{${pairs
      .map(([key, one]) => `${textOf(key)}=>${textOf(one)}`)
      .sort()
      .join()}}`
  }
  const fields = Object.entries(value).map(([name, one]) => `${name}:${textOf(one)}`)
  return `{${fields.sort().join()}}`
}
