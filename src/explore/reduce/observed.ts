import type { AnyLayout, Variables } from '../../state/index.ts'
import { isAtom, isListed } from '../../state/layout.ts'
import type { Uses } from './uses.ts'
import { FULL, HEAD, LENGTH, membersOf, PUSH, READ, SHIFT, WRITE } from './uses.ts'

/** A state like another that notes in `uses` what is done with it. */
export function observed<S>(state: S, variables: Variables, uses: Uses): S {
  return fieldsOf(state as object, variables, '', uses) as S
}

type Trap = (name: string | symbol) => unknown

/** Something that behaves like a place, with its own answer to what is read of it. */
function like(place: object, get: Trap, set?: (name: string, value: unknown) => void): object {
  // The target is not the place: of frozen things, proxies may not answer anything else.
  return new Proxy(
    {},
    {
      get: (_, name) => get(name),
      set: (_, name, value) => {
        set?.(String(name), value)
        return set !== undefined
      },
      has: (_, name) => Reflect.has(place, name),
      ownKeys: () => Reflect.ownKeys(place),
      getOwnPropertyDescriptor: (_, name) => {
        const there = Reflect.getOwnPropertyDescriptor(place, name)
        if (there === undefined) return undefined
        const enumerable = there.enumerable ?? false
        return { value: get(name), enumerable, configurable: true, writable: true }
      },
    },
  )
}

/** A property or method of a place as it is. */
function plainly(place: object, name: string | symbol): unknown {
  const found: unknown = Reflect.get(place, name)
  return typeof found === 'function' ? (found.bind(place) as unknown) : found
}

function placeLike(layout: AnyLayout, place: object, path: string, uses: Uses): object {
  const { shape } = layout
  if (shape.kind === 'record') return fieldsOf(place, shape.fields, path, uses)
  if (shape.kind === 'mapOf' && isListed(shape.keys))
    return entriesOf(shape.keys, shape.of, place as Entries, path, uses)
  const members = membersOf(layout)
  if (members !== undefined) return table(members, place, path, uses)
  const part = uses.parts.at(path)
  if (shape.kind === 'seqOf') return sequence(place as Sequence, part, uses)
  return like(place, (name) => {
    uses.add(part, WRITING.has(name) ? READ | WRITE : READ)
    return plainly(place, name)
  })
}

const WRITING = new Set<string | symbol>([
  'add',
  'delete',
  'remove',
  'clear',
  'assign',
  'set',
  'fill',
])

function fieldsOf(place: object, fields: Variables, path: string, uses: Uses): object {
  const inner = new Map<string, object>()
  const pathOf = (name: string) => (path === '' ? name : `${path}/${name}`)
  const useAll = (under: readonly number[], how: number) => {
    for (const part of under) uses.add(part, how)
  }
  return like(
    place,
    (name) => {
      const layout = typeof name === 'string' && Object.hasOwn(fields, name) && fields[name]
      if (layout === false || layout === undefined) {
        // The whole of a record, read or written.
        useAll(uses.parts.under(path), READ | WRITE)
        return plainly(place, name)
      }
      const here = pathOf(name)
      if (isAtom(layout)) {
        uses.add(uses.parts.at(here), READ)
        return Reflect.get(place, name) as unknown
      }
      const known = inner.get(here)
      if (known !== undefined) return known
      const made = placeLike(layout, Reflect.get(place, name) as object, here, uses)
      inner.set(here, made)
      return made
    },
    (name, value) => {
      useAll(uses.parts.under(pathOf(name)), WRITE)
      // A misspelt name is refused here as it is there.
      ;(place as Record<string, unknown>)[name] = value
    },
  )
}

interface Entries {
  readonly keys: readonly unknown[]
  get(key: unknown): unknown
  set(key: unknown, value: unknown): void
}

function entriesOf(
  keys: AnyLayout,
  of: AnyLayout,
  place: Entries,
  path: string,
  uses: Uses,
): object {
  const inner = new Map<number, object>()
  const get = (key: unknown): unknown => {
    const read = place.get(key)
    const code = keys.encode(key)
    const at = `${path}/${String(code)}`
    if (isAtom(of)) {
      uses.add(uses.parts.at(at), READ)
      return read
    }
    const known = inner.get(code)
    if (known !== undefined) return known
    const made = placeLike(of, read as object, at, uses)
    inner.set(code, made)
    return made
  }
  const set = (key: unknown, value: unknown) => {
    place.set(key, value)
    for (const part of uses.parts.under(`${path}/${String(keys.encode(key))}`))
      uses.add(part, WRITE)
  }
  type Test = (value: unknown, key: unknown) => boolean
  const methods: Readonly<Record<string, unknown>> = {
    get,
    set,
    every: (holds: Test) => place.keys.every((key) => holds(get(key), key)),
    some: (holds: Test) => place.keys.some((key) => holds(get(key), key)),
    count: (holds: Test) => place.keys.filter((key) => holds(get(key), key)).length,
    keys: place.keys,
  }
  return like(place, (name) => {
    if (typeof name === 'string' && Object.hasOwn(methods, name)) return methods[name]
    const how = WRITING.has(name) ? READ | WRITE : READ
    for (const part of uses.parts.under(path)) uses.add(part, how)
    return plainly(place, name)
  })
}

/** Methods of sets and bags about one member, with how they use it. */
const ABOUT_ONE = new Map<string | symbol, number>([
  ['has', READ],
  ['count', READ],
  ['add', READ | WRITE],
  ['delete', READ | WRITE],
  ['remove', READ | WRITE],
])

function table(members: AnyLayout, place: object, path: string, uses: Uses): object {
  const all = uses.parts.under(path)
  return like(place, (name) => {
    const how = ABOUT_ONE.get(name)
    // On a set, `count` is given a test of its members.
    if (how !== undefined)
      return (member: unknown, ...more: readonly unknown[]) => {
        // First, as it tells best what is wrong with a member.
        const answer = (plainly(place, name) as (...given: unknown[]) => unknown)(member, ...more)
        if (typeof member === 'function') for (const part of all) uses.add(part, how)
        else uses.add(uses.parts.at(`${path}/${String(members.encode(member))}`), how)
        return answer
      }
    for (const part of all) uses.add(part, WRITING.has(name) ? READ | WRITE : READ)
    return plainly(place, name)
  })
}

interface Sequence {
  readonly length: number
  readonly full: boolean
  at(position: number): unknown
  shift(): unknown
  remove(position: number): void
}

const REWRITING = new Set<string | symbol>(['put', 'pop', 'truncate', 'clear', 'assign'])

function sequence(place: Sequence, part: number, uses: Uses): object {
  const max = (uses.parts.all[part]!.layout.shape as { readonly max: number }).max
  const length = () => (uses.length[part]! < 0 ? place.length : uses.length[part]!)
  return like(place, (name) => {
    switch (name) {
      case 'length':
        uses.add(part, LENGTH)
        return length()
      case 'full':
        uses.add(part, FULL)
        return length() >= max
      case 'at':
        return (position: number) => {
          uses.add(part, position === 0 ? HEAD : READ)
          return place.at(position)
        }
      case 'shift':
        uses.add(part, SHIFT)
        return plainly(place, name)
      case 'remove':
        return (position: number) => {
          uses.add(part, position === 0 ? SHIFT : READ | WRITE)
          place.remove(position)
        }
      case 'push':
        uses.add(part, PUSH)
        return plainly(place, name)
      default:
        uses.add(part, REWRITING.has(name) ? READ | WRITE : READ)
        return plainly(place, name)
    }
  })
}
