import type { Budget } from '../../core/budget.ts'
import type { Obtained } from '../obtained.ts'
import type { QuorumSystem } from '../system.ts'
import { fewest } from './fewest.ts'

/** How many nodes the smallest quorums have: the least work that an operation makes. */
export interface SmallestQuorum extends Obtained {
  readonly read: number
  readonly write: number
}

/** @throws UserError where the smallest quorum cannot be found within the budget. */
export function smallestQuorum(
  { reads, writes }: QuorumSystem,
  options: { readonly budget?: Budget } = {},
): SmallestQuorum {
  const read = fewest(reads, options.budget)
  const write = reads === writes ? read : fewest(writes, options.budget)
  const methods = [...new Set([read.method, write.method])]
  return { read: read.count, write: write.count, quality: 'exact', method: methods.join('; ') }
}
