import { canonical } from '../../src/core/json.ts'
import type { Json } from '../../src/core/json.ts'

/**
 * A map as plain data of which a changed copy is cheap: sixteen times sixteen short lists of keys
 * and values in turn, chosen by a hash of the key, of which a change copies one, and the two lists
 * above it.
 */
export type Table = readonly Shelf[]
type Shelf = readonly Box[]
type Box = readonly unknown[]

const emptyShelf: Shelf = new Array<Box>(16).fill([])
export const emptyTable: Table = new Array<Shelf>(16).fill(emptyShelf)

export function get(table: Table, key: unknown): unknown {
  const name = nameOf(key)
  const hash = hashOf(name)
  const box = (table[hash >> 4] as Shelf)[hash & 15] as Box
  const at = placeOf(box, name)
  return at < box.length ? box[at + 1] : undefined
}

export function put(table: Table, key: unknown, value: unknown): Table {
  const name = nameOf(key)
  const hash = hashOf(name)
  const shelves = table.slice()
  const boxes = (shelves[hash >> 4] as Shelf).slice()
  const box = (boxes[hash & 15] as Box).slice()
  const at = placeOf(box, name)
  box[at] = name
  box[at + 1] = value
  boxes[hash & 15] = box
  shelves[hash >> 4] = boxes
  return shelves
}

function placeOf(box: Box, name: string | number): number {
  let at = 0
  while (at < box.length && box[at] !== name) at += 2
  return at
}

/** Numbers and strings stand for themselves, whatever else is data for its text in brackets. */
function nameOf(key: unknown): string | number {
  if (typeof key === 'number') return key
  if (typeof key === 'string' && !key.startsWith('[')) return key
  return key === null || key === undefined ? '[null]' : `[${canonical(key as Json)}]`
}

/** From 0 to 255 (Fowler, Noll and Vo's function, folded). */
function hashOf(name: string | number): number {
  if (typeof name === 'number') return (name ^ (name >> 8)) & 255
  let hash = 0x811c9dc5
  for (let at = 0; at < name.length; at++) {
    hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193)
  }
  return (hash ^ (hash >>> 8) ^ (hash >>> 16)) & 255
}
