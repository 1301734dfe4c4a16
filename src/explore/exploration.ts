import type { FalseClause } from './system.ts'

/** One step of a story: what was done, with which parameters, and the state after it. */
export interface Step {
  /** `undefined` for the initial state. */
  readonly action?: string
  readonly parameters: readonly unknown[]
  readonly state: Readonly<Record<string, unknown>>
}

/** A claim that is false, and a way that shows it. */
export interface Violation {
  readonly kind: 'invariant' | 'deadlock' | 'never' | 'property' | 'refinement'
  /** What was claimed. */
  readonly name: string
  /** From an initial state; the shortest there is when found breadth-first. */
  readonly trace: readonly Step[]
  /** All invariants that are false in the last state, with the parameters that show it. */
  readonly clauses?: readonly FalseClause[]
  /** For what happens in the long run: the step at which the trace goes back, to go on for ever. */
  readonly loop?: number
  /** For a property of each choice of some parameters: the choice for which it is false. */
  readonly witness?: readonly unknown[]
  /** For a refinement: the abstract states before and after the step that is none. */
  readonly refinement?: RefinementFailure
}

/** A step that is none of the model that is refined. */
export interface RefinementFailure {
  /** The name of the claim. */
  readonly of: string
  /** `undefined` where already the initial state is none of the other model. */
  readonly before?: Readonly<Record<string, unknown>>
  readonly after: Readonly<Record<string, unknown>>
  /** The abstract actions that could have been taken. */
  readonly enabled: readonly string[]
}

/** What an action contributed to a search. */
export interface ActionCoverage {
  readonly action: string
  /** How often it was taken. */
  readonly taken: number
  /** How many states it found first. */
  readonly found: number
  /** How often it left the state as it was. */
  readonly idle: number
}

/** Which bound stopped a search, and what was covered until then. */
export interface Stopped {
  readonly bound: 'states' | 'depth' | 'time' | 'memory' | 'interrupted'
  /** In states, levels, seconds or bytes; 0 for an interruption. */
  readonly limit: number
  /** Levels of which each state was gone on from. */
  readonly levels: number
  /** States that were found and not gone on from. */
  readonly frontier: number
  /** All that in words. */
  readonly covered: string
}

/** What a reduction left out. */
export interface ReductionReport {
  readonly kind: 'symmetry' | 'partial order' | 'sleep sets' | 'live messages'
  /** In words, such as `6 orders of rm; ties in 12 states`. */
  readonly about: string
  /** How many times fewer states or steps than without, where that is known. */
  readonly factor?: number
}

/** What was said about a property or a refinement. */
export interface PropertyReport {
  readonly name: string
  readonly kind: 'property' | 'refinement'
  /** `not judged` where the way in which states were searched does not allow it. */
  readonly outcome: 'pass' | 'fail' | 'unknown' | 'not judged'
  readonly seconds?: number
  /** What a reader should know: a premise that never held, a bound that was hit. */
  readonly remarks?: readonly string[]
}

/** What an exploration says. */
export interface Exploration {
  readonly name: string
  readonly outcome: 'pass' | 'fail' | 'unknown'
  readonly distinctStates: number
  readonly generatedStates: number
  /** Levels of a breadth-first search, the initial states being the first. */
  readonly depth: number
  readonly seconds: number
  readonly workers: number
  readonly strategy: 'breadth-first' | 'depth-first'
  /** Whether states outside of `within` were met and not gone on from. */
  readonly cut: boolean
  readonly coverage: readonly ActionCoverage[]
  /** Empty but for a `fail`. */
  readonly violations: readonly Violation[]
  /** Actions that were never taken or never changed anything, and the like. */
  readonly warnings: readonly string[]
  /** Only for `unknown`, and for a `fail` that was found before. */
  readonly stopped?: Stopped
  /** Where states were told apart by fingerprints: their bits, and the odds that one was missed. */
  readonly fingerprints?: { readonly bits: number; readonly missed: number }
  readonly reductions?: readonly ReductionReport[]
  readonly properties?: readonly PropertyReport[]
  /**
   * What the outcome does not cover though it was asked for, in words: `safety only: 2 properties
   * were not judged under symmetry`.
   */
  readonly limits?: string
  /** The memory of the tables, in bytes. */
  readonly bytes?: number
}

/** Told once a second. */
export interface ExplorationProgress {
  readonly distinctStates: number
  readonly generatedStates: number
  /** States found and not yet gone on from. */
  readonly queue: number
  readonly depth: number
  readonly seconds: number
  /** Distinct states in a second, since the last time. */
  readonly rate: number
  /** What is being done after the search itself, such as a property. */
  readonly doing?: string
}
