import type { ReductionReport, Step } from './exploration.ts'
import type { StateType, Variables } from '../state/index.ts'
import type { Numbering } from './numbering.ts'
import type { AnyModel } from './model.ts'

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
  /** All that is false in a packed state, with the choices of parameters that show it. */
  falseClauses?(words: Int32Array, offset?: number): readonly FalseClause[]
  /** Of a system that leaves something out: the steps of the whole one along packed states. */
  retrace?(path: readonly Int32Array[]): readonly Step[]
  /** Where states stand for others: steps that lead along packed states, and where they end. */
  retold?(path: readonly Int32Array[]): {
    readonly trace: readonly Step[]
    readonly last: Int32Array | undefined
  }
  /** The same system with one state for all that differ by an exchange, where it has such. */
  symmetric?(): System
  /** The same system with fewer steps, where it knows which are in nobody's way. */
  sleeping?(): System
  /** Of a system whose states hold numbers of what was seen. */
  readonly numbering?: Numbering
  /** Of a system that leaves something out: what that was until now. */
  report?(): ReductionReport | undefined
  /**
   * Told when a search is over, before anything is told of it.
   *
   * @throws SearchAgain where it has found out what it should have known from the start
   */
  finished?(): void
  /** It learns while it is explored, which only one thread can. */
  readonly oneThread?: boolean
}

/** A system that was made of a model. */
export interface ModelSystem extends System {
  readonly model: AnyModel
  readonly type: StateType<Variables>
}

/** An invariant that is false, and for which choices of its parameters. */
export interface FalseClause {
  readonly name: string
  /** One choice after the other; one empty choice where there are no parameters. */
  readonly witnesses: readonly (readonly unknown[])[]
}

/**
 * Told of each initial state and each successor. The state itself lies packed in the runner's
 * `out` until the function returns. `action` is -1 for initial states. Answers whether the state
 * was new, which some reductions must know.
 *
 * @param instance numbers the choice of parameters within the action, from 0 in the order of the
 *   search. The same number means the same choice only where all ranges are layouts.
 */
export type Emit = (action: number, instance: number) => boolean

/** Makes states and answers questions about them, with scratch memory of its own. */
export interface Runner {
  /** The state that was emitted last. */
  readonly out: Int32Array
  /** Emits all initial states, always in the same order. */
  initial(): void
  /** Emits all successors of a packed state, always in the same order. Answers how many. */
  expand(words: Int32Array, offset: number): number
  /** Makes a packed state the one that the four questions below are about. */
  load(words: Int32Array, offset: number): void
  /** The number of the first invariant that is false in the state that was emitted last, or -1. */
  falseInvariant(): number
  /** Whether the claim with this number is true of the state that was emitted last. */
  sometimes(index: number): boolean
  /** Whether the search goes on from the state that was emitted last. */
  within(): boolean
  /** Whether the machine may end in the state that was emitted last. */
  mayEnd(): boolean
  /** The parameters of the step that was emitted last, while it is being emitted. */
  parameters(): readonly unknown[]
  /** Told before `expand` which state it is, by number. For those that want to know. */
  readonly goOnFrom?: (state: number) => void
  /** Told the number of the state that was emitted last, `~number` if it is new. */
  readonly met?: (number: number) => void
  /** Faster code for long searches, where the system has some; it shares `out` and what is told. */
  incremental?(): Incremental | undefined
  /** Random walks without packing, where the system has them. */
  readonly walk?: Walk
}

/** What asks guards and invariants only about what has changed. */
export interface Incremental {
  /** As that of a runner, but neither instances nor parameters of the steps are told. */
  expand(words: Int32Array, offset: number): number
  /**
   * The number of the first invariant that is false in the successor that was emitted last, or -1.
   *
   * @param trusted whether all of them hold in the state that is gone on from, and this was asked
   *   about that state too
   */
  falseSuccessor(trusted: boolean): number
}

/**
 * A state that is walked from, one step after the other. The questions of its runner are about it.
 */
export interface Walk {
  /**
   * Starts anew in one of the initial states, if there is one. `draw(n)` gives a number below `n`.
   */
  start(draw: (below: number) => number): boolean
  /** Takes one of the enabled steps, each as likely. Answers its action, -1 when there is none. */
  step(draw: (below: number) => number): number
  /** The parameters of the step that was taken last. */
  parameters(): readonly unknown[]
  /** Packs the state. */
  pack(words: Int32Array, offset: number): void
}
