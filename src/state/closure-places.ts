import { recordAllowed } from './composites.ts'
import { Codec } from './codec.ts'
import { mapPlace } from './closure-map.ts'
import { seqPlace } from './closure-seq.ts'
import { bagPlace, setPlace } from './closure-set.ts'
import type { AnyLayout } from './layout.ts'
import { isAtom } from './layout.ts'
import { notA, ofVariable } from './not-a-value.ts'
import { slotsOf } from './plan.ts'
import type { Site } from './site.ts'
import { ASSIGN, VALUE } from './site.ts'
import { assignTo, plainOf } from './whole.ts'

/**
 * A place made of ordinary closures: for where code may not be generated, and the slow twin of the
 * generated places.
 */
export function placeOf(site: Site): object {
  const { shape } = site.layout
  switch (shape.kind) {
    case 'record':
      return recordPlace(site, shape.fields)
    case 'seqOf':
      return seqPlace(site, shape)
    case 'setOf':
      return setPlace(site, shape.of)
    case 'bagOf':
      return bagPlace(site, shape)
    case 'mapOf':
      return mapPlace(site, shape)
    default:
      throw new TypeError(`${shape.kind} is no place`)
  }
}

type Fields = Readonly<Record<string, AnyLayout>>
type Open = Record<string, unknown>

function recordPlace(site: Site, fields: Fields): object {
  const place: Open = {}
  defineVariables(place, fields, site)
  Object.defineProperty(place, VALUE, {
    value: () =>
      Object.fromEntries(
        Object.entries(fields).map(([name, field]) => [name, plainOf(field, place[name])]),
      ),
  })
  Object.defineProperty(place, ASSIGN, {
    value: (value: unknown) => {
      if (typeof value !== 'object' || value === null)
        throw ofVariable(site.path, notA(recordAllowed(fields), value))
      for (const name of Object.keys(fields)) place[name] = (value as Open)[name]
    },
  })
  return Object.freeze(place)
}

/**
 * Gives an object its variables or fields: what is read is a value or a place, and what is written
 * is the whole value.
 */
export function defineVariables(place: object, fields: Fields, site: Omit<Site, 'layout'>): void {
  let base = site.base
  for (const [name, layout] of Object.entries(fields)) {
    const path = site.path === '' ? name : `${site.path}.${name}`
    const one = { ...site, layout, base, path }
    Object.defineProperty(place, name, { ...accessOf(one), enumerable: true })
    base += slotsOf(layout, site.universes).length
  }
}

function accessOf(site: Site): PropertyDescriptor {
  const { layout, slots, base, path } = site
  if (!isAtom(layout)) {
    const inner = placeOf(site)
    return { get: () => inner, set: (value: unknown) => assignTo(layout, inner, value) }
  }
  const codec = Codec.ofAtom(layout, site.universes)
  return {
    get: () => codec.valueOf(slots[base]!),
    set: (value: unknown) => {
      try {
        slots[base] = codec.codeOf(value)
      } catch (error) {
        throw ofVariable(path, error)
      }
    },
  }
}
