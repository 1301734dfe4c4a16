import type { AnyLayout } from './layout.ts'
import { isDirect, isListed } from './layout.ts'
import type { Universe } from './universe.ts'
import type { Universes } from './universes.ts'

/** Up to so many values are kept at hand in an array. */
const AT_HAND = 4096

/**
 * Between the values of a layout and their codes in a state: their own numbers where those are
 * small enough, otherwise their numbers in a universe.
 */
export class Codec {
  readonly layout: AnyLayout
  readonly universe: Universe | undefined
  /** Values by their codes, `undefined` where nobody asked yet. */
  readonly known: readonly unknown[]
  readonly #known: unknown[]

  private constructor(layout: AnyLayout, universe: Universe | undefined) {
    this.layout = layout
    this.universe = universe
    const room = universe === undefined && layout.size <= AT_HAND ? layout.size : 0
    this.#known = Array<unknown>(room).fill(undefined)
    this.known = universe?.values ?? this.#known
  }

  /** Of values kept in one slot. */
  static ofAtom(layout: AnyLayout, universes: Universes): Codec {
    return new Codec(layout, isDirect(layout) ? undefined : universes.of(layout))
  }

  /** Of members of a set, values in a bag, keys of a map. */
  static ofMembers(layout: AnyLayout, universes: Universes): Codec {
    return new Codec(layout, isListed(layout) ? undefined : universes.of(layout))
  }

  /** Throws `NotAValue` and `UniverseFull`. */
  codeOf(value: unknown): number {
    return this.universe === undefined ? this.layout.encode(value) : this.universe.idOf(value)
  }

  /** As `codeOf`, but -1 for a value that was never seen. */
  findCode(value: unknown): number {
    return this.universe === undefined ? this.layout.encode(value) : this.universe.numberOf(value)
  }

  valueOf(code: number): unknown {
    if (this.universe !== undefined) return this.universe.valueOf(code)
    if (code >= this.#known.length) return this.layout.decode(code) as unknown
    return (this.#known[code] ??= this.layout.decode(code) as unknown)
  }
}
