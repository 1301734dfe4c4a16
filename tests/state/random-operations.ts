import type { Random } from '../../src/core/random.ts'
import type { AnyLayout } from '../../src/state/index.ts'
import { isAtom } from '../../src/state/layout.ts'
import { plainOf } from '../../src/state/whole.ts'
import type { Operation, Stop } from './naive-state.ts'
import { pleases } from './naive-state.ts'
import { junk, randomValue } from './random-layouts.ts'

const METHODS: Readonly<Record<string, readonly string[]>> = {
  mapOf: ['get', 'set', 'set', 'set', 'fill', 'every', 'some', 'count', 'keys'],
  setOf: [
    'size',
    'has',
    'hasAll',
    'add',
    'add',
    'add',
    'delete',
    'clear',
    'every',
    'some',
    'count',
    'walk',
  ],
  bagOf: ['size', 'count', 'has', 'add', 'add', 'add', 'remove', 'clear', 'every', 'some', 'walk'],
  seqOf: [
    ...['length', 'full', 'at', 'last', 'put', 'push', 'push', 'push', 'shift', 'pop', 'remove'],
    ...['truncate', 'clear', 'every', 'some', 'walk'],
  ],
}

/** Something to do in a state with these variables, once in a while with something wrong in it. */
export function randomOperation(
  random: Random,
  variables: Readonly<Record<string, AnyLayout>>,
): Operation {
  const [name, first] = random.pick(Object.entries(variables))
  const way: Stop[] = [{ name }]
  let layout = first
  for (;;) {
    const shape = layout.shape
    const stay = isAtom(layout) || random.chance(1, 4)
    if (!stay && shape.kind === 'record') {
      const [field, inner] = random.pick(Object.entries(shape.fields))
      way.push({ name: field })
      layout = inner
    } else if (!stay && shape.kind === 'mapOf' && !isAtom(shape.of)) {
      way.push({ key: spoiled(random, 50, () => randomValue(random, shape.keys)) })
      layout = shape.of
    } else break
  }
  const methods = METHODS[layout.shape.kind] ?? []
  const method =
    isAtom(layout) || methods.length === 0 || random.chance(1, 4)
      ? random.pick(['read', 'write', 'write'])
      : random.pick(methods)
  return { way, method, given: argumentsOf(random, layout, method), layout }
}

function spoiled(random: Random, rarely: number, make: () => unknown): unknown {
  return random.chance(1, rarely) ? junk(random) : make()
}

function argumentsOf(random: Random, layout: AnyLayout, method: string): readonly unknown[] {
  if (method === 'read') return []
  if (method === 'write') return [spoiled(random, 8, () => randomValue(random, layout))]
  const shape = layout.shape as unknown as { keys: AnyLayout; of: AnyLayout; max: number }
  const of = () => spoiled(random, 8, () => randomValue(random, shape.of))
  const position = () => spoiled(random, 8, () => random.int(0, shape.max))
  const key = () => spoiled(random, 8, () => randomValue(random, shape.keys))
  switch (`${layout.shape.kind} ${method}`) {
    case 'mapOf get':
      return [key()]
    case 'mapOf set':
      return [key(), of()]
    case 'seqOf at':
    case 'seqOf remove':
    case 'seqOf truncate':
      return [position()]
    case 'seqOf put':
      return [position(), of()]
    case 'bagOf add':
      return random.chance(1, 3) ? [of(), random.int(1, 3)] : [of()]
    case 'setOf hasAll':
      return [Array.from({ length: random.int(0, 2) }, of)]
    default:
      return [of()]
  }
}

type Open = Record<string, unknown>
type Method = (...given: readonly unknown[]) => unknown

/** Does something in a state of the workbench; answers what is read, as a plain value. */
export function performIn(state: unknown, { way, method, given, layout }: Operation): unknown {
  let at = state
  for (const [index, stop] of way.entries()) {
    if (method === 'write' && index === way.length - 1) {
      if ('name' in stop) (at as Open)[stop.name] = given[0]
      else (at as { set: Method }).set(stop.key, given[0])
      return undefined
    }
    at = 'name' in stop ? (at as Open)[stop.name] : (at as { get: Method }).get(stop.key)
  }
  const place = at as Readonly<Record<string, Method>>
  const shape = layout.shape
  const inner = (value: unknown) => (shape.kind === 'mapOf' ? plainOf(shape.of, value) : value)
  const pleased = (value: unknown, ...rest: unknown[]) => pleases(inner(value), ...rest)
  switch (method) {
    case 'read':
      return plainOf(layout, at)
    case 'size':
    case 'length':
    case 'full':
    case 'keys':
      return place[method]
    case 'walk':
      return [...(at as Iterable<unknown>)]
    case 'every':
    case 'some':
      return place[method]!(pleased)
    case 'count':
      return place['count']!(shape.kind === 'bagOf' ? given[0] : pleased)
    case 'get':
      return inner(place['get']!(...given))
    default:
      return place[method]!(...given)
  }
}
