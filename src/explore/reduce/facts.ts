import type { AnyLayout, Variables } from '../../state/index.ts'
import { isAtom, isDirect, isListed } from '../../state/layout.ts'
import type { Universes } from '../../state/universes.ts'
import { bitsEachOf, roomOf, slotsOf, tableOf } from '../../state/plan.ts'
import { mix, mixText } from './hash.ts'
import type { Identities } from './identities.ts'
import { mentions } from './identities.ts'
import type { Parts } from './parts.ts'
import { partsOf } from './parts.ts'

/**
 * What a state says about its identities, as a list: each fact is a hash of what is said and the
 * elements of which it is said, in their roles. A state with its identities exchanged has the same
 * facts about the exchanged elements.
 */
export class Facts {
  count = 0
  /** What is said by each fact. */
  readonly said: number[] = []
  /** Elements and roles of fact `f` begin here, and end where those of the next begin. */
  readonly from: number[] = [0]
  readonly elements: number[] = []
  readonly roles: number[] = []
  #filled = 0

  clear(): void {
    this.count = 0
    this.#filled = 0
  }

  /** Says something of the elements of all these parts. */
  say(what: number, ...about: readonly (Parts | undefined)[]): void {
    const before = this.#filled
    let said = what
    for (let place = 0; place < about.length; place++) {
      const parts = about[place]
      if (parts === undefined) continue
      said = mix(said, parts.form)
      for (let i = 0; i < parts.elements.length; i++) {
        this.elements[this.#filled] = parts.elements[i]!
        this.roles[this.#filled++] = mix(parts.roles[i]!, place)
      }
    }
    if (this.#filled === before) return
    this.said[this.count++] = said
    this.from[this.count] = this.#filled
  }
}

/** Adds what some slots say. */
type Say = (slots: Int32Array, facts: Facts) => void

/** A function that lists what a state says about identities. */
export function factsOf(variables: Variables, universes: Universes, identities: Identities): Say {
  const context: Context = { universes, identities }
  const says: Say[] = []
  let base = 0
  for (const [name, layout] of Object.entries(variables)) {
    says.push(...saying(layout, base, mixText(0, name), undefined, context))
    base += slotsOf(layout, universes).length
  }
  return (slots, facts) => {
    facts.clear()
    for (const say of says) say(slots, facts)
  }
}

interface Context {
  readonly universes: Universes
  readonly identities: Identities
}

/** `place` is a hash of the way to the slots, `of` the identities on that way: keys of maps. */
function saying(
  layout: AnyLayout,
  base: number,
  place: number,
  of: Parts | undefined,
  context: Context,
): Say[] {
  const shape = layout.shape
  if (isAtom(layout)) return sayAtom(layout, base, place, of, context)
  switch (shape.kind) {
    case 'record': {
      let at = base
      return Object.entries(shape.fields).flatMap(([name, field]) => {
        const says = saying(field, at, mixText(place, name), of, context)
        at += slotsOf(field, context.universes).length
        return says
      })
    }
    case 'seqOf':
      return saySequence(shape.of, shape.max, base, place, of, context)
    case 'mapOf':
      if (!isListed(shape.keys)) return sayTable(layout, shape.keys, base, place, of, context)
      return sayListed(shape.keys, shape.of, base, place, of, context)
    case 'setOf':
    case 'bagOf':
      return sayTable(layout, shape.of, base, place, of, context)
    default:
      throw new TypeError(`${shape.kind} has no slots`)
  }
}

function sayAtom(
  layout: AnyLayout,
  slot: number,
  place: number,
  of: Parts | undefined,
  context: Context,
): Say[] {
  if (mentions(layout, context.identities)) {
    const parts = partsOfAtom(layout, context)
    return [
      (slots, facts) => {
        facts.say(place, of, parts(slots[slot]!))
      },
    ]
  }
  if (of === undefined) return []
  return [
    (slots, facts) => {
      facts.say(mix(place, slots[slot]!), of)
    },
  ]
}

function saySequence(
  item: AnyLayout,
  max: number,
  base: number,
  place: number,
  of: Parts | undefined,
  context: Context,
): Say[] {
  const items = Array.from({ length: max }, (_, position) =>
    sayAtom(item, base + 1 + position, mix(place, position), of, context),
  )
  return [
    (slots, facts) => {
      const length = slots[base]!
      if (of !== undefined) facts.say(mix(place, ~length), of)
      for (let position = 0; position < length; position++)
        for (const say of items[position]!) say(slots, facts)
    },
  ]
}

function sayListed(
  keys: AnyLayout,
  layout: AnyLayout,
  base: number,
  place: number,
  of: Parts | undefined,
  context: Context,
): Say[] {
  const keyParts = partsOf(keys, context.identities)
  const step = slotsOf(layout, context.universes).length
  return Array.from({ length: keys.size }, (_, key) => {
    const parts = keyParts(keys.decode(key))
    const about = of === undefined ? parts : both(of, parts)
    const here = mix(place, parts.form)
    const nobody = about.elements.length === 0
    return saying(layout, base + key * step, here, nobody ? undefined : about, context)
  }).flat()
}

function both(one: Parts, other: Parts): Parts {
  return {
    form: mix(one.form, other.form),
    elements: [...one.elements, ...other.elements],
    roles: [...one.roles, ...other.roles.map((role) => mix(role, 1))],
  }
}

function sayTable(
  layout: AnyLayout,
  members: AnyLayout,
  base: number,
  place: number,
  of: Parts | undefined,
  context: Context,
): Say[] {
  const { universes, identities } = context
  const value = layout.shape.kind === 'mapOf' ? layout.shape.of : undefined
  const named = value !== undefined && mentions(value, identities)
  if (of === undefined && !named && !mentions(members, identities)) return []
  const { bitsEach, eachSlot } = tableOf(members, bitsEachOf(layout, universes), universes)
  const mask = bitsEach === 32 ? -1 : 2 ** bitsEach - 1
  const room = roomOf(members, universes)
  const memberParts = partsOfMember(members, context)
  const valueParts = named ? partsOfAtom(value, context) : undefined
  return [
    (slots, facts) => {
      for (let slot = base, first = 0; first < room; slot++, first += eachSlot) {
        let rest = slots[slot]!
        for (let one = first; rest !== 0; one++, rest = bitsEach === 32 ? 0 : rest >>> bitsEach) {
          const code = rest & mask
          if (code === 0) continue
          if (valueParts === undefined) facts.say(mix(place, code), of, memberParts(one))
          else facts.say(place, of, memberParts(one), valueParts(code))
        }
      }
    },
  ]
}

/** The parts of what is kept in a slot, remembered. */
function partsOfAtom(layout: AnyLayout, context: Context): (code: number) => Parts {
  return partsOfCode(layout, isDirect(layout), context)
}

function partsOfMember(members: AnyLayout, context: Context): (id: number) => Parts {
  return partsOfCode(members, isListed(members), context)
}

function partsOfCode(
  layout: AnyLayout,
  direct: boolean,
  { universes, identities }: Context,
): (code: number) => Parts {
  const parts = partsOf(layout, identities)
  const universe = direct ? undefined : universes.of(layout)
  const known = new Map<number, Parts>()
  return (code) => {
    const before = known.get(code)
    if (before !== undefined) return before
    if (universe !== undefined && code >= universe.count) return UNSET
    const made = parts(universe === undefined ? layout.decode(code) : universe.valueOf(code))
    known.set(code, made)
    return made
  }
}

/** Of what was never written. */
const UNSET: Parts = { form: 0, elements: [], roles: [] }
