import { atKey, keysOf, mapEntriesOf } from '../closure-map.ts'
import { keyError } from '../closure-table.ts'
import { Codec } from '../codec.ts'
import { format } from '../format.ts'
import type { AnyLayout, Shape } from '../layout.ts'
import { isAtom, isDirect, isListed } from '../layout.ts'
import { ofVariable } from '../not-a-value.ts'
import type { MapPlace } from '../places.ts'
import { slotsOf } from '../plan.ts'
import { noted } from '../reads.ts'
import type { Site, Slots } from '../site.ts'
import { assignTo, plainOf } from '../whole.ts'
import { classOf, compiled } from './compile.ts'
import { Decoder } from './decoder.ts'
import { Encoder } from './encoder.ts'
import { TableBase, tableText } from './table.ts'

export type MapShape = Extract<Shape, { readonly kind: 'mapOf' }>
type AnyMap = MapPlace<unknown, unknown, unknown>

/** What of a map with listed keys need not be generated. */
abstract class ListedBase {
  readonly slots: Slots
  readonly base: number
  readonly path: string
  readonly shape: MapShape
  readonly keys: readonly unknown[]
  /** Of the values, where they are atoms. */
  readonly codec: Codec | undefined
  /** Of the values, where they are not. */
  readonly places: readonly unknown[]
  readonly reads: Int32Array | undefined
  /** The first of the units that are noted. */
  readonly unit: number | undefined

  constructor(site: Site, shape: MapShape, places: readonly unknown[]) {
    this.slots = site.slots
    this.base = site.base
    this.path = site.path
    this.shape = shape
    this.keys = keysOf(shape.keys)
    this.codec = isAtom(shape.of) ? Codec.ofAtom(shape.of, site.universes) : undefined
    this.places = places
    this.reads = site.reads?.log
    this.unit = isAtom(shape.of)
      ? site.reads?.each(this.keys.map((_, index) => site.base + index))
      : undefined
  }

  abstract setAt(index: number, value: unknown): void
  abstract get(key: unknown): unknown

  indexOf(key: unknown): number {
    try {
      return this.shape.keys.encode(key)
    } catch (error) {
      throw keyError(this.path, 'key', error)
    }
  }

  codeOf(index: number, value: unknown): number {
    try {
      return this.codec!.codeOf(value)
    } catch (error) {
      throw ofVariable(atKey(this.path, this.shape.keys, index), error)
    }
  }

  placeAt(index: number, value: unknown): void {
    assignTo(this.shape.of, this.places[index], value)
  }

  value(): ReadonlyMap<unknown, unknown> {
    return new Map(this.keys.map((key) => [key, plainOf(this.shape.of, this.get(key))]))
  }

  assign(value: unknown): void {
    if (this.#hasAll(value)) {
      for (let index = 0; index < this.keys.length; index++)
        this.setAt(index, value.get(this.keys[index]))
      return
    }
    const entries = mapEntriesOf(this.path, value)
    const given = new Map(entries.map(([key, one]) => [this.indexOf(key), one]))
    for (let index = 0; index < this.keys.length; index++) this.setAt(index, given.get(index))
  }

  /** Whether the value for each key can be asked for as it is. */
  #hasAll(value: unknown): value is { get(key: unknown): unknown } {
    if (value instanceof ListedBase) return value.codec !== undefined && this.#sameKeys(value)
    if (!(value instanceof Map) || value.size !== this.keys.length) return false
    for (const key of this.keys) if (!value.has(key)) return false
    return true
  }

  #sameKeys(other: ListedBase): boolean {
    return other.shape.keys === this.shape.keys || isSameKind(other.shape.keys, this.shape.keys)
  }
}

function isSameKind({ shape: one }: AnyLayout, { shape: other }: AnyLayout): boolean {
  return one.kind === 'id' && other.kind === 'id' && one.count === other.count
}

/** A map with code of its own. `placeOf` makes the places of its values. */
export function generatedMap(site: Site, shape: MapShape, placeOf: (site: Site) => object): AnyMap {
  return isListed(shape.keys) ? listedMap(site, shape, placeOf) : seenMap(site, shape)
}

function listedMap(site: Site, shape: MapShape, placeOf: (site: Site) => object): AnyMap {
  const { keys, of } = shape
  const step = slotsOf(of, site.universes).length
  const places = isAtom(of)
    ? []
    : Array.from({ length: keys.size }, (_, index) => {
        const path = atKey(site.path, keys, index)
        return placeOf({ ...site, layout: of, base: site.base + index * step, path })
      })
  const Place = classOf(site.layout, site, () => listedClass(site, shape))
  return new Place(site, shape, places)
}

type Listed = new (site: Site, shape: MapShape, places: readonly unknown[]) => AnyMap

function listedClass(site: Site, shape: MapShape): Listed {
  const encoder = new Encoder()
  const decoder = new Decoder()
  const text = listedText(site, shape, encoder, decoder)
  return compiled<Listed>(
    { ListedBase },
    `${encoder.functions.join('\n')}
${decoder.lists.join('\n')}
return class extends ListedBase {
  constructor(...given) {
    super(...given)
    Object.freeze(this)
  }
${text}
}`,
  )
}

