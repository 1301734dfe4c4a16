import type { Parts } from './composed-parts.ts'
import type { ComposedSystem } from './composed-system.ts'
import { TupleTable } from '../core/int-table.ts'

/** Judges packed states; what an invariant says of the same parts of views is remembered. */
export class Judge {
  readonly #system: ComposedSystem
  readonly #parts: Parts
  readonly #everywhere: boolean
  /** Of each invariant: 1 where it is false, 0 where it holds. */
  readonly #known: readonly TupleTable[]
  readonly #tuple: Int32Array

  constructor(system: ComposedSystem) {
    const { nodes } = system.places
    this.#system = system
    this.#parts = system.parts
    this.#everywhere = system.parts.options.within === undefined
    this.#known = system.parts.invariants.map(() => new TupleTable(nodes))
    this.#tuple = new Int32Array(nodes)
  }

  /** The first that is false, those of histories after those of views; -1 for none. */
  falseInvariant(state: Int32Array): number {
    const { invariants, histories } = this.#parts
    for (let at = 0; at < invariants.length; at++) if (this.#isFalse(at, state)) return at
    for (let at = 0; at < histories.length; at++) {
      const number = state[this.#system.places.histories + at]!
      if (histories[at]!.violated(number) !== undefined) return invariants.length + at
    }
    return -1
  }

  sometimes(state: Int32Array, index: number): boolean {
    const { sometimes = {} } = this.#parts.options
    return Object.values(sometimes)[index]!(this.#system.viewsOf(state))
  }

  within(state: Int32Array): boolean {
    if (this.#everywhere) return true
    const { within } = this.#parts.steps
    for (let node = 0; node < this.#tuple.length; node++) if (!within[state[node]!]!) return false
    return true
  }

  #isFalse(invariant: number, state: Int32Array): boolean {
    const parts = this.#parts.steps.parts[invariant]!
    const tuple = this.#tuple
    for (let node = 0; node < tuple.length; node++) tuple[node] = parts.data[state[node]!]!
    const table = this.#known[invariant]!
    const known = table.get(tuple)
    if (known !== -1) return known === 1
    const { invariants, names } = this.#parts
    const wrong = invariants[invariant]!.violated(this.#system.viewsOf(state), names) !== undefined
    table.set(tuple, wrong ? 1 : 0)
    return wrong
  }
}
