import { sameJson } from '../../src/core/json.ts'
import type { Json } from '../../src/core/json.ts'
import type { Invariant } from '../../src/core/invariant.ts'

/** Nodes that have delivered the same (`view.delivered`) have the same values (`view.values`). */
export const sameState: Invariant = {
  name: 'same state',
  source: 'Schneider 1990, Implementing fault-tolerant services using the state machine approach',
  reads: ['delivered', 'values'],
  violated(views, nodes) {
    for (const [at, view] of views.entries()) {
      if (view === undefined) continue
      for (const [before, other] of views.slice(0, at).entries()) {
        if (other === undefined || !same(view['delivered'], other['delivered'])) continue
        if (same(view['values'], other['values'])) continue
        const [one, two] = [JSON.stringify(other['values']), JSON.stringify(view['values'])]
        return `after the same deliveries ${nodes[before]} has ${one} and ${nodes[at]} has ${two}`
      }
    }
    return undefined
  },
}

function same(one: unknown, other: unknown): boolean {
  return one === other || sameJson(one as Json, other as Json)
}
