import type { ReductionReport, Step } from '../exploration.ts'
import type { ModelSystem } from '../system.ts'

/**
 * A system that leaves out what need not be looked at. It is explored as any other; its steps are
 * those of `whole`, of which it shows each state in its own way or not at all.
 */
export interface ReducedSystem extends ModelSystem {
  /** The same system without the reduction. */
  readonly whole: ModelSystem
  /**
   * The story along packed states of this system, each a successor of the one before, the first an
   * initial one: steps of the whole system, with the names that things have there.
   */
  retrace(path: readonly Int32Array[]): readonly Step[]
  /** What was left out until now. */
  report(): ReductionReport
}

export function isReduced(system: object): system is ReducedSystem {
  return 'retrace' in system && 'whole' in system
}

/**
 * Thrown when a search has found out something that it should have known from the start. The
 * system that threw it knows it now: the search has to begin again.
 */
export class SearchAgain extends Error {
  constructor(learned: string) {
    super(learned)
    this.name = 'SearchAgain'
  }
}
