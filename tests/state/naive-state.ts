import type { AnyLayout } from '../../src/state/index.ts'
import { firstOf } from '../../src/state/index.ts'
import { isAtom } from '../../src/state/layout.ts'
import { isValue, textOf } from './random-layouts.ts'

/** What goes on in a state: the way to a place, then what is done there. */
export interface Operation {
  /** Names of variables and fields, and keys of maps. */
  readonly way: readonly Stop[]
  readonly method: string
  readonly given: readonly unknown[]
  /** The layout of the place. */
  readonly layout: AnyLayout
}

export type Stop = { readonly name: string } | { readonly key: unknown }

export class Refused extends Error {}

/** A state of plain maps and lists, slow and obvious. Throws `Refused` where an error is due. */
export type Naive =
  | { readonly layout: AnyLayout; value: unknown }
  | { readonly layout: AnyLayout; readonly fields: Map<string, Naive> }
  | { readonly layout: AnyLayout; entries: Map<string, { key: unknown; at: Naive }> }

export function naive(layout: AnyLayout, value: unknown = firstOf(layout)): Naive {
  const shape = layout.shape
  if (isAtom(layout)) return { layout, value }
  if (shape.kind === 'record') {
    const given = value as Readonly<Record<string, unknown>>
    const fields = Object.entries(shape.fields)
    return { layout, fields: new Map(fields.map(([name, of]) => [name, naive(of, given[name])])) }
  }
  if (shape.kind === 'mapOf') {
    const given = [...(value as ReadonlyMap<unknown, unknown>)]
    return {
      layout,
      entries: new Map(given.map(([key, one]) => [textOf(key), { key, at: naive(shape.of, one) }])),
    }
  }
  return { layout, value }
}

/** The plain value of a part of the state. */
export function valueOf(at: Naive): unknown {
  if ('value' in at) return at.value
  if ('fields' in at)
    return Object.fromEntries([...at.fields].map(([name, field]) => [name, valueOf(field)]))
  return new Map(there(at.layout, at.entries).map(({ key, at: inner }) => [key, valueOf(inner)]))
}

type Entries = Map<string, { key: unknown; at: Naive }>

/** Of maps of which not all keys are listed, those count that are not at the first value. */
function there(layout: AnyLayout, entries: Entries) {
  const shape = layout.shape as { keys: AnyLayout; of: AnyLayout }
  const all = [...entries.values()]
  if (shape.keys.size <= 512) return all
  return all.filter(({ at }) => textOf(valueOf(at)) !== textOf(firstOf(shape.of)))
}

/** Does something in a state; answers the new state of the part, and what is read. */
export function perform(
  at: Naive,
  operation: Pick<Operation, 'way' | 'method' | 'given'>,
): [Naive, unknown] {
  const { method, given } = operation
  const [stop, ...rest] = operation.way
  if (stop === undefined) return here(at, method, given)
  if ('name' in stop && 'fields' in at) {
    const [next, answer] = perform(at.fields.get(stop.name)!, { way: rest, method, given })
    at.fields.set(stop.name, next)
    return [at, answer]
  }
  if ('key' in stop && 'entries' in at) {
    const entry = at.entries.get(textOf(stop.key))
    if (entry === undefined) throw new Refused()
    const [next, answer] = perform(entry.at, { way: rest, method, given })
    entry.at = next
    return [at, answer]
  }
  throw new Error('no such way')
}

function here(at: Naive, method: string, given: readonly unknown[]): [Naive, unknown] {
  const { layout } = at
  if (method === 'read') return [at, valueOf(at)]
  if (method === 'write') return [naive(layout, checked(layout, given[0])), undefined]
  const shape = layout.shape
  if ('entries' in at && shape.kind === 'mapOf')
    return mapMethod(at, shape.keys, shape.of, method, given)
  const value = (at as { value: unknown }).value
  if (shape.kind === 'seqOf') {
    const list = [...(value as readonly unknown[])]
    const answer = listMethod(list, shape.of, shape.max, method, given)
    return [{ layout, value: list }, answer]
  }
  if (shape.kind === 'setOf') {
    const set = new Map([...(value as Set<unknown>)].map((one) => [textOf(one), one]))
    const answer = setMethod(set, shape.of, method, given)
    return [{ layout, value: new Set(set.values()) }, answer]
  }
  if (shape.kind !== 'bagOf') throw new Error('no such place')
  const bag = new Map(
    [...(value as Map<unknown, number>)].map(([one, count]) => [textOf(one), { one, count }]),
  )
  const answer = bagMethod(bag, shape.of, shape.max, method, given)
  const counts = [...bag.values()].filter(({ count }) => count > 0)
  return [{ layout, value: new Map(counts.map(({ one, count }) => [one, count])) }, answer]
}

function checked(layout: AnyLayout, value: unknown): unknown {
  const shape = layout.shape
  // Sets and sequences take whatever can be walked.
  if (isAtom(layout) || !['setOf', 'seqOf'].includes(shape.kind)) {
    if (!isValue(layout, value)) throw new Refused()
    return value
  }
  if (typeof value !== 'object' || value === null || !(Symbol.iterator in value))
    throw new Refused()
  const list = [...(value as Iterable<unknown>)]
  const of = (shape as { of: AnyLayout }).of
  if (!list.every((one) => isValue(of, one))) throw new Refused()
  if (shape.kind === 'setOf')
    return new Set(new Map(list.map((one) => [textOf(one), one])).values())
  if (!isValue(layout, list)) throw new Refused()
  return list
}

