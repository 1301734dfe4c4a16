import type { ClaimGroup } from './claim.ts'
import { paxosClaims } from './paxos.ts'
import { paxosPracticeClaims } from './paxos-practice.ts'

/** Paxos, Multi-Paxos, and what became of them. */
export const paxosFamily: ClaimGroup = {
  name: 'Paxos family',
  claims: [...paxosClaims, ...paxosPracticeClaims].sort((one, other) =>
    one.id < other.id ? -1 : 1,
  ),
}
