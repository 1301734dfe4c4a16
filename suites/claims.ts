import type { Claim, ClaimGroup } from './claims/claim.ts'
import { atomicCommit } from './claims/atomic-commit.ts'
import { byzantineGenerals } from './claims/byzantine.ts'
import { consensusProblem } from './claims/consensus-problem.ts'
import { flpAndRounds } from './claims/flp.ts'
import { replicationGroup } from './claims/replication.ts'
import { totalOrderGroup } from './claims/total-order.ts'
import { paxosFamily } from './claims/paxos-family.ts'
import { raftGroup } from './claims/raft.ts'
import { registers } from './claims/registers.ts'
import { sharedMemoryHierarchy } from './claims/hierarchy.ts'
import { viewstampedGroup } from './claims/viewstamped.ts'
import { zabGroup } from './claims/zab.ts'
import { quorumSystems } from './claims/quorum-systems.ts'
import { consistencyModels } from './claims/consistency-models.ts'
import { cap } from './claims/cap.ts'
import type { ClaimEntry } from './entry.ts'

/** The claims book: statements about distributed computing, each with what decides it. */
export const claimGroups: readonly ClaimGroup[] = [
  consensusProblem,
  replicationGroup,
  totalOrderGroup,
  flpAndRounds,
  sharedMemoryHierarchy,
  registers,
  quorumSystems,
  consistencyModels,
  atomicCommit,
  paxosFamily,
  viewstampedGroup,
  raftGroup,
  zabGroup,
  cap,
  byzantineGenerals,
]

/** Those that something decides, as entries of the table of expected verdicts. */
export const claimEntries: readonly ClaimEntry[] = claimGroups.flatMap(({ name: group, claims }) =>
  claims.filter(isDecided).map((claim) => ({
    type: 'claim',
    name: `claims/${claim.id}`,
    group,
    claim,
    expected: 'pass',
    because: claim.source,
  })),
)

function isDecided({ verdict }: Claim): boolean {
  return verdict !== 'not executable' && verdict !== 'not yet checked'
}
