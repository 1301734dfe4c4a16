import { isDeepStrictEqual } from 'node:util'

import type { Change } from '../core/story.ts'
import type { AnyLayout, Variables } from '../state/index.ts'
import { valueText } from './value-text.ts'

type Values = Readonly<Record<string, unknown>>

/** What differs between two states, part by part; parts that are the same are left out. */
export function diff(variables: Variables, before: Values, after: Values): readonly Change[] {
  return Object.keys(after).flatMap((name) =>
    changesOf(variables[name], name, before[name], after[name]),
  )
}

/** What differs between two values of a layout at a place that has a name. */
export function changesOf(
  layout: AnyLayout | undefined,
  place: string,
  before: unknown,
  after: unknown,
): readonly Change[] {
  if (isDeepStrictEqual(before, after)) return []
  const shape = layout?.shape
  switch (shape?.kind) {
    case 'record':
      return Object.entries(shape.fields).flatMap(([name, field]) =>
        changesOf(field, `${place}.${name}`, (before as Values)[name], (after as Values)[name]),
      )
    case 'mapOf':
      return mapChanges(shape, place, before as OpenMap, after as OpenMap)
    case 'setOf':
      return setChanges(shape.of, place, before as Iterable<unknown>, after as Iterable<unknown>)
    case 'bagOf':
      return bagChanges(shape.of, place, before as Counts, after as Counts)
    case 'seqOf':
      return seqChanges(layout as AnyLayout, shape.of, place, before as List, after as List)
    default:
      return [replaced(layout, place, before, after)]
  }
}

type List = readonly unknown[]
type OpenMap = ReadonlyMap<unknown, unknown>
type Counts = ReadonlyMap<unknown, number>

function replaced(
  layout: AnyLayout | undefined,
  place: string,
  before: unknown,
  after: unknown,
): Change {
  return { place, before: valueText(layout, before), after: valueText(layout, after) }
}

/** A key that is written for the first time has no value before. */
function mapChanges(
  { keys, of }: { readonly keys: AnyLayout; readonly of: AnyLayout },
  place: string,
  before: OpenMap,
  after: OpenMap,
): readonly Change[] {
  const known = pairsByText(keys, before)
  const now = pairsByText(keys, after)
  const names = new Set([...known.keys(), ...now.keys()])
  return [...names].flatMap((name): readonly Change[] => {
    const at = `${place}[${name}]`
    if (!known.has(name)) return [{ place: at, after: valueText(of, now.get(name)) }]
    if (!now.has(name)) return [{ place: at, before: valueText(of, known.get(name)) }]
    return changesOf(of, at, known.get(name), now.get(name))
  })
}

function pairsByText(keys: AnyLayout, map: OpenMap): ReadonlyMap<string, unknown> {
  return new Map([...map].map(([key, value]) => [valueText(keys, key), value]))
}

function setChanges(
  of: AnyLayout,
  place: string,
  before: Iterable<unknown>,
  after: Iterable<unknown>,
): readonly Change[] {
  const known = new Set([...before].map((one) => valueText(of, one)))
  const now = new Set([...after].map((one) => valueText(of, one)))
  return [
    ...[...known].filter((one) => !now.has(one)).map((one) => ({ place, before: one })),
    ...[...now].filter((one) => !known.has(one)).map((one) => ({ place, after: one })),
  ]
}

/** Each copy that came or went is a change of its own. */
function bagChanges(
  of: AnyLayout,
  place: string,
  before: Counts,
  after: Counts,
): readonly Change[] {
  const known = new Map([...before].map(([one, count]) => [valueText(of, one), count]))
  const now = new Map([...after].map(([one, count]) => [valueText(of, one), count]))
  return [...new Set([...known.keys(), ...now.keys()])].flatMap((one): readonly Change[] => {
    const more = (now.get(one) ?? 0) - (known.get(one) ?? 0)
    const change = more < 0 ? { place, before: one } : { place, after: one }
    return Array.from({ length: Math.abs(more) }, () => change)
  })
}

/** Sequences grow at the end and are taken from the front; whatever else happens is told whole. */
function seqChanges(
  layout: AnyLayout,
  of: AnyLayout,
  place: string,
  before: List,
  after: List,
): readonly Change[] {
  const known = before.map((one) => valueText(of, one))
  const now = after.map((one) => valueText(of, one))
  const same = (one: readonly string[], other: readonly string[]): boolean =>
    one.every((text, at) => text === other[at])
  if (same(known, now)) return now.slice(known.length).map((one) => ({ place, after: one }))
  if (same(now, known)) return known.slice(now.length).map((one) => ({ place, before: one }))
  const gone = known.length - now.length
  if (gone > 0 && same(now, known.slice(gone)))
    return known.slice(0, gone).map((one) => ({ place, before: one }))
  const [left] = gone === 1 ? known.filter((one, at) => one !== now[at]) : []
  if (left !== undefined && same(now, without(known, left))) return [{ place, before: left }]
  return [replaced(layout, place, before, after)]
}

/** Without the first one that is the same. */
function without(texts: readonly string[], left: string): readonly string[] {
  const at = texts.indexOf(left)
  return texts.filter((_, index) => index !== at)
}
