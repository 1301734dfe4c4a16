import type { AnyLayout } from './layout.ts'
import { isAtom, isDirect, isListed } from './layout.ts'
import type { Universes } from './universes.ts'

/**
 * Where each part of a state lies. While a state is worked on, each atom has a slot of its own in
 * an `Int32Array`; between times, states are packed into as few 32-bit words as the bits allow.
 */
export interface Plan {
  /** The bits of each slot. */
  readonly bits: readonly number[]
  /** The word of each slot and the lowest of its bits in there. */
  readonly word: readonly number[]
  readonly shift: readonly number[]
  readonly words: number
  readonly universes: Universes
}

/** How many members a table has room for. */
export function roomOf(members: AnyLayout, universes: Universes): number {
  return isListed(members) ? members.size : universes.of(members).capacity
}

/** The bits of a code below `size`. */
export function bitsFor(size: number): number {
  return Math.max(1, Math.ceil(Math.log2(size)))
}

export function bitsOfAtom(atom: AnyLayout, universes: Universes): number {
  return bitsFor(isDirect(atom) ? atom.size : universes.of(atom).capacity)
}

/** A table of small codes: sets, bags, and maps of which not all keys are listed. */
export interface Table {
  readonly bitsEach: number
  readonly eachSlot: number
  readonly slots: number
}

export function tableOf(members: AnyLayout, bitsEach: number, universes: Universes): Table {
  const eachSlot = Math.floor(32 / bitsEach)
  return { bitsEach, eachSlot, slots: Math.ceil(roomOf(members, universes) / eachSlot) }
}

export function bitsEachOf(layout: AnyLayout, universes: Universes): number {
  const shape = layout.shape
  if (shape.kind === 'setOf') return 1
  if (shape.kind === 'bagOf') return bitsFor(shape.max + 1)
  if (shape.kind === 'mapOf') return bitsOfAtom(shape.of, universes)
  throw new TypeError(`${shape.kind} is not kept in a table`)
}

/** The bits of each slot of a layout, in order. */
export function slotsOf(layout: AnyLayout, universes: Universes): readonly number[] {
  if (isAtom(layout)) return [bitsOfAtom(layout, universes)]
  const shape = layout.shape
  switch (shape.kind) {
    case 'record':
      return Object.values(shape.fields).flatMap((field) => slotsOf(field, universes))
    case 'seqOf': {
      const one = bitsOfAtom(shape.of, universes)
      return [bitsFor(shape.max + 1), ...Array<number>(shape.max).fill(one)]
    }
    case 'mapOf': {
      if (!isListed(shape.keys)) {
        if (!isAtom(shape.of))
          throw new RangeError('mapOf(): with so many keys, values are in one piece: packed(...)')
        return slotsOfTable(layout, shape.keys, universes)
      }
      const one = slotsOf(shape.of, universes)
      return Array.from({ length: shape.keys.size }, () => one).flat()
    }
    case 'setOf':
    case 'bagOf':
      return slotsOfTable(layout, shape.of, universes)
    default:
      throw new TypeError(`${shape.kind} has no slots`)
  }
}

function slotsOfTable(layout: AnyLayout, members: AnyLayout, universes: Universes) {
  const table = tableOf(members, bitsEachOf(layout, universes), universes)
  const room = roomOf(members, universes)
  return Array.from({ length: table.slots }, (_, slot) => {
    const here = Math.min(table.eachSlot, room - slot * table.eachSlot)
    return here * table.bitsEach
  })
}

/** Lays slots into words: the widest first, each into the first word that has room for it. */
export function plan(bits: readonly number[], universes: Universes): Plan {
  const order = bits.map((_, slot) => slot)
  order.sort((one, other) => (bits[other] ?? 0) - (bits[one] ?? 0) || one - other)
  const used: number[] = []
  const word: number[] = []
  const shift: number[] = []
  for (const slot of order) {
    const need = bits[slot] ?? 0
    let fits = used.findIndex((already) => already + need <= 32)
    if (fits < 0) fits = used.push(0) - 1
    word[slot] = fits
    shift[slot] = used[fits] ?? 0
    used[fits] = (used[fits] ?? 0) + need
  }
  return { bits, word, shift, words: Math.max(1, used.length), universes }
}
