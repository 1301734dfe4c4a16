import type { AnyLayout, StateType, Variables } from '../../state/index.ts'
import { isAtom, isListed } from '../../state/layout.ts'
import type { Plan } from '../../state/plan.ts'
import { bitsEachOf, roomOf, slotsOf, tableOf } from '../../state/plan.ts'
import type { Canonical } from './canonical.ts'
import { exchangesOf } from './canonical.ts'
import type { Identities, Kind } from './identities.ts'
import { mentions } from './identities.ts'
import { partsOf } from './parts.ts'

/** A few bits of a packed state. */
interface Field {
  readonly word: number
  readonly shift: number
  readonly bits: number
}

/**
 * The canonical form of states in which each bit is about one element at most, as where every
 * process has variables of its own and nobody names another: the elements are sorted by their bits.
 * It works on packed states. `undefined` where bits are about several elements.
 */
export function separableForm(
  type: StateType<Variables>,
  identities: Identities,
): Canonical | undefined {
  const fields: Field[][] = Array.from({ length: identities.count }, () => [])
  let base = 0
  for (const layout of Object.values(type.variables)) {
    if (!separate(layout, base, undefined, type.plan, identities, fields)) return undefined
    base += slotsOf(layout, type.plan.universes).length
  }
  const sorters = identities.kinds.map((kind) => sorter(kind, fields, type.plan.words))
  const exchanges = exchangesOf(identities)
  return {
    canonical: (words, offset, out) => {
      for (let word = 0; word < out.length; word++) out[word] = words[offset + word]!
      for (const one of sorters) one.sort(out)
    },
    get represented() {
      return sorters.reduce((left, one) => left / one.orders(), exchanges)
    },
    ties: 0,
  }
}

/** Gives each element its fields, in an order that is the same for all. False: it cannot be done. */
function separate(
  layout: AnyLayout,
  base: number,
  of: number | undefined,
  plan: Plan,
  identities: Identities,
  fields: Field[][],
): boolean {
  const shape = layout.shape
  const own = (slot: number, lowest = 0, bits = plan.bits[slot]!) => {
    if (of === undefined) return
    fields[of]!.push({ word: plan.word[slot]!, shift: plan.shift[slot]! + lowest, bits })
  }
  if (isAtom(layout)) {
    if (mentions(layout, identities)) return false
    own(base)
    return true
  }
  switch (shape.kind) {
    case 'record': {
      let at = base
      return Object.values(shape.fields).every((field) => {
        const done = separate(field, at, of, plan, identities, fields)
        at += slotsOf(field, plan.universes).length
        return done
      })
    }
    case 'seqOf':
      if (mentions(shape.of, identities)) return false
      for (let slot = base; slot <= base + shape.max; slot++) own(slot)
      return true
    case 'mapOf':
      if (!isListed(shape.keys))
        return separateTable(layout, shape.keys, base, of, plan, identities, fields)
      return separateListed(shape.keys, shape.of, base, of, plan, identities, fields)
    case 'setOf':
    case 'bagOf':
      return separateTable(layout, shape.of, base, of, plan, identities, fields)
    default:
      throw new TypeError(`${shape.kind} has no slots`)
  }
}

function separateListed(
  keys: AnyLayout,
  layout: AnyLayout,
  base: number,
  of: number | undefined,
  plan: Plan,
  identities: Identities,
  fields: Field[][],
): boolean {
  const step = slotsOf(layout, plan.universes).length
  return ownersOf(keys, of, identities, (key, owner) =>
    separate(layout, base + key * step, owner, plan, identities, fields),
  )
}

function separateTable(
  layout: AnyLayout,
  members: AnyLayout,
  base: number,
  of: number | undefined,
  plan: Plan,
  identities: Identities,
  fields: Field[][],
): boolean {
  const { universes } = plan
  if (layout.shape.kind === 'mapOf' && mentions(layout.shape.of, identities)) return false
  const { bitsEach, eachSlot } = tableOf(members, bitsEachOf(layout, universes), universes)
  const give = (member: number, owner: number | undefined): boolean => {
    if (owner === undefined) return true
    const slot = base + Math.floor(member / eachSlot)
    const shift = plan.shift[slot]! + (member % eachSlot) * bitsEach
    fields[owner]!.push({ word: plan.word[slot]!, shift, bits: bitsEach })
    return true
  }
  if (isListed(members)) return ownersOf(members, of, identities, give)
  if (mentions(members, identities)) return false
  for (let member = 0; member < roomOf(members, universes); member++) give(member, of)
  return true
}

