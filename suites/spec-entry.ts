import type { Parameters, Spec } from '../src/explore/index.ts'

/** A spec of which nothing is known but that it is one. */
export type AnySpec = Spec

/** A spec of some size, perhaps with a bug planted in it, and what must come out. */
export interface SpecEntry {
  readonly spec: AnySpec
  /** Those that differ from the spec's own defaults, or are worth telling. */
  readonly parameters?: Parameters
  readonly mutant?: string
  readonly expect: {
    readonly outcome: 'pass' | 'fail'
    /** The claim that must be the first to be found broken. */
    readonly violated?: string
    readonly distinctStates?: number
    readonly generatedStates?: number
    readonly depth?: number
  }
  /** Whether states that differ by an exchange of identities are one: the counts are of orbits. */
  readonly symmetry?: boolean
  /** Where it is one of the oracle's models: its name there, with the size. */
  readonly oracle?: string
  /**
   * `small`: well under a second, explored by every check and test. `long`: under a minute all
   * together. `nightly`: anything.
   */
  readonly size: 'small' | 'long' | 'nightly'
}
