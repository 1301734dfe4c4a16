import type { ClaimGroup } from './claim.ts'
import { consensusProperties } from './consensus-properties.ts'
import { consensusProtocols } from './consensus-protocols.ts'

/** What consensus is, and what it takes. */
export const consensusProblem: ClaimGroup = {
  name: 'Consensus problem',
  claims: [...consensusProperties, ...consensusProtocols],
}