function listedText(
  { reads }: Site,
  { keys, of }: MapShape,
  encoder: Encoder,
  decoder: Decoder,
): string {
  const index = `let index = ${encoder.encode(keys, 'key') ?? '-1'}
    if (index < 0) index = this.indexOf(key)`
  const found = encoder.encode(of, 'value') ?? '-1'
  const code = isDirect(of) ? found : `this.codec.universe.find(${found})`
  const read = isAtom(of)
    ? `${noted(reads, 'this.unit + index')}
    const code = this.slots[this.base + index]
    const value = ${decoder.decode(of, 'code', 'this.codec')}`
    : 'const value = this.places[index]'
  const write = isAtom(of)
    ? `const code = ${code}
    this.slots[this.base + index] = code >= 0 ? code : this.codeOf(index, value)`
    : 'this.placeAt(index, value)'
  const key = keys.shape.kind === 'id' ? 'index' : 'this.keys[index]'
  const walk = (statement: string) => `for (let index = 0; index < ${keys.size}; index++) {
      ${read}
      ${statement}
    }`
  return `  get(key) {
    ${index}
    ${read}
    return value
  }
  set(key, value) {
    ${index}
    ${write}
  }
  setAt(index, value) {
    ${write}
  }
  fill(value) {
    for (let index = 0; index < ${keys.size}; index++) this.setAt(index, value)
  }
  every(holds) {
    ${walk(`if (!holds(value, ${key})) return false`)}
    return true
  }
  some(holds) {
    ${walk(`if (holds(value, ${key})) return true`)}
    return false
  }
  count(holds) {
    let all = 0
    ${walk(`if (holds(value, ${key})) all++`)}
    return all
  }`
}

/** What of a map of keys that were seen need not be generated. */
abstract class SeenBase extends TableBase {
  readonly shape: MapShape
  readonly of: Codec

  constructor(site: Site, shape: MapShape) {
    super(site, shape.keys, 'key')
    this.shape = shape
    this.of = Codec.ofAtom(shape.of, site.universes)
  }

  abstract members(): readonly unknown[]
  abstract get(key: unknown): unknown
  abstract set(key: unknown, value: unknown): void
  abstract putAt(id: number, kept: number): void

  get keys(): readonly unknown[] {
    return this.members()
  }

  codeOf(key: unknown, value: unknown): number {
    try {
      return this.of.codeOf(value)
    } catch (error) {
      throw ofVariable(`${this.path}[${format(this.shape.keys, key)}]`, error)
    }
  }

  fill(value: unknown): void {
    for (const key of this.members()) this.set(key, value)
  }

  every(holds: (value: unknown, key: unknown) => boolean): boolean {
    return this.members().every((key) => holds(this.get(key), key))
  }

  some(holds: (value: unknown, key: unknown) => boolean): boolean {
    return this.members().some((key) => holds(this.get(key), key))
  }

  count(holds: (value: unknown, key: unknown) => boolean): number {
    return this.members().filter((key) => holds(this.get(key), key)).length
  }

  value(): ReadonlyMap<unknown, unknown> {
    return new Map(this.members().map((key) => [key, this.get(key)]))
  }

  assign(value: unknown): void {
    const entries = mapEntriesOf(this.path, value)
    const ids = entries.map(([key]) => this.idOf(key))
    const codes = entries.map(([key, one]) => this.codeOf(key, one))
    this.clear()
    for (const [index, id] of ids.entries()) this.putAt(id, codes[index]!)
  }
}

function seenMap(site: Site, shape: MapShape): AnyMap {
  const Place = classOf(site.layout, site, () => seenClass(site, shape))
  return new Place(site, shape)
}

type Seen = new (site: Site, shape: MapShape) => AnyMap

function seenClass(site: Site, shape: MapShape): Seen {
  const encoder = new Encoder()
  const decoder = new Decoder()
  const table = tableText(site, shape.keys, encoder, decoder)
  const found = encoder.encode(shape.of, 'value') ?? '-1'
  const code = isDirect(shape.of) ? found : `this.of.universe.find(${found})`
  return compiled<Seen>(
    { SeenBase },
    `${encoder.functions.join('\n')}
return class extends SeenBase {
  constructor(...given) {
    super(...given)
    Object.freeze(this)
  }
  get(member) {
    ${table.find}
    const code = id < 0 ? 0 : ${table.read}
    return ${decoder.decode(shape.of, 'code', 'this.of')}
  }
  set(member, value) {
    ${table.give}
    let kept = ${code}
    if (kept < 0) kept = this.codeOf(member, value)
    ${table.write}
  }
  putAt(id, kept) {
    ${table.write}
  }
${table.methods}
}`.replace('return class', `${decoder.lists.join('\n')}\nreturn class`),
  )
}