/** A question about a value that is as good as any. */
export function pleases(...given: readonly unknown[]): boolean {
  const text = given.map(textOf).join()
  let sum = 0
  for (const letter of text) sum += letter.charCodeAt(0)
  return sum % 5 !== 0
}

function mapMethod(
  at: Naive & { entries: Entries },
  keys: AnyLayout,
  of: AnyLayout,
  method: string,
  given: readonly unknown[],
): [Naive, unknown] {
  const listed = keys.size <= 512
  const all = there(at.layout, at.entries)
  const holds = ({ key, at: inner }: { key: unknown; at: Naive }) => pleases(valueOf(inner), key)
  if (method === 'keys') return [at, new Set(all.map(({ key }) => key))]
  if (method === 'every') return [at, all.every(holds)]
  if (method === 'some') return [at, all.some(holds)]
  if (method === 'count') return [at, all.filter(holds).length]
  if (method === 'fill') {
    if (all.length > 0) checked(of, given[0])
    for (const entry of all) entry.at = naive(of, checked(of, given[0]))
    return [at, undefined]
  }
  const [key, one] = given
  if (!isValue(keys, key)) throw new Refused()
  const entry = at.entries.get(textOf(key))
  if (method === 'get')
    return [at, entry === undefined && !listed ? firstOf(of) : valueOf(entry!.at)]
  at.entries.set(textOf(key), { key: entry?.key ?? key, at: naive(of, checked(of, one)) })
  return [at, undefined]
}

function listMethod(
  list: unknown[],
  of: AnyLayout,
  max: number,
  method: string,
  given: readonly unknown[],
): unknown {
  const position = (at: unknown): number => {
    if (!Number.isInteger(at) || Number(at) < 0 || Number(at) >= list.length) throw new Refused()
    return Number(at)
  }
  switch (method) {
    case 'length':
      return list.length
    case 'full':
      return list.length === max
    case 'at':
      return list[position(given[0])]
    case 'last':
      return list[position(list.length - 1)]
    case 'put':
      list[position(given[0])] = member(of, given[1])
      return
    case 'push':
      if (list.length === max) throw new Refused()
      list.push(member(of, given[0]))
      return
    case 'shift':
      position(0)
      return list.shift()
    case 'pop':
      position(0)
      return list.pop()
    case 'remove':
      list.splice(position(given[0]), 1)
      return
    case 'truncate':
      if (!Number.isInteger(given[0]) || Number(given[0]) < 0) throw new Refused()
      list.length = Math.min(list.length, Number(given[0]))
      return
    case 'clear':
      list.length = 0
      return
    case 'every':
      return list.every((one, at) => pleases(one, at))
    case 'some':
      return list.some((one, at) => pleases(one, at))
    default:
      return [...list]
  }
}

function setMethod(
  set: Map<string, unknown>,
  of: AnyLayout,
  method: string,
  given: readonly unknown[],
): unknown {
  const members = [...set.values()]
  switch (method) {
    case 'size':
      return set.size
    case 'has':
      return set.has(textOf(member(of, given[0])))
    case 'hasAll': {
      for (const one of given[0] as readonly unknown[])
        if (!set.has(textOf(member(of, one)))) return false
      return true
    }
    case 'add':
      set.set(textOf(given[0]), member(of, given[0]))
      return
    case 'delete':
      set.delete(textOf(member(of, given[0])))
      return
    case 'clear':
      set.clear()
      return
    case 'every':
      return members.every((one) => pleases(one))
    case 'some':
      return members.some((one) => pleases(one))
    case 'count':
      return members.filter((one) => pleases(one)).length
    default:
      return new Set(members)
  }
}

function bagMethod(
  bag: Map<string, { one: unknown; count: number }>,
  of: AnyLayout,
  max: number,
  method: string,
  given: readonly unknown[],
): unknown {
  const all = [...bag.values()]
  const counted = () => bag.get(textOf(member(of, given[0])))?.count ?? 0
  switch (method) {
    case 'size':
      return all.reduce((sum, { count }) => sum + count, 0)
    case 'count':
      return counted()
    case 'has':
      return counted() > 0
    case 'add': {
      const count = counted() + ((given[1] as number | undefined) ?? 1)
      if (count > max) throw new Refused()
      bag.set(textOf(given[0]), { one: given[0], count })
      return
    }
    case 'remove':
      if (counted() === 0) throw new Refused()
      bag.set(textOf(given[0]), { one: given[0], count: counted() - 1 })
      return
    case 'clear':
      bag.clear()
      return
    case 'every':
      return all.every(({ one, count }) => count === 0 || pleases(one, count))
    case 'some':
      return all.some(({ one, count }) => count > 0 && pleases(one, count))
    default:
      return new Set(all.filter(({ count }) => count > 0).map(({ one }) => one))
  }
}

function member(of: AnyLayout, value: unknown): unknown {
  if (!isValue(of, value)) throw new Refused()
  return value
}
