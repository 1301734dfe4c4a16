import type { Random } from '../../src/core/random.ts'
import type { AnyLayout, Variables } from '../../src/state/index.ts'
import {
  bagOf,
  bool,
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
} from '../../src/state/index.ts'

/** A random layout that names one or two kinds of things, deep enough for them to hide. */
export function randomLayout(
  random: Random,
  kinds: readonly AnyLayout[],
  depth: number,
): AnyLayout {
  const inner = () => randomLayout(random, kinds, depth - 1)
  const whole = () => packed(inner())
  const leaf = () =>
    random.chance(2, 3) ? random.pick(kinds) : random.pick([bool(), int(0, 2), oneOf('a', 'b')])
  if (depth === 0) return leaf()
  switch (random.int(0, 8)) {
    case 0:
      return optional(whole())
    case 1:
      return record({ one: inner(), two: inner() })
    case 2:
      return tuple(whole(), whole())
    case 3:
      return union({ none: {}, some: { one: whole() }, both: { one: leaf(), two: leaf() } })
    case 4:
      return seqOf(inner(), 2)
    case 5:
      return setOf(whole())
    case 6:
      return bagOf(leaf(), 2)
    case 7:
      return mapOf(leaf(), inner())
    default:
      return leaf()
  }
}

function optional(layout: AnyLayout): AnyLayout {
  return layout.shape.kind === 'option' ? layout : option(layout)
}

/** A state with variables in which everything may hide; `few` names of identities at most. */
export function randomVariables(random: Random, kinds: readonly AnyLayout[]): Variables {
  const variables: Record<string, AnyLayout> = {}
  const count = random.int(1, 3)
  for (let tries = 0; Object.keys(variables).length < count && tries < 100; tries++) {
    const layout = randomLayout(random, kinds, random.int(1, 3))
    if (isSmall(layout)) variables[`v${String(tries)}`] = layout
  }
  return { ...variables, last: setOf(tuple(random.pick(kinds), random.pick(kinds))) }
}

/** No table with more members than can be numbered, at any depth. */
function isSmall(layout: AnyLayout): boolean {
  const shape = layout.shape
  switch (shape.kind) {
    case 'mapOf':
      return shape.keys.size <= 100 && isSmall(shape.keys) && isSmall(shape.of)
    case 'setOf':
    case 'bagOf':
      return shape.of.size <= 100 && isSmall(shape.of)
    case 'option':
    case 'packed':
      return shape.of.size <= 2 ** 40 && isSmall(shape.of)
    case 'seqOf':
      return shape.of.size <= 2 ** 40 && isSmall(shape.of)
    case 'record':
      return Object.values(shape.fields).every(isSmall)
    case 'tuple':
      return layout.size <= 2 ** 40 && shape.parts.every(isSmall)
    case 'union':
      return layout.size <= 2 ** 40
    default:
      return true
  }
}

/** Any value of a layout, as a plain value. */
export function randomValue(random: Random, layout: AnyLayout): unknown {
  const shape = layout.shape
  const some = (of: AnyLayout, most: number) =>
    Array.from({ length: random.int(0, most) }, () => randomValue(random, of))
  const fieldsOf = (fields: Readonly<Record<string, AnyLayout>>) =>
    Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [name, randomValue(random, field)]),
    )
  switch (shape.kind) {
    case 'option':
      return random.chance(1, 4) ? null : randomValue(random, shape.of)
    case 'packed':
      return randomValue(random, shape.of)
    case 'record':
      return fieldsOf(shape.fields)
    case 'tuple':
      return shape.parts.map((part) => randomValue(random, part))
    case 'union': {
      const [type, fields] = random.pick(Object.entries(shape.variants))
      return { type, ...fieldsOf(fields) }
    }
    case 'seqOf':
      return some(shape.of, shape.max)
    case 'setOf':
      return setByCode(shape.of, some(shape.of, 4))
    case 'bagOf': {
      const members = setByCode(shape.of, some(shape.of, 3))
      return new Map([...members].map((member) => [member, random.int(1, shape.max)]))
    }
    case 'mapOf': {
      const entries = Array.from({ length: shape.keys.size }, (_, key): [unknown, unknown] => [
        shape.keys.decode(key),
        randomValue(random, shape.of),
      ])
      return new Map(entries)
    }
    default:
      return layout.decode(random.int(0, layout.size - 1))
  }
}

/** A set in which equal members are one. */
function setByCode(of: AnyLayout, members: readonly unknown[]): Set<unknown> {
  return new Set(members.map((member) => of.decode(of.encode(member)) as unknown))
}

/** All orders of the numbers below `count`. */
export function ordersOf(count: number): readonly (readonly number[])[] {
  if (count === 0) return [[]]
  return ordersOf(count - 1).flatMap((order) =>
    Array.from({ length: count }, (_, at) => order.toSpliced(at, 0, count - 1)),
  )
}

export const kindsOf = (sizes: readonly number[]) =>
  sizes.map((size, index) => id(`kind${String(index)}`, size))
