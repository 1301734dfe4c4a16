import { sameJson } from '../../src/core/json.ts'
import type { Invariant } from '../../src/core/invariant.ts'
import { disputed, valueText } from './accepted.ts'

/**
 * If a majority shows that it has accepted one value in a ballot (`view.accepted`), nobody has
 * accepted another one in a greater ballot. That is so at any time, whatever happened first: who
 * proposed in the greater ballot had heard from one of that majority, which refused smaller ballots
 * from then on and so had accepted the value before, and told it.
 */
export const chosenIsKept: Invariant = {
  name: 'chosen is kept',
  source: 'Lamport 2001, Paxos made simple, section 2.2, P2a',
  reads: ['accepted'],
  violated(views, nodes, changed) {
    for (const { of, acceptances } of disputed(views, changed)) {
      for (const one of acceptances) {
        const same = acceptances.filter(
          ({ ballot, value }) => ballot === one.ballot && sameJson(value, one.value),
        )
        if (2 * same.length <= nodes.length) continue
        const other = acceptances.find(
          ({ ballot, value }) => ballot > one.ballot && !sameJson(value, one.value),
        )
        if (other === undefined) continue
        const who = same.map(({ node }) => nodes[node]).join(' and ')
        return (
          `${who} have accepted ${valueText(one)} in ` +
          `ballot ${one.ballot}${of}, and ${nodes[other.node]} has accepted ` +
          `${valueText(other)} in ballot ${other.ballot}`
        )
      }
    }
    return undefined
  },
}
