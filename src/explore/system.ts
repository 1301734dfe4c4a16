/**
 * What the engine explores: states packed into words of 32 bits, and code that makes successors.
 * Models are one way to make a system; composed protocols are another.
 */
export interface System {
  readonly name: string
  /** The length of a packed state. */
  readonly words: number
  readonly actions: readonly string[]
  readonly invariants: readonly string[]
  readonly sometimes: readonly string[]
  /** A fresh set of scratch memory and code; each thread and each purpose has its own. */
  runner(emit: Emit): Runner
  /** A packed state as plain values. */
  snapshot(words: Int32Array, offset?: number): Readonly<Record<string, unknown>>
}

/**
 * Told of each initial state and each successor. The state itself lies packed in the runner's
 * `out` until the function returns. `action` is -1 for initial states.
 *
 * @param instance numbers the choice of parameters within the action, from 0 in the order of the
 *   search. The same number means the same choice only where all ranges are layouts.
 */
export type Emit = (action: number, instance: number) => void

export interface Runner {
  /** The state that was emitted last. */
  readonly out: Int32Array
  initial(): void
  /** Emits all successors of a packed state, always in the same order. Answers how many. */
  expand(words: Int32Array, offset: number): number
  /** Makes a packed state the one that the four questions below are about. */
  load(words: Int32Array, offset: number): void
  /** The number of the first invariant that is false in the state that was emitted last, or -1. */
  falseInvariant(): number
  sometimes(index: number): boolean
  /** Whether the search goes on from the state that was emitted last. */
  within(): boolean
  /** Whether the machine may end in the state that was emitted last. */
  mayEnd(): boolean
  /** The parameters of the step that was emitted last, while it is being emitted. */
  parameters(): readonly unknown[]
}
