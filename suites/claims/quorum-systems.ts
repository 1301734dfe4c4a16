import type { ClaimGroup } from './claim.ts'
import { quorumAgreement } from './quorum-agreement.ts'
import { quorumDefinitions } from './quorum-definitions.ts'
import { quorumMeasures } from './quorum-measures.ts'

/** Which sets of servers are enough, and how good they are at it. */
export const quorumSystems: ClaimGroup = {
  name: 'Quorum systems',
  claims: [...quorumDefinitions, ...quorumMeasures, ...quorumAgreement],
}
