import { defineVariables } from './closure-places.ts'
import { mayGenerate } from './generated/compile.ts'
import type { Packing } from './generated/packing.ts'
import { generatedPacking } from './generated/packing.ts'
import { generatedVariables } from './generated/place.ts'
import type { AnyLayout, PlaceOf, ValueOf } from './layout.ts'
import type { Plan } from './plan.ts'
import { plan, slotsOf } from './plan.ts'
import { Reads } from './reads.ts'
import type { Site } from './site.ts'
import { Universes } from './universes.ts'
import { plainOf } from './whole.ts'

/** The variables of a state, each with its layout. */
export type Variables = Readonly<Record<string, AnyLayout>>

/** A state that is read and written: a property for each variable. */
export type State<V> = { -readonly [K in keyof V]: PlaceOf<V[K]> }

/** A state as plain values. */
export type Snapshot<V> = { readonly [K in keyof V]: ValueOf<V[K]> }

/** A state with the memory under it. */
export interface Workspace<V> {
  readonly state: State<V>
  readonly slots: Int32Array
}

/** A state that notes what is read of it. */
export interface Watched<V> {
  readonly state: State<V>
  readonly reads: Reads
}

/** All that follows from the variables of a state. */
export interface StateType<V extends Variables> {
  readonly variables: V
  readonly plan: Plan
  /** Room for one state: all variables at their first values. */
  workspace(): Workspace<V>
  /**
   * Another state over the same slots that notes what is read of it; where code may be generated.
   *
   * @internal
   */
  watched?(slots: Int32Array): Watched<V>
  /** Packs slots into words. */
  pack(slots: Int32Array, words: Int32Array, offset: number): void
  /** Unpacks words into slots. */
  unpack(words: Int32Array, offset: number, slots: Int32Array): void
  /** Makes the slots of one state those of another. */
  copy(from: Int32Array, to: Int32Array): void
  /** A state as plain values, which later changes do not touch. */
  snapshot(state: State<V>): Snapshot<V>
  /** Writes plain values into a state. */
  assign(state: State<V>, values: Snapshot<V>): void
}

export interface StateTypeOptions {
  /** Where values that are numbered as they are seen are kept. */
  readonly universes?: Universes
  /** Whether code may be generated. Default: yes. */
  readonly generated?: boolean
}

/** The state type of some variables. */
export function stateType<V extends Variables>(
  variables: V,
  { universes = new Universes(), generated = true }: StateTypeOptions = {},
): StateType<V> {
  const bits = Object.values(variables).flatMap((layout) => slotsOf(layout, universes))
  const laid = plan(bits, universes)
  const entries = Object.entries(variables)
  const fast = generated && mayGenerate()
  const stateOver = fast ? generatedVariables : closureVariables
  const packing = (fast ? generatedPacking(laid) : undefined) ?? loops(laid)
  return {
    variables,
    plan: laid,
    workspace: () => {
      const slots = new Int32Array(bits.length)
      const state = stateOver(variables, { slots, base: 0, path: '', universes })
      return { slots, state: state as State<V> }
    },
    ...(fast ? { watched: (slots) => watchedOver(variables, slots, universes) } : {}),
    ...packing,
    snapshot: (state) => {
      const read = state as Readonly<Record<string, unknown>>
      return Object.fromEntries(
        entries.map(([name, layout]) => [name, plainOf(layout, read[name])]),
      ) as Snapshot<V>
    },
    assign: (state, values) => {
      for (const [name] of entries)
        (state as Record<string, unknown>)[name] = (values as Record<string, unknown>)[name]
    },
  }
}

function watchedOver<V extends Variables>(
  variables: V,
  slots: Int32Array,
  universes: Universes,
): Watched<V> {
  const reads = new Reads()
  const state = generatedVariables(variables, { slots, base: 0, path: '', universes, reads })
  return { state: state as State<V>, reads }
}

function closureVariables(variables: Variables, site: Omit<Site, 'layout'>): object {
  const state = {}
  defineVariables(state, variables, site)
  // A misspelt variable is an error instead of a property that nobody looks at.
  return Object.freeze(state)
}

function loops({ bits, word, shift, words: count }: Plan): Packing {
  const masks = bits.map((width) => (width === 32 ? -1 : 2 ** width - 1))
  return {
    pack: (slots, words, offset) => {
      words.fill(0, offset, offset + count)
      for (let slot = 0; slot < bits.length; slot++)
        words[offset + word[slot]!]! |= slots[slot]! << shift[slot]!
    },
    unpack: (words, offset, slots) => {
      for (let slot = 0; slot < bits.length; slot++)
        slots[slot] = (words[offset + word[slot]!]! >>> shift[slot]!) & masks[slot]!
    },
    copy: (from, to) => to.set(from),
  }
}
