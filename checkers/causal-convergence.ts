import { checkCausality } from './causality.ts'
import type { Condition } from './condition.ts'
import { unfitForReads } from './reads-from.ts'

/**
 * Causal consistency with convergence (CCv): as causal.ts, but one and the same order of all writes
 * explains every read. So replicas that have seen the same writes hold the same values.
 */
export const causalConvergence: Condition = {
  name: 'causal-convergence',
  summary: 'one order of all writes explains every read from what causally precedes it',
  source: 'Bouajjani, Enea, Guerraoui & Hamza 2017, On verifying causal consistency',
  unfit: unfitForReads,
  check: (history, options) => checkCausality(history, options, 'convergence'),
}
