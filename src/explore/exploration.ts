/** One step of a story: what was done, with which parameters, and the state after it. */
export interface Step {
  /** `undefined` for the initial state. */
  readonly action?: string
  readonly parameters: readonly unknown[]
  readonly state: Readonly<Record<string, unknown>>
}

export interface Violation {
  readonly kind: 'invariant' | 'deadlock' | 'never' | 'property' | 'refinement'
  /** What was claimed. */
  readonly name: string
  /** From an initial state; the shortest there is when found breadth-first. */
  readonly trace: readonly Step[]
  /** For what happens in the long run: the step at which the trace goes back, to go on for ever. */
  readonly loop?: number
}

export interface ActionCoverage {
  readonly action: string
  /** How often it was taken. */
  readonly taken: number
  /** How many states it found first. */
  readonly found: number
  /** How often it left the state as it was. */
  readonly idle: number
}

/** What an exploration says. */
export interface Exploration {
  readonly outcome: 'pass' | 'fail' | 'unknown'
  readonly distinctStates: number
  readonly generatedStates: number
  /** Levels of a breadth-first search, the initial states being the first. */
  readonly depth: number
  readonly seconds: number
  readonly workers: number
  /** Whether states outside of `within` were met and not gone on from. */
  readonly cut: boolean
  readonly coverage: readonly ActionCoverage[]
  readonly violations: readonly Violation[]
  /** Which bound stopped the search, and what was not looked at. */
  readonly stopped?: string
}