/** Visits the numbers of a layout with the one element that each is about. */
function ownersOf(
  keys: AnyLayout,
  of: number | undefined,
  identities: Identities,
  visit: (key: number, owner: number | undefined) => boolean,
): boolean {
  const parts = partsOf(keys, identities)
  for (let key = 0; key < keys.size; key++) {
    const { elements } = parts(keys.decode(key))
    if (elements.length > 1 || (elements.length === 1 && of !== undefined)) return false
    if (!visit(key, elements[0] ?? of)) return false
  }
  return true
}

interface Sorter {
  /** Sorts the elements of a kind by their bits. */
  sort(state: Int32Array): void
  /** In how many orders those that were sorted last would be sorted. */
  orders(): number
}

/** The bits of each element are brought together in a few numbers, its key. */
function sorter(kind: Kind, all: readonly Field[][], words: number): Sorter {
  const { count } = kind
  const fields = all.slice(kind.offset, kind.offset + count)
  const places = placesIn(fields[0] ?? [])
  const length = Math.max(1, ...places.map(({ part }) => part + 1))
  const column = (pick: (field: Field, index: number) => number) =>
    Int32Array.from(fields.flatMap((own) => own.map(pick)))
  const word = column((field) => field.word)
  const shift = column((field) => field.shift)
  const mask = column((field) => (field.bits === 32 ? -1 : 2 ** field.bits - 1))
  const lowest = column((_, index) => places[index]!.lowest)
  const rest = new Int32Array(words).fill(-1)
  for (const field of word.keys()) rest[word[field]!]! &= ~(mask[field]! << shift[field]!)
  const keys = new Int32Array(count * length)
  /** Where the fields of each number of each key end, where those of the next begin. */
  const ends = new Int32Array(keys.length)
  for (let number = 0; number < ends.length; number++) {
    const upTo = places.filter(({ part }) => part <= number % length).length
    ends[number] = Math.floor(number / length) * places.length + upTo
  }
  const moving = new Int32Array(length)

  const gather = (state: Int32Array) => {
    for (let number = 0, field = 0; number < keys.length; number++) {
      let bits = 0
      for (const end = ends[number]!; field < end; field++)
        bits |= ((state[word[field]!]! >>> shift[field]!) & mask[field]!) << lowest[field]!
      keys[number] = bits
    }
  }
  const scatter = (state: Int32Array) => {
    for (let at = 0; at < words; at++) state[at]! &= rest[at]!
    for (let number = 0, field = 0; number < keys.length; number++) {
      const bits = keys[number]!
      for (const end = ends[number]!; field < end; field++)
        state[word[field]!]! |= ((bits >>> lowest[field]!) & mask[field]!) << shift[field]!
    }
  }
  return {
    sort: (state) => {
      gather(state)
      if (sortKeys(keys, moving)) scatter(state)
    },
    orders: () => {
      let all = 1
      for (let place = 1, run = 1; place < count; place++) {
        run = compareKeys(keys, place - 1, keys, place, length) === 0 ? run + 1 : 1
        all *= run
      }
      return all
    },
  }
}

/**
 * Sorts keys of as many numbers as `moving` has room for, which is where one is kept meanwhile.
 * Answers whether any of them was out of order. Few are: most states are successors of sorted ones.
 */
function sortKeys(keys: Int32Array, moving: Int32Array): boolean {
  const length = moving.length
  let moved = false
  for (let place = 1, from = length; from < keys.length; place++, from += length) {
    if (compareKeys(keys, place - 1, keys, place, length) <= 0) continue
    moved = true
    for (let i = 0; i < length; i++) moving[i] = keys[from + i]!
    let at = place
    for (; at > 0 && compareKeys(keys, at - 1, moving, 0, length) > 0; at--)
      for (let i = at * length; i < (at + 1) * length; i++) keys[i] = keys[i - length]!
    for (let i = 0; i < length; i++) keys[at * length + i] = moving[i]!
  }
  return moved
}

function compareKeys(
  keys: Int32Array,
  one: number,
  others: Int32Array,
  other: number,
  length: number,
): number {
  for (let i = 0; i < length; i++) {
    const left = keys[one * length + i]!
    const right = others[other * length + i]!
    if (left !== right) return left < right ? -1 : 1
  }
  return 0
}

/** Where in the key of an element each of its fields lies: in which number, and from which bit on. */
function placesIn(fields: readonly Field[]): readonly { part: number; lowest: number }[] {
  let part = 0
  let used = 0
  return fields.map(({ bits }) => {
    if (used + bits > 32) {
      part++
      used = 0
    }
    used += bits
    return { part, lowest: used - bits }
  })
}
