import type { Reads } from '../reads.ts'
import type { Universes } from '../universes.ts'

const made = new Map<string, unknown>()

/**
 * What a function with the given parameters and body answers. Equal texts are compiled once, so
 * that places of equal shape are of one class, and code that works on them stays fast.
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller knows
export function compiled<T>(parameters: Readonly<Record<string, unknown>>, body: string): T {
  const known = made.get(body)
  if (known !== undefined) return known as T
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- generating code is the point
  const make = new Function(...Object.keys(parameters), `'use strict'\n${body}`)
  const answer: unknown = Reflect.apply(make, undefined, Object.values(parameters))
  made.set(body, answer)
  return answer as T
}

/** Where a class belongs to: its text follows from the layout and from nothing else but these. */
interface Ground {
  readonly universes: Universes
  readonly reads?: Reads | undefined
}

const classes = new WeakMap<Universes, Map<unknown, { plain?: unknown; noting?: unknown }>>()

/**
 * The class of the places of a layout, or of the fields of a record. Its text is written once: to
 * write it takes longer than anything else when a state is made.
 */
export function classOf<T>(layout: unknown, { universes, reads }: Ground, make: () => T): T {
  const known = classes.get(universes) ?? new Map<unknown, { plain?: unknown; noting?: unknown }>()
  classes.set(universes, known)
  const own = known.get(layout) ?? {}
  known.set(layout, own)
  return (reads === undefined ? (own.plain ??= make()) : (own.noting ??= make())) as T
}

/** Whether code may be generated here; some programs and pages forbid it. */
export function mayGenerate(): boolean {
  try {
    return compiled<boolean>({}, 'return true')
  } catch {
    return false
  }
}
