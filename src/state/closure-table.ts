import { Codec } from './codec.ts'
import type { AnyLayout } from './layout.ts'
import { NotAValue, OutOfBounds, ofVariable } from './not-a-value.ts'
import { bitsEachOf, roomOf, tableOf } from './plan.ts'
import type { Site } from './site.ts'

/** A number below a bound for each member that there is room for: 1 bit for sets, more for bags. */
export interface TablePlace {
  /** What is kept for a member, 0 if nothing ever was. */
  get(member: unknown): number
  put(member: unknown, kept: number): void
  idOf(member: unknown): number
  keptAt(id: number): number
  putAt(id: number, kept: number): void
  clear(): void
  /** The members for which something other than 0 is kept, in the order of their layout. */
  present(): readonly unknown[]
}

export function tablePlace(site: Site, members: AnyLayout, what = ''): TablePlace {
  const { slots, base, universes } = site
  const bits = bitsEachOf(site.layout, universes)
  const table = tableOf(members, bits, universes)
  const room = roomOf(members, universes)
  const mask = bits === 32 ? -1 : 2 ** bits - 1
  const codec = Codec.ofMembers(members, universes)
  const guarded = (code: (member: unknown) => number) => (member: unknown) => {
    try {
      return code(member)
    } catch (error) {
      throw keyError(site.path, what, error)
    }
  }
  const idOf = guarded((member) => codec.codeOf(member))
  const find = guarded((member) => codec.findCode(member))
  const slotOf = (id: number) => base + Math.floor(id / table.eachSlot)
  const shiftOf = (id: number) => (id % table.eachSlot) * bits
  const read = (id: number) => (slots[slotOf(id)]! >>> shiftOf(id)) & mask
  const putAt = (id: number, kept: number) => {
    const others = slots[slotOf(id)]! & ~(mask << shiftOf(id))
    slots[slotOf(id)] = others | (kept << shiftOf(id))
  }
  return {
    get: (member) => {
      const id = find(member)
      return id < 0 ? 0 : read(id)
    },
    put: (member, kept) => putAt(idOf(member), kept),
    idOf,
    keptAt: read,
    putAt,
    clear: () => {
      slots.fill(0, base, base + table.slots)
    },
    present: () => {
      const ids = Array.from({ length: room }, (_, id) => id).filter((id) => read(id) !== 0)
      const inOrder = codec.universe?.inOrder(ids) ?? ids
      return inOrder.map((id) => codec.valueOf(id))
    },
  }
}

/** What is wrong with a member or, where `what` says so, a key. */
export function keyError(path: string, what: string, thrown: unknown): unknown {
  if (what === '' || !(thrown instanceof NotAValue)) return ofVariable(path, thrown)
  const part = thrown.part === '' ? '' : `${thrown.part}:`
  return new OutOfBounds(path, `${what}${part} ${thrown.fact}`)
}
