import { flag, number, pointer, word } from './plain-atoms.ts'
import { array, bag, members, queue } from './plain-collections.ts'
import { cell, links, log, noted, pairs } from './plain-composites.ts'

/** Every kind of variable, with at least one of each layout. */
export const kinds = {
  flag,
  number,
  word,
  array,
  members,
  pointer,
  queue,
  bag,
  pairs,
  noted,
  log,
  cell,
  links,
} as const
export type KindName = keyof typeof kinds
