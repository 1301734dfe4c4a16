import type { ClaimGroup } from './claim.ts'
import { replicationModel } from './replication-model.ts'
import { replicationProtocols } from './replication-protocols.ts'

/** Several servers that are to look like one. */
export const replicationGroup: ClaimGroup = {
  name: 'Replication',
  claims: [...replicationModel, ...replicationProtocols],
}
