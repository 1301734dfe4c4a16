import { countUpTo } from './collections.ts'
import { tablePlace } from './closure-table.ts'
import { format } from './format.ts'
import type { AnyLayout, Shape } from './layout.ts'
import { OutOfBounds, ofVariable } from './not-a-value.ts'
import type { BagPlace, SetPlace } from './places.ts'
import type { Site } from './site.ts'
import { entriesOf, listOf } from './whole.ts'

/** A set: a bit for each member. */
export function setPlace(site: Site, of: AnyLayout): SetPlace<unknown> {
  const table = tablePlace(site, of)
  return Object.freeze({
    get size() {
      return table.present().length
    },
    has: (member: unknown) => table.get(member) === 1,
    hasAll: (members: Iterable<unknown>) => [...members].every((member) => table.get(member) === 1),
    add: (member: unknown) => table.put(member, 1),
    delete: (member: unknown) => {
      if (table.get(member) === 1) table.put(member, 0)
    },
    clear: table.clear,
    every: (holds: (member: unknown) => boolean) => table.present().every((one) => holds(one)),
    some: (holds: (member: unknown) => boolean) => table.present().some((one) => holds(one)),
    count: (holds: (member: unknown) => boolean) =>
      table.present().filter((one) => holds(one)).length,
    value: () => new Set(table.present()),
    assign: (members: Iterable<unknown>) => {
      const ids = membersOf(site.path, members).map(table.idOf)
      table.clear()
      for (const id of ids) table.putAt(id, 1)
    },
    [Symbol.iterator]: () => table.present()[Symbol.iterator](),
  })
}

export function membersOf(path: string, members: unknown): readonly unknown[] {
  try {
    return listOf('a set', members)
  } catch (error) {
    throw ofVariable(path, error)
  }
}

type Bag = Extract<Shape, { readonly kind: 'bagOf' }>

/** A bag: a small count for each value. */
export function bagPlace(site: Site, { of, max }: Bag): BagPlace<unknown> {
  const { path } = site
  const table = tablePlace(site, of)
  return Object.freeze({
    get size() {
      return table.present().reduce((all: number, member) => all + table.get(member), 0)
    },
    count: (member: unknown) => table.get(member),
    has: (member: unknown) => table.get(member) > 0,
    add: (member: unknown, times = 1) => {
      const id = table.idOf(member)
      const after = table.keptAt(id) + times
      if (after > max) throw new OutOfBounds(path, tooOften(of, member, max, after - times))
      table.putAt(id, after)
    },
    remove: (member: unknown) => {
      const before = table.get(member)
      if (before === 0) throw new OutOfBounds(path, notThere(of, member))
      table.put(member, before - 1)
    },
    clear: table.clear,
    every: (holds: (member: unknown, count: number) => boolean) =>
      table.present().every((member) => holds(member, table.get(member))),
    some: (holds: (member: unknown, count: number) => boolean) =>
      table.present().some((member) => holds(member, table.get(member))),
    value: () => new Map(table.present().map((member) => [member, table.get(member)])),
    assign: (counts: ReadonlyMap<unknown, number>) => {
      const entries = countsOf(path, max, counts)
      const ids = entries.map(([member]) => table.idOf(member))
      table.clear()
      for (const [index, id] of ids.entries()) table.putAt(id, entries[index]![1])
    },
    [Symbol.iterator]: () => table.present()[Symbol.iterator](),
  })
}

export function countsOf(
  path: string,
  max: number,
  counts: unknown,
): readonly (readonly [unknown, number])[] {
  try {
    const entries = entriesOf('a map of counts', counts)
    return entries.map(([member, count]) => [member, countUpTo(max, count)])
  } catch (error) {
    throw ofVariable(path, error)
  }
}

/** Why a member that is there `before` times cannot be there more often. */
export function tooOften(of: AnyLayout, member: unknown, max: number, before: number): string {
  const times = (count: number) => (count === 1 ? 'once' : `${count} times`)
  return before === max
    ? `${format(of, member)} is there ${times(max)} already`
    : `${format(of, member)} is there ${times(before)}, and ${times(max)} at most`
}

export function notThere(of: AnyLayout, member: unknown): string {
  return `${format(of, member)} is not there`
}
