import { checkCausality } from './causality.ts'
import type { Condition } from './condition.ts'
import { unfitForReads } from './reads-from.ts'

/**
 * Causal consistency, plain (CC in Bouajjani et al. 2017): whoever sees an operation has seen all
 * that led to it. What led to an operation, its causal past, is what its client did before (reads
 * count, too: the full order of the client), the writes it read, and what led to those. Every read
 * returns what the writes in its causal past yield in some order that respects causality; another
 * read may assume another order, so a client can see two independent writes flip back and forth.
 *
 * An operation of unknown outcome happened if somebody saw its value.
 */
export const causal: Condition = {
  name: 'causal',
  summary: 'every read is explained by some order of what causally precedes it',
  source: 'Bouajjani, Enea, Guerraoui & Hamza 2017, On verifying causal consistency',
  unfit: unfitForReads,
  check: (history, options) => checkCausality(history, options, 'causal'),
}
