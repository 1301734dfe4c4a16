import { sameJson } from '../../src/core/json.ts'
import type { Invariant } from '../../src/core/invariant.ts'
import { disputed, valueText } from './accepted.ts'

/** What acceptors have accepted in one ballot (`view.accepted`) is the same. */
export const oneValueABallot: Invariant = {
  name: 'one value a ballot',
  source: 'Lamport 2001, Paxos made simple, section 2.2: proposals have different numbers',
  reads: ['accepted'],
  violated(views, nodes, changed) {
    for (const { of, acceptances } of disputed(views, changed)) {
      for (const [at, one] of acceptances.entries()) {
        for (const other of acceptances.slice(0, at)) {
          if (one.ballot !== other.ballot || sameJson(one.value, other.value)) continue
          return (
            `in ballot ${one.ballot}${of} ${nodes[other.node]} has accepted ` +
            `${valueText(other)} and ${nodes[one.node]} ${valueText(one)}`
          )
        }
      }
    }
    return undefined
  },
}
