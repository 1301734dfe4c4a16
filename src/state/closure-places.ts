import type { AnyLayout } from './layout.ts'
import { isAtom } from './layout.ts'
import { NotAValue, OutOfBounds } from './not-a-value.ts'
import type { BagPlace, MapPlace, SeqPlace, SetPlace } from './places.ts'
import type { Universes } from './plan.ts'
import { bitsEachOf, isDirect, isListed, roomOf, slotsOf, tableOf } from './plan.ts'

/** The slots of one state that is being worked on. */
export type Slots = Int32Array

/**
 * The place of a layout whose slots begin at `base`, made of ordinary closures: for where code may
 * not be generated, and the slow twin of the generated places. `path` names it in errors.
 */
export function placeOf(
  layout: AnyLayout,
  slots: Slots,
  base: number,
  path: string,
  universes: Universes,
): unknown {
  const shape = layout.shape
  switch (shape.kind) {
    case 'record':
      return recordPlace(shape.fields, slots, base, path, universes)
    case 'seqOf':
      return seqPlace(
        shape.of,
        shape.max,
        atomAt(shape.of, slots, path, universes),
        slots,
        base,
        path,
      )
    case 'setOf':
      return setPlace(tablePlace(layout, shape.of, slots, base, path, universes))
    case 'bagOf':
      return bagPlace(tablePlace(layout, shape.of, slots, base, path, universes), shape.max, path)
    case 'mapOf':
      return isListed(shape.keys)
        ? listedMap(shape.keys, shape.of, slots, base, path, universes)
        : seenMap(layout, shape.keys, shape.of, slots, base, path, universes)
    default:
      throw new TypeError(`${shape.kind} is no place`)
  }
}

interface Atom {
  get(slot: number): unknown
  set(slot: number, value: unknown): void
  codeOf(value: unknown): number
  valueOf(code: number): unknown
}

/** Reads and writes atoms of a layout in the slots. */
export function atomAt(layout: AnyLayout, slots: Slots, path: string, universes: Universes): Atom {
  const direct = isDirect(layout)
  const universe = direct ? undefined : universes.of(layout)
  const codeOf = (value: unknown): number => {
    try {
      return universe?.idOf(value) ?? layout.encode(value)
    } catch (error) {
      if (error instanceof NotAValue) throw new OutOfBounds(path, error.fact)
      throw error
    }
  }
  const valueOf = (code: number): unknown =>
    universe === undefined ? layout.decode(code) : universe.valueOf(code)
  return {
    codeOf,
    valueOf,
    get: (slot) => valueOf(slots[slot] ?? 0),
    set: (slot, value) => (slots[slot] = codeOf(value)),
  }
}

function recordPlace(
  fields: Readonly<Record<string, AnyLayout>>,
  slots: Slots,
  base: number,
  path: string,
  universes: Universes,
): object {
  const place = {}
  let at = base
  for (const [name, field] of Object.entries(fields)) {
    defineVariable(place, name, field, slots, at, `${path}.${name}`, universes)
    at += slotsOf(field, universes).length
  }
  const names = Object.keys(fields)
  define(place, 'value', () =>
    Object.fromEntries(names.map((name) => [name, plainOf((place as Open)[name])])),
  )
  define(place, 'assign', (value: Open) => {
    for (const name of names) write(place as Open, name, value[name])
  })
  return Object.seal(place)
}

type Open = Record<string, unknown>

function define(place: object, name: string, value: unknown): void {
  Object.defineProperty(place, name, { value, enumerable: false })
}

/** Gives an object one variable: a property that is read and written, or a place with methods. */
export function defineVariable(
  place: object,
  name: string,
  layout: AnyLayout,
  slots: Slots,
  base: number,
  path: string,
  universes: Universes,
): void {
  if (isAtom(layout)) {
    const atom = atomAt(layout, slots, path, universes)
    Object.defineProperty(place, name, {
      get: () => atom.get(base),
      set: (value: unknown) => {
        atom.set(base, value)
      },
      enumerable: true,
    })
  } else {
    const inner = placeOf(layout, slots, base, path, universes)
    Object.defineProperty(place, name, { value: inner, enumerable: true })
  }
}

interface Structure {
  value(): unknown
  assign(value: unknown): void
}

/** The plain value of what a variable gives: itself, or what its place holds. */
export function plainOf(read: unknown): unknown {
  return isStructure(read) ? read.value() : read
}

/** Writes a plain value into a variable of a state or record. */
export function write(place: Open, name: string, value: unknown): void {
  const now = place[name]
  if (isStructure(now)) now.assign(value)
  else place[name] = value
}

