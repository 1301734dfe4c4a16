import type { AnyLayout, StateType, Variables } from '../../state/index.ts'
import { isAtom, isListed } from '../../state/layout.ts'
import type { Plan } from '../../state/plan.ts'
import { bitsEachOf, roomOf, slotsOf, tableOf } from '../../state/plan.ts'
import type { Canonical } from './canonical.ts'
import { exchangesOf } from './canonical.ts'
import type { Identities } from './identities.ts'
import { mentions } from './identities.ts'
import { partsOf } from './parts.ts'
import type { Field } from './sort-elements.ts'
import { sorter } from './sort-elements.ts'

/**
 * The canonical form of states in which each bit is about one element at most, as where every
 * process has variables of its own and nobody names another: the elements are sorted by their bits.
 * It works on packed states. `undefined` where bits are about several elements.
 *
 * @param generated whether code may be generated
 */
export function separableForm(
  type: StateType<Variables>,
  identities: Identities,
  generated = true,
): Canonical | undefined {
  const fields: Field[][] = Array.from({ length: identities.count }, () => [])
  let base = 0
  for (const layout of Object.values(type.variables)) {
    if (!separate(layout, base, undefined, type.plan, identities, fields)) return undefined
    base += slotsOf(layout, type.plan.universes).length
  }
  const sorters = identities.kinds.map((kind) => sorter(kind, fields, type.plan.words, generated))
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

/** Gives each element its fields, in the same order for all. False: it cannot be done. */
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
