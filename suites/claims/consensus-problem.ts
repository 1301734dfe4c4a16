import type { ClaimGroup } from './claim.ts'
import { satisfies, violates } from './drawn.ts'

/** What consensus is, and what it takes. */
export const consensusProblem: ClaimGroup = {
  name: 'Consensus problem',
  claims: [
    {
      id: 'CNS-02',
      name: 'Consensus: integrity',
      kind: 'property',
      says: 'A process that stays correct decides at most once, and a value that was proposed.',
      source: 'Cachin, Guerraoui & Rodrigues 2011, section 5.1.1',
      verdict: 'holds',
      checks: [
        'specs/consensus/paxos/quorums-majority-n-3-value-2-ballot-2/claims',
        violates('a value that nobody proposed', {
          history: `
            a: [propose 1 -> 3]
            b: [propose 2 -> 3]`,
          condition: 'consensus',
        }),
        satisfies('the value of one of them', {
          history: `
            a: [propose 1 -> 2]
            b: [propose 2 -> 2]`,
          condition: 'consensus',
        }),
      ],
    },
  ],
}
