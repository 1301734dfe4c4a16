import { Codec } from '../codec.ts'
import type { AnyLayout } from '../layout.ts'
import { isAtom } from '../layout.ts'
import { slotsOf } from '../plan.ts'
import type { Site } from '../site.ts'
import { generatedBag } from './bag.ts'
import { generatedMap } from './map.ts'
import { generatedSeq } from './seq.ts'
import { generatedSet } from './set.ts'
import { variablesClass } from './variables.ts'

/** A place with code of its own. It does what the place made of closures does, but fast. */
export function generatedPlace(site: Site): object {
  const { shape } = site.layout
  switch (shape.kind) {
    case 'record':
      return generatedVariables(shape.fields, site)
    case 'seqOf':
      return generatedSeq(site, shape.of, shape.max)
    case 'setOf':
      return generatedSet(site, shape.of)
    case 'bagOf':
      return generatedBag(site, shape.of, shape.max)
    case 'mapOf':
      return generatedMap(site, shape, generatedPlace)
    default:
      throw new TypeError(`${shape.kind} is no place`)
  }
}

/** A state or record with code of its own. */
export function generatedVariables(
  fields: Readonly<Record<string, AnyLayout>>,
  site: Omit<Site, 'layout'>,
): object {
  const { universes, slots, reads } = site
  let base = site.base
  const parts = Object.entries(fields).map(([name, layout]) => {
    const path = site.path === '' ? name : `${site.path}.${name}`
    const part = isAtom(layout)
      ? Codec.ofAtom(layout, universes)
      : generatedPlace({ layout, slots, base, path, universes, reads })
    base += slotsOf(layout, universes).length
    return part
  })
  const Place = variablesClass(fields, universes, reads)
  return new Place({ slots, base: site.base, path: site.path, fields, parts, reads })
}
