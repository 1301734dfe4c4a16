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
  let alike = 1
  return {
    canonical: (words, offset, out) => {
      for (let word = 0; word < out.length; word++) out[word] = words[offset + word]!
      alike = 1
      for (const sort of sorters) alike *= sort(out)
    },
    get represented() {
      return exchanges / alike
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

/** Sorts the elements of a kind by their fields. Answers in how many orders they would be sorted. */
function sorter(kind: Kind, all: readonly Field[][], words: number): (state: Int32Array) => number {
  const { count } = kind
  const fields = all.slice(kind.offset, kind.offset + count)
  const each = fields[0]?.length ?? 0
  const column = (pick: (field: Field) => number) => Int32Array.from(fields.flat().map(pick))
  const word = column((field) => field.word)
  const shift = column((field) => field.shift)
  const mask = column((field) => (field.bits === 32 ? -1 : 2 ** field.bits - 1))
  const rest = new Int32Array(words).fill(-1)
  for (const field of word.keys()) rest[word[field]!]! &= ~(mask[field]! << shift[field]!)
  const data = new Int32Array(count * each)
  const order = new Int32Array(count)
  const ways = () => {
    let all = 1
    for (let place = 1, run = 1; place < count; place++) {
      run = compare(data, order[place - 1]! * each, order[place]! * each, each) === 0 ? run + 1 : 1
      all *= run
    }
    return all
  }
  return (state) => {
    let sorted = true
    for (let field = 0; field < data.length; field++)
      data[field] = (state[word[field]!]! >>> shift[field]!) & mask[field]!
    for (let place = 0; place < count; place++) {
      let at = place
      for (; at > 0 && compare(data, order[at - 1]! * each, place * each, each) > 0; at--) {
        order[at] = order[at - 1]!
        sorted = false
      }
      order[at] = place
    }
    if (sorted) return ways()
    for (let at = 0; at < words; at++) state[at]! &= rest[at]!
    for (let place = 0, field = 0; place < count; place++)
      for (let from = order[place]! * each, i = 0; i < each; i++, field++)
        state[word[field]!]! |= data[from + i]! << shift[field]!
    return ways()
  }
}

function compare(data: Int32Array, one: number, other: number, length: number): number {
  for (let i = 0; i < length; i++) {
    const difference = data[one + i]! - data[other + i]!
    if (difference !== 0) return difference
  }
  return 0
}