function isStructure(read: unknown): read is Structure {
  if (typeof read !== 'object' || read === null) return false
  return 'assign' in read && typeof read.assign === 'function'
}

type SeqLayout = AnyLayout
function seqPlace(
  _of: SeqLayout,
  max: number,
  atom: Atom,
  slots: Slots,
  base: number,
  path: string,
): SeqPlace<unknown> {
  const length = () => slots[base] ?? 0
  const inside = (position: number) => {
    if (!Number.isInteger(position) || position < 0 || position >= length())
      throw new OutOfBounds(
        path,
        `position ${String(position)} of a sequence of length ${String(length())}`,
      )
    return base + 1 + position
  }
  const place: SeqPlace<unknown> = {
    get length() {
      return length()
    },
    get full() {
      return length() === max
    },
    at: (position) => atom.get(inside(position)),
    last: () => atom.get(inside(length() - 1)),
    put: (position, value) => {
      atom.set(inside(position), value)
    },
    push: (value) => {
      if (length() === max)
        throw new OutOfBounds(path, `a sequence of at most ${String(max)} is full`)
      const code = atom.codeOf(value)
      slots[base + 1 + length()] = code
      slots[base] = length() + 1
    },
    shift: () => {
      const first = atom.get(inside(0))
      place.remove(0)
      return first
    },
    pop: () => {
      const last = place.last()
      place.truncate(length() - 1)
      return last
    },
    remove: (position) => {
      const from = inside(position)
      const end = base + length()
      slots.copyWithin(from, from + 1, end + 1)
      slots[end] = 0
      slots[base] = length() - 1
    },
    truncate: (keep) => {
      for (let position = keep; position < length(); position++) slots[base + 1 + position] = 0
      if (keep < length()) slots[base] = keep
    },
    clear: () => {
      place.truncate(0)
    },
    every: (holds) => place.value().every(holds),
    some: (holds) => place.value().some(holds),
    value: () => Array.from({ length: length() }, (_, position) => place.at(position)),
    assign: (values) => {
      place.clear()
      for (const value of values) place.push(value)
    },
    [Symbol.iterator]: () => place.value()[Symbol.iterator](),
  }
  return Object.freeze(place)
}

interface TablePlace {
  /** The code kept for a member, 0 if nothing is. */
  get(member: unknown): number
  put(member: unknown, code: number): void
  clear(): void
  /** The members with a code other than 0, in the order of their layout. */
  present(): unknown[]
}

function tablePlace(
  layout: AnyLayout,
  members: AnyLayout,
  slots: Slots,
  base: number,
  path: string,
  universes: Universes,
): TablePlace {
  const {
    bitsEach,
    eachSlot,
    slots: count,
  } = tableOf(members, bitsEachOf(layout, universes), universes)
  const mask = bitsEach === 32 ? -1 : 2 ** bitsEach - 1
  const universe = isListed(members) ? undefined : universes.of(members)
  const codeOf = (member: unknown): number => {
    try {
      return universe?.idOf(member) ?? members.encode(member)
    } catch (error) {
      if (error instanceof NotAValue) throw new OutOfBounds(path, error.fact)
      throw error
    }
  }
  const read = (id: number) =>
    ((slots[base + Math.floor(id / eachSlot)] ?? 0) >>> ((id % eachSlot) * bitsEach)) & mask
  return {
    get: (member) => {
      const id = universe === undefined ? codeOf(member) : universe.numberOf(member)
      return id < 0 ? 0 : read(id)
    },
    put: (member, code) => {
      const id = codeOf(member)
      const slot = base + Math.floor(id / eachSlot)
      const shift = (id % eachSlot) * bitsEach
      slots[slot] = ((slots[slot] ?? 0) & ~(mask << shift)) | (code << shift)
    },
    clear: () => {
      slots.fill(0, base, base + count)
    },
    present: () => {
      const ids: number[] = []
      const room = roomOf(members, universes)
      for (let id = 0; id < room; id++) if (read(id) !== 0) ids.push(id)
      if (universe === undefined) return ids.map((id) => members.decode(id) as unknown)
      ids.sort((one, other) => (universe.before(one, other) ? -1 : 1))
      return ids.map((id) => universe.valueOf(id))
    },
  }
}

