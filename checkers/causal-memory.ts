import { checkCausality } from './causality.ts'
import type { Condition } from './condition.ts'
import { unfitForReads } from './reads-from.ts'

/**
 * Causal memory (CM; Ahamad, Neiger, Burns, Kohli & Hutto 1995): for each client one legal order of
 * what it knows explains all its own reads. Different clients may assume different orders of
 * independent writes, for ever.
 */
export const causalMemory: Condition = {
  name: 'causal-memory',
  summary: 'for each client, one order of what causally precedes its operations explains its reads',
  source: 'Ahamad, Neiger, Burns, Kohli & Hutto 1995, Causal memory; Bouajjani et al. 2017',
  unfit: unfitForReads,
  check: (history, options) => checkCausality(history, options, 'memory'),
}
