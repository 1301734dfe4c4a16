import { sameJson } from '../../src/core/json.ts'
import type { Json } from '../../src/core/json.ts'
import type { Invariant } from '../../src/core/invariant.ts'

/**
 * Of any two nodes one has delivered (`view.delivered`, a list) a prefix of what the other has. A
 * node that restarts may begin again from the first message.
 */
export const totalOrder: Invariant = {
  name: 'total order',
  source: 'Hadzilacos, Toueg 1994, A modular approach to fault-tolerant broadcasts',
  reads: ['delivered'],
  violated(views, nodes) {
    let longest: { readonly node: string | undefined; readonly list: readonly Json[] } | undefined
    for (const [at, view] of views.entries()) {
      const list = view?.['delivered'] as readonly Json[] | undefined
      if (list === undefined) continue
      const other = longest
      if (other === undefined || list.length > other.list.length) {
        longest = { node: nodes[at], list }
      }
      if (other === undefined) continue
      const shorter = Math.min(list.length, other.list.length)
      for (let index = 0; index < shorter; index++) {
        const [one, two] = [other.list[index], list[index]]
        if (one === two || sameJson(one, two)) continue
        return (
          `the message number ${index + 1} is ${JSON.stringify(one)} at ${other.node} and ` +
          `${JSON.stringify(two)} at ${nodes[at]}`
        )
      }
    }
    return undefined
  },
}
