import { placeOf } from './closure-places.ts'
import { keyError, tablePlace } from './closure-table.ts'
import { Codec } from './codec.ts'
import { format } from './format.ts'
import type { AnyLayout, Shape } from './layout.ts'
import { isAtom, isListed } from './layout.ts'
import { ofVariable } from './not-a-value.ts'
import type { MapPlace } from './places.ts'
import { slotsOf } from './plan.ts'
import type { Site } from './site.ts'
import { assignTo, entriesOf, plainOf } from './whole.ts'

type MapShape = Extract<Shape, { readonly kind: 'mapOf' }>
type Holds = (value: unknown, key: unknown) => boolean

interface Access {
  keys(): readonly unknown[]
  get(key: unknown): unknown
  set(key: unknown, value: unknown): void
  assign(entries: readonly (readonly unknown[])[]): void
}

/** A map: the slots of one value for each key; or a table, where not all keys can be listed. */
export function mapPlace(site: Site, shape: MapShape): MapPlace<unknown, unknown, unknown> {
  const { keys, get, set, assign } = isListed(shape.keys)
    ? listedMap(site, shape)
    : seenMap(site, shape)
  return Object.freeze({
    get keys() {
      return keys()
    },
    get,
    set,
    fill: (value: unknown) => {
      for (const key of keys()) set(key, value)
    },
    every: (holds: Holds) => keys().every((key) => holds(get(key), key)),
    some: (holds: Holds) => keys().some((key) => holds(get(key), key)),
    count: (holds: Holds) => keys().filter((key) => holds(get(key), key)).length,
    value: () => new Map(keys().map((key) => [key, plainOf(shape.of, get(key))])),
    assign: (value: ReadonlyMap<unknown, unknown>) => assign(mapEntriesOf(site.path, value)),
  })
}

export function mapEntriesOf(path: string, value: unknown): readonly (readonly unknown[])[] {
  try {
    return entriesOf('a map', value)
  } catch (error) {
    throw ofVariable(path, error)
  }
}

function listedMap(site: Site, { keys, of }: MapShape): Access {
  const { slots, base, path, universes } = site
  const all = keysOf(keys)
  const indexOf = (key: unknown): number => {
    try {
      return keys.encode(key)
    } catch (error) {
      throw keyError(path, 'key', error)
    }
  }
  const { get, set } = isAtom(of) ? atoms() : places()
  return {
    keys: () => all,
    get: (key) => get(indexOf(key)),
    set: (key, value) => set(indexOf(key), value),
    assign: (entries) => {
      const given = new Map(entries.map(([key, value]) => [indexOf(key), value]))
      for (let index = 0; index < all.length; index++) set(index, given.get(index))
    },
  }

  function atoms() {
    const codec = Codec.ofAtom(of, universes)
    return {
      get: (index: number) => codec.valueOf(slots[base + index]!),
      set: (index: number, value: unknown) => {
        try {
          slots[base + index] = codec.codeOf(value)
        } catch (error) {
          throw ofVariable(atKey(path, keys, index), error)
        }
      },
    }
  }

  function places() {
    const step = slotsOf(of, universes).length
    const inner = all.map((_, index) =>
      placeOf({ ...site, layout: of, base: base + index * step, path: atKey(path, keys, index) }),
    )
    return {
      get: (index: number) => inner[index],
      set: (index: number, value: unknown) => assignTo(of, inner[index], value),
    }
  }
}

export function keysOf(keys: AnyLayout): readonly unknown[] {
  return Object.freeze(Array.from({ length: keys.size }, (_, key) => keys.decode(key) as unknown))
}

/** The path of what a map holds at a key. */
export function atKey(path: string, keys: AnyLayout, index: number): string {
  return `${path}[${format(keys, keys.decode(index))}]`
}

/** A map of which only the keys are there that were written; at all others is the first value. */
function seenMap(site: Site, { keys, of }: MapShape): Access {
  const { path } = site
  const table = tablePlace(site, keys, 'key')
  const codec = Codec.ofAtom(of, site.universes)
  const codeOf = (key: unknown, value: unknown): number => {
    try {
      return codec.codeOf(value)
    } catch (error) {
      throw ofVariable(`${path}[${format(keys, key)}]`, error)
    }
  }
  return {
    keys: () => table.present(),
    get: (key) => codec.valueOf(table.get(key)),
    set: (key, value) => {
      const id = table.idOf(key)
      table.putAt(id, codeOf(key, value))
    },
    assign: (entries) => {
      const ids = entries.map(([key]) => table.idOf(key))
      const codes = entries.map(([key, value]) => codeOf(key, value))
      table.clear()
      for (const [index, id] of ids.entries()) table.putAt(id, codes[index]!)
    },
  }
}
