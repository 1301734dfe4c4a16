import type { AnyLayout } from './layout.ts'
import type { Reads } from './reads.ts'
import type { Universes } from './universes.ts'

/** The slots of one state that is being worked on. */
export type Slots = Int32Array

/** Where a place is: the slots of `layout` begin at `base`. `path` names it in errors. */
export interface Site {
  readonly layout: AnyLayout
  readonly slots: Slots
  readonly base: number
  readonly path: string
  readonly universes: Universes
  /** Where it is noted what is read, if anybody wants to know. */
  readonly reads?: Reads | undefined
}

/** What records have besides their fields: reading and writing them as a whole. */
export const VALUE = Symbol('value')
export const ASSIGN = Symbol('assign')
