import type { ClaimGroup } from './claim.ts'
import { raftElectionClaims } from './raft-election-claims.ts'
import { raftLogClaims } from './raft-log-claims.ts'

/** Raft, claim by claim. */
export const raftGroup: ClaimGroup = {
  name: 'Raft',
  claims: [...raftElectionClaims, ...raftLogClaims].sort((one, other) =>
    one.id < other.id ? -1 : 1,
  ),
}
