import type { AnyLayout } from './layout.ts'
import { Universe } from './universe.ts'

const FIRST_CAPACITY = 31

/** The universe of each layout whose values are numbered as they are seen. */
export class Universes {
  readonly #of = new Map<AnyLayout, Universe>()

  /** The universe of a layout, made when it is asked for first. */
  of(layout: AnyLayout): Universe {
    const known = this.#of.get(layout)
    if (known !== undefined) return known
    const made = this.make(layout, this.#of.size)
    this.#of.set(layout, made)
    return made
  }

  /** In the order in which they were first asked for, which follows from the variables. */
  get all(): readonly Universe[] {
    return [...this.#of.values()]
  }

  /** Makes the universe of a layout. */
  protected make(layout: AnyLayout, _place: number): Universe {
    return new Universe(layout, FIRST_CAPACITY)
  }

  /** The same universes, one of them with more room; what was seen stays known. */
  withRoom(full: Universe): Universes {
    const next = new Universes()
    for (const [layout, universe] of this.#of) {
      const capacity = universe === full ? roomier(universe.capacity) : universe.capacity
      next.#of.set(layout, new Universe(layout, capacity, universe.values))
    }
    return next
  }
}

/** Twice as much, one less than a power of two so that no code is wasted; by half when large. */
export function roomier(capacity: number): number {
  return capacity < 127 ? capacity * 2 + 1 : Math.ceil((capacity * 1.5) / 16) * 16
}