function setPlace(table: TablePlace): SetPlace<unknown> {
  const place: SetPlace<unknown> = {
    get size() {
      return table.present().length
    },
    has: (member) => table.get(member) === 1,
    hasAll: (members) => [...members].every((member) => table.get(member) === 1),
    add: (member) => {
      table.put(member, 1)
    },
    delete: (member) => {
      if (table.get(member) === 1) table.put(member, 0)
    },
    clear: table.clear,
    every: (holds) => table.present().every((member) => holds(member)),
    some: (holds) => table.present().some((member) => holds(member)),
    count: (holds) => table.present().filter((member) => holds(member)).length,
    value: () => new Set(table.present()),
    assign: (members) => {
      const kept = [...members]
      table.clear()
      for (const member of kept) table.put(member, 1)
    },
    [Symbol.iterator]: () => table.present()[Symbol.iterator](),
  }
  return Object.freeze(place)
}

function bagPlace(table: TablePlace, max: number, path: string): BagPlace<unknown> {
  const place: BagPlace<unknown> = {
    get size() {
      return table.present().reduce((all: number, member) => all + table.get(member), 0)
    },
    count: (member) => table.get(member),
    has: (member) => table.get(member) > 0,
    add: (member) => {
      const before = table.get(member)
      if (before === max)
        throw new OutOfBounds(
          path,
          `${JSON.stringify(member)} is there ${String(max)} times already`,
        )
      table.put(member, before + 1)
    },
    remove: (member) => {
      const before = table.get(member)
      if (before === 0) throw new OutOfBounds(path, `${JSON.stringify(member)} is not there`)
      table.put(member, before - 1)
    },
    clear: table.clear,
    every: (holds) => table.present().every((member) => holds(member, table.get(member))),
    some: (holds) => table.present().some((member) => holds(member, table.get(member))),
    value: () => new Map(table.present().map((member) => [member, table.get(member)])),
    assign: (counts) => {
      const kept = [...counts]
      table.clear()
      for (const [member, count] of kept) table.put(member, count)
    },
    [Symbol.iterator]: () => table.present()[Symbol.iterator](),
  }
  return Object.freeze(place)
}

/** What maps share: everything that follows from the keys, `get` and `set`. */
function mapPlace(
  keys: () => readonly unknown[],
  get: (key: unknown) => unknown,
  set: (key: unknown, value: unknown) => void,
): MapPlace<unknown, unknown, unknown> {
  return Object.freeze({
    get keys() {
      return keys()
    },
    get,
    set,
    fill: (value: unknown) => {
      for (const key of keys()) set(key, value)
    },
    every: (holds: (value: unknown, key: unknown) => boolean) =>
      keys().every((key) => holds(get(key), key)),
    some: (holds: (value: unknown, key: unknown) => boolean) =>
      keys().some((key) => holds(get(key), key)),
    count: (holds: (value: unknown, key: unknown) => boolean) =>
      keys().filter((key) => holds(get(key), key)).length,
    value: () => new Map(keys().map((key) => [key, plainOf(get(key))])),
    assign: (value: ReadonlyMap<unknown, unknown>) => {
      for (const key of new Set([...keys(), ...value.keys()])) set(key, value.get(key))
    },
  })
}

function listedMap(
  keys: AnyLayout,
  of: AnyLayout,
  slots: Slots,
  base: number,
  path: string,
  universes: Universes,
): MapPlace<unknown, unknown, unknown> {
  const all = Array.from({ length: keys.size }, (_, key) => keys.decode(key) as unknown)
  const step = slotsOf(of, universes).length
  const indexOf = (key: unknown): number => {
    try {
      return keys.encode(key)
    } catch (error) {
      if (error instanceof NotAValue) throw new OutOfBounds(path, `key ${error.fact}`)
      throw error
    }
  }
  if (isAtom(of)) {
    const atom = atomAt(of, slots, path, universes)
    return mapPlace(
      () => all,
      (key) => atom.get(base + indexOf(key)),
      (key, value) => {
        atom.set(base + indexOf(key), value)
      },
    )
  }
  const places = all.map((key, index) =>
    placeOf(of, slots, base + index * step, `${path}[${String(key)}]`, universes),
  )
  return mapPlace(
    () => all,
    (key) => places[indexOf(key)],
    (key, value) => {
      const place = places[indexOf(key)]
      if (isStructure(place)) place.assign(value)
    },
  )
}

/** A map of which only the keys that were written are there; at all others is the first value. */
function seenMap(
  layout: AnyLayout,
  keys: AnyLayout,
  of: AnyLayout,
  slots: Slots,
  base: number,
  path: string,
  universes: Universes,
): MapPlace<unknown, unknown, unknown> {
  const table = tablePlace(layout, keys, slots, base, path, universes)
  const atom = atomAt(of, slots, path, universes)
  return mapPlace(
    () => table.present(),
    (key) => atom.valueOf(table.get(key)),
    (key, value) => {
      table.put(key, atom.codeOf(value))
    },
  )
}
