import type { ClaimGroup } from './claim.ts'
import { orderConditions } from './consistency-orders.ts'
import { weakConditions } from './consistency-weak.ts'

/** What clients of shared data may see, from one order of everything to agreement in the end. */
export const consistencyModels: ClaimGroup = {
  name: 'Consistency models',
  claims: [...orderConditions, ...weakConditions],
}
