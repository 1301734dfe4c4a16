import { acidBaseClaims } from './acid-base.ts'
import type { ClaimGroup } from './claim.ts'
import { threePhaseClaims } from './three-phase-commit.ts'
import { twoPhaseClaims } from './two-phase-commit.ts'

/** Transactions of several nodes, and what databases promise. */
export const atomicCommit: ClaimGroup = {
  name: 'Atomic commit, ACID/BASE',
  claims: [...twoPhaseClaims, ...threePhaseClaims, ...acidBaseClaims],
}
