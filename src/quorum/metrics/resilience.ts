import type { Budget } from '../../core/budget.ts'
import type { Obtained } from '../obtained.ts'
import type { QuorumSystem } from '../system.ts'
import { fewest } from './fewest.ts'

/** How many nodes may fail, whichever they are, with a quorum left: f, the fault tolerance. */
export interface Resilience extends Obtained {
  readonly read: number
  readonly write: number
  /** With a read quorum and a write quorum left. */
  readonly both: number
}

/**
 * One less than the fewest nodes that meet every quorum.
 * @throws UserError where these cannot be found within the budget.
 */
export function resilience(
  system: QuorumSystem,
  options: { readonly budget?: Budget } = {},
): Resilience {
  const { reads, writes } = system
  const read = fewest(reads.dual(), options.budget)
  const write = reads === writes ? read : fewest(writes.dual(), options.budget)
  const both = Math.min(read.count, write.count)
  const methods = [...new Set([read.method, write.method])]
  return {
    read: read.count - 1,
    write: write.count - 1,
    both: both - 1,
    quality: 'exact',
    method: methods.join('; '),
  }
}
