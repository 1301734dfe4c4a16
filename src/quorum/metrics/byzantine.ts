import { Meter } from '../../core/budget.ts'
import type { Budget } from '../../core/budget.ts'
import type { Obtained } from '../obtained.ts'
import type { QuorumSystem } from '../system.ts'
import { leastOverlap } from './least-overlap.ts'
import { resilience } from './resilience.ts'

/**
 * How many Byzantine nodes a system withstands (Malkhi & Reiter 1998): two quorums must have more
 * than f nodes in common for self-verifying data, more than 2f for any data, and f nodes may not be
 * able to stop all quorums.
 */
export interface ByzantineClass extends Obtained {
  /** The fewest nodes that a read quorum and a write quorum have in common. */
  readonly overlap: { readonly lower: number; readonly upper: number }
  /** Faults with which data that cannot be forged is passed on: with `bounds`, at least so many. */
  readonly disseminates: number
  /** Faults that are outvoted: with `bounds`, at least so many. */
  readonly masks: number
}

/**
 * How many Byzantine nodes the system withstands, for data that can and that cannot be forged. The
 * default budget is 5 seconds; where it is used up, bounds are answered.
 */
export function byzantineClass(
  system: QuorumSystem,
  options: { readonly budget?: Budget } = {},
): ByzantineClass {
  const meter = new Meter({ seconds: 5, ...options.budget })
  const overlap = leastOverlap(system.reads, system.writes, meter)
  const { both } = resilience(system, options)
  return {
    overlap: { lower: overlap.lower, upper: overlap.upper },
    disseminates: Math.min(overlap.lower - 1, both),
    masks: Math.min((overlap.lower - 1) >> 1, both),
    quality: overlap.lower === overlap.upper ? 'exact' : 'bounds',
    method: overlap.method,
  }
}
