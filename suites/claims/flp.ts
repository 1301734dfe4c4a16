import type { ClaimGroup } from './claim.ts'
import { flpModel } from './flp-model.ts'
import { flpStatement, flpTheorem } from './flp-theorem.ts'
import { roundBounds, waysRound } from './flp-ways-round.ts'

/** What cannot be decided without a clock, and in how many rounds what can be. */
export const flpAndRounds: ClaimGroup = {
  name: 'FLP and round bounds',
  claims: [flpStatement, ...flpModel, ...flpTheorem, ...waysRound, ...roundBounds],
}
