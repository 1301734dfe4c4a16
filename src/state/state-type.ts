import { defineVariable, plainOf, write } from './closure-places.ts'
import type { AnyLayout, PlaceOf, ValueOf } from './layout.ts'
import type { Plan } from './plan.ts'
import { plan, slotsOf, Universes } from './plan.ts'

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

/** All that follows from the variables of a state. */
export interface StateType<V extends Variables> {
  readonly variables: V
  readonly plan: Plan
  /** Room for one state: all variables at their first values. */
  workspace(): Workspace<V>
  /** Packs slots into words. */
  pack(slots: Int32Array, words: Int32Array, offset: number): void
  unpack(words: Int32Array, offset: number, slots: Int32Array): void
  /** Makes the slots of one state those of another. */
  copy(from: Int32Array, to: Int32Array): void
  snapshot(state: State<V>): Snapshot<V>
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
  { universes = new Universes() }: StateTypeOptions = {},
): StateType<V> {
  const bits = Object.values(variables).flatMap((layout) => slotsOf(layout, universes))
  const laid = plan(bits, universes)
  const names = Object.keys(variables)
  return {
    variables,
    plan: laid,
    workspace: () => {
      const slots = new Int32Array(bits.length)
      return { slots, state: stateOver(variables, slots, universes) }
    },
    pack: (slots, words, offset) => {
      words.fill(0, offset, offset + laid.words)
      for (let slot = 0; slot < bits.length; slot++) {
        const at = offset + (laid.word[slot] ?? 0)
        words[at] = (words[at] ?? 0) | ((slots[slot] ?? 0) << (laid.shift[slot] ?? 0))
      }
    },
    unpack: (words, offset, slots) => {
      for (let slot = 0; slot < bits.length; slot++) {
        const width = bits[slot] ?? 0
        const word = (words[offset + (laid.word[slot] ?? 0)] ?? 0) >>> (laid.shift[slot] ?? 0)
        slots[slot] = width === 32 ? word : word & (2 ** width - 1)
      }
    },
    copy: (from, to) => to.set(from),
    snapshot: (state) => {
      const read = state as Readonly<Record<string, unknown>>
      return Object.fromEntries(names.map((name) => [name, plainOf(read[name])])) as Snapshot<V>
    },
    assign: (state, values) => {
      for (const name of names) write(state as Record<string, unknown>, name, values[name])
    },
  }
}

function stateOver<V extends Variables>(
  variables: V,
  slots: Int32Array,
  universes: Universes,
): State<V> {
  const state = {}
  let base = 0
  for (const [name, layout] of Object.entries(variables)) {
    defineVariable(state, name, layout, slots, base, name, universes)
    base += slotsOf(layout, universes).length
  }
  // A misspelt variable is an error instead of a property that nobody looks at.
  return Object.seal(state) as State<V>
}
