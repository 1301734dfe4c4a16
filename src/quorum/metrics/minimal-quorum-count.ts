import { UserError } from '../../core/user-error.ts'
import type { QuorumSet } from '../quorum-set.ts'

/** More quorums than this are not gone through one by one. */
const MOST = 1_000_000

/**
 * How many minimal quorums there are. @throws UserError where the structure does not know it and
 * there are too many to go through.
 */
export function minimalQuorumCount(set: QuorumSet): bigint {
  const known = set.countMinimal?.()
  if (known !== undefined) return known
  let count = 0
  for (const _ of set.minimalQuorums()) {
    if (++count > MOST) {
      throw new UserError(
        `a ${set.structure} has more than ${MOST.toLocaleString('en-US')} quorums`,
        {
          hint: 'smallestQuorum and failureProbability need no list of them',
        },
      )
    }
  }
  return BigInt(count)
}
